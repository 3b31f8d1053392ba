import type { Tree } from '../../tree.js';

/** The place Lines, Phones of the page. */
export const phones = {
  phones: 'Phones',
  about:
    'The box makes the configuration of these phones: who they are, how they reach the box, their keys. Each fetches it from an address of its own, which is typed into it once. When something of it is changed, the phone is told to fetch it again; a phone that is switched off does so when it starts.',
  empty:
    'The box sets up no phone yet. Phones into which you have typed number and password yourself are not here, but under “People” at their extension, once they have registered.',
  phone: 'Phone',
  new: 'New phone',
  import: 'Import phones',
  importAbout:
    'A table with the columns mac, model, extension and name; several extensions have spaces between them. Models: yealink, snom, grandstream, grandstream-ht, cisco-ata, linphone. Phones that are there are changed, others are added and get an address.',
  saved: ({ phone }: { phone: string }) => `${phone} is saved.`,
  model: 'Model',
  modelIs: {
    yealink: 'Yealink T3x, T4x, T5x',
    snom: 'Snom D7xx',
    grandstream: 'Grandstream GRP, GXP',
    'grandstream-ht': 'Grandstream HT80x, HT813 (adapter)',
    'cisco-ata': 'Cisco ATA 191, 192 (adapter)',
    linphone: 'Linphone (app)',
  },
  mac: 'MAC address',
  macHint: 'It stands on the label of the phone.',
  appName: 'Name of the app',
  appNameHint: 'Lowercase letters, digits and hyphens, such as anna.',
  lines: 'Extensions',
  line: ({ number }: { number: number }) => `Line ${number}`,
  addLine: 'Another line',
  removeLine: ({ number }: { number: number }) => `Remove line ${number}`,
  name: 'Shown on the phone',
  nameHint: 'Empty: the names of its extensions.',
  onLiftHint:
    'A service number makes the first telephone at the adapter the handset of a moderator: it calls that three seconds after it is lifted, unless another number is dialled. Empty: a dial tone.',
  buttons: 'Keys',
  buttonsHint: 'They follow its lines, in this order.',
  button: ({ number }: { number: number }) => `Key ${number}`,
  addButton: 'Another key',
  removeButton: ({ number }: { number: number }) => `Remove key ${number}`,
  does: 'What it does',
  kindIs: {
    blf: 'Shows and calls an extension',
    speedDial: 'Calls a number',
    monitoring: 'Listening: calls the service number of a profile',
    listening: 'Shows that somebody asks to listen, or listens, to one’s own calls, and lets them in',
  },
  profile: 'Listening profile',
  noProfile: 'There is no profile yet.',
  number: 'Number',
  label: 'Text beside the key',
  standing: {
    revoked: 'revoked',
    never: 'has fetched nothing yet',
    outdated: 'has an older configuration',
    registered: 'registered',
    fetched: 'not registered',
  },
  fetched: ({ moment, address }: { moment: string; address: string }) => ` fetched ${moment}, from ${address}`,
  guesses: ({ count }: { count: number }) =>
    `${count === 1 ? 'One request' : `${count} requests`} with a wrong secret since the box was started.`,
  remove: 'Remove',
  revoke: 'Revoke',
  renew: 'New address',
  callIn: 'Fetch now',
  orderAbout: {
    remove: 'It fetches nothing more, but keeps what it has. Its extension stays.',
    revoke:
      'Its address is worthless from now on. The phone keeps what it already has: if it is lost, change the password of its extension, too.',
    renew: 'Its present address is worthless from now on. The new one has to be typed into the phone.',
    callIn: 'The phone is told to fetch its configuration now. Some phones wait until nobody talks on them.',
  },
  done: {
    remove: ({ phone }: { phone: string }) => `${phone} is removed.`,
    revoke: ({ phone }: { phone: string }) => `The address of ${phone} is revoked.`,
    renew: ({ phone }: { phone: string }) => `${phone} has a new address.`,
    callIn: ({ phone }: { phone: string }) => `${phone} has agreed to fetch its configuration.`,
  },
  addresses: 'Addresses of the phones',
  saveAddresses: 'Save as a table',
  addressAbout:
    'Shown this once. Whoever has it gets the password of the extension: treat it as one. If it is lost, make a new one.',
  address: 'Address',
  addressInClear: 'Address without encryption',
  typeAt: {
    yealink: 'Type it into the page of the phone: Settings, Auto Provision, Server URL. Or tell it by DHCP, option 66.',
    snom: 'Type it into the page of the phone: Advanced, Update, Setting URL. Or tell it by DHCP, option 66.',
    grandstream:
      'Type it into the page of the phone: Maintenance, Upgrade, Config Server Path. Or tell it by DHCP, option 66.',
    'grandstream-ht':
      'Type it into the page of the adapter: Advanced Settings, Config Server Path. Or tell it by DHCP, option 66.',
    'cisco-ata': 'Type it into the page of the adapter: Voice, Provisioning, Profile Rule.',
    linphone: 'In Linphone choose "Fetch remote configuration", and scan the code or type the address.',
  },
  trust:
    'Most phones trust no certificate that a box has issued itself: install one that they know (System, Network), or switch off their check for provisioning.',
  qrCode: 'The address as a QR code',
  inClear: 'Phones may fetch their configuration without encryption',
  inClearHint:
    'For phones that do not trust the certificate of the box. Their passwords can then be read by whoever listens on the network. It needs a port for plain HTTP (System, Network).',
} satisfies Tree;
