import type { Tree } from '../tree.js';

/** Where phones were to register, and the setting that names the port. */
interface SipPlace {
  readonly where: string;
  readonly setting: 'sip.port' | 'sip.tlsPort';
}

/** What can keep a start from succeeding, beside the data folder and the settings. */
export const start = {
  sip: {
    inUse: ({ where, setting }: SipPlace) =>
      `Cannot listen for SIP on ${where}: another program uses the port already (ss -lntup shows which). Stop it, or choose another port with --sip-port or ${setting} in the settings.`,
    notOurs: ({ where, own }: { where: string; own: readonly string[] }) =>
      `Cannot listen for SIP on ${where}: this machine does not have the address; it has ${own.join(', ') || 'none'}. Write one of them into sip.address of the settings, or "0.0.0.0" for all.`,
    notAllowed: ({ where, setting }: SipPlace) =>
      `Cannot listen for SIP on ${where}: ports below 1024 are for root only. Choose another with --sip-port or ${setting} in the settings.`,
    other: ({ where, setting, reason }: SipPlace & { reason: string }) =>
      `Cannot listen for SIP on ${where}: ${reason}. Check sip.address and ${setting} in the settings.`,
  },
  stuck: ({ at }: { at: string }) =>
    `Modcall could not start: for 10 seconds, or a minute in all, it got no further than this step: ${at}. Start it again; if that does not help, check the disk or memory card, and report it.`,
  step: {
    load: 'load the program',
    folder: 'open the data folder',
    settings: 'read the settings',
    record: 'open the audit record',
    identity: 'determine the hardware ID',
    licence: 'read the licence',
    engine: 'load audio and SIP',
    records: 'read lockouts and quotas',
    hardware: 'start the hardware',
    listen: 'open the SIP port',
    logins: 'let the users of the demonstration sign in',
    web: 'open the port for browsers',
    demoPhones: 'start the two phones of the demonstration',
  },
  simulatedBoard: ({ reason }: { reason: string }) =>
    `The simulated board cannot start (${reason}). If its port is in use, choose another with --panel-port.`,
  /** Parts that did not answer in time. */
  panelPort: ({ where }: { where: string }) =>
    `The simulated board cannot show its front panel at ${where}: another program uses the port already (ss -lntup shows which). Stop it, choose another port with --panel-port, or do without the front panel: --no-panel.`,
  pagePort:
    'Nor can the page of the box have its port. Choose another one with --web-port, or mend it in the settings:',
  leftOut: {
    hardwareId:
      'The hardware ID could not be read in time: monitoring stays closed where it needs a licence. Telephony goes on, and the box goes on reading: once it is done the licence counts, and its log says so. If that takes minutes, check the disk or memory card, and start Modcall again.',
    licence: ({ path }: { path: string }) =>
      `${path} could not be read or written in time. Telephony goes on, and the box goes on trying: once it can, what it says counts. If that takes minutes, check the disk or memory card.`,
    prompts:
      'Prompts of your own could not be checked in time: those of Modcall are used until they are. If that takes minutes, check the disk or memory card, and start Modcall again.',
    faces:
      'What commands, browsers and programs need of the box could not be read in time: the box cannot be reached by commands, browsers and programs. Telephony goes on, and the box goes on reading: once it is done it can be reached, and its log says so. If that takes minutes, check the disk or memory card, and start Modcall again.',
    tls: 'The certificate of the box could not be read in time: phones cannot register over TLS; over UDP and TCP they can. The box goes on reading: once it is done they can over TLS, too. If that takes minutes, check the disk or memory card, and start Modcall again.',
    simulatedBoard:
      'The simulated board did not answer in time: there are no lamps, no button and no analog telephones. SIP phones work. The box waits for it for another minute, and its log says so once it is there. If it is not, start Modcall again, or do without it with --no-panel.',
    demoPhones:
      'The two phones of the demonstration did not answer in time: they do not talk yet. Everything else works. The box waits for them for another minute. If they do not come, start Modcall again, or register two phones of your own.',
  },
  noPage:
    'Browsers cannot reach the box: its page cannot be served. Telephony works. Where a port is taken, start Modcall with a free one, such as --web-port 8444. What is in the way stands below, as far as it is known, and in the log.',
  demoSettings:
    'The demonstration cannot run, since the settings in this data folder cannot be used. Correct them (modcall settings check), or take a new, empty folder with --data.',
  demo: 'This data folder has settings that are not those of a demonstration. Take a new, empty folder with --data.',
} satisfies Tree;
