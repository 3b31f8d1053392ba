import type { Tree } from '../tree.js';

/** What the providers are called whose trunks are half filled in already, and what an admin still has to look up. */
export const provider = {
  telekom: {
    name: 'Telekom: telephone line',
    hint: 'At the line of the Telekom only. User name: the number with +49 in front; the same as own number. Ask the Telekom for the password of telephony, and whether your line demands TLS with encrypted sound.',
  },
  'telekom-trunk': {
    name: 'Telekom: SIP trunk',
    hint: 'For DeutschlandLAN SIP-Trunk. Take user name, password, encryption and the form of the numbers from the confirmation of the order, and where it names an outbound proxy, that too.',
  },
  'telekom-companyflex': {
    name: 'Telekom: CompanyFlex',
    hint: 'User name: the registration number from the portal of CompanyFlex, with + in front. Authentication name: the same with @tel.t-online.de behind it. Outbound proxy: from the portal; it ends in .primary.companyflex.de. Elsewhere than at a line of the Telekom, TLS with encrypted sound is demanded.',
  },
  sipgate: {
    name: 'sipgate: telephone',
    hint: 'User name and password: SIP ID and SIP password of the telephone, not those of the website. Which number is shown is chosen there.',
  },
  'sipgate-trunking': {
    name: 'sipgate trunking',
    hint: 'User name: the SIP ID of the trunk. Own number: with 49 in front, without + and without zeros. Without one of yours, sipgate shows the fallback number of the trunk.',
  },
  '1und1': {
    name: '1&1',
    hint: 'User name: the number with 49 in front, without + and without zeros; the same as own number. Password: the one of telephony from the Control-Center.',
  },
  easybell: {
    name: 'easybell',
    hint: 'User name, password and server (registrar) are at my.easybell with the telephone settings of the connection. Where another server stands there, take that. Look up in the same place in which form numbers are sent, and how sound is encrypted.',
  },
  vodafone: {
    name: 'Vodafone',
    hint: 'The server differs by line and area code. It is in the letter with the access data or at MeinVodafone, with user name and password; how the own number is told, too, where Vodafone wants that in a form of its own.',
  },
  fritzbox: {
    name: 'Fritz!Box',
    hint: 'Set the box up there as an IP telephone: user name and password are those of that telephone, and there you choose its numbers. Where fritz.box is not found, take the IP address of the Fritz!Box.',
  },
  asterisk: {
    name: 'Asterisk',
    hint: 'User name and password: of the endpoint there. Asterisk takes over the number of who calls with trust_id_inbound=yes of the endpoint.',
  },
  freeswitch: {
    name: 'FreeSWITCH',
    hint: 'User name and password: of a user of its directory. As it comes, it listens for those on 5060, and for others on 5080.',
  },
  '3cx': {
    name: '3CX',
    hint: 'Take server, port, user name (authentication ID) and password from the SIP trunk or extension that you make for the box there. Where calls out are refused, try the account in From.',
  },
  modcall: {
    name: 'Another Modcall',
    hint: 'Registering: user name and password are those of an extension that the other one has for this box. By address: make a trunk in each of the two, with the address of the other.',
  },
} satisfies Tree;
