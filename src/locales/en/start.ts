import type { Tree } from '../tree.js';

/** What can keep a start from succeeding, beside the data folder and the settings. */
export const start = {
  sip: {
    inUse: ({ where }: { where: string }) =>
      `Cannot listen for SIP on ${where}: another program uses the port already (ss -lntup shows which). Stop it, or choose another port with --sip-port or sip.port in the settings.`,
    notOurs: ({ where, own }: { where: string; own: readonly string[] }) =>
      `Cannot listen for SIP on ${where}: this machine does not have the address; it has ${own.join(', ') || 'none'}. Write one of them into sip.address of the settings, or "0.0.0.0" for all.`,
    notAllowed: ({ where }: { where: string }) =>
      `Cannot listen for SIP on ${where}: ports below 1024 are for root only. Choose another with --sip-port or sip.port in the settings.`,
    other: ({ where, reason }: { where: string; reason: string }) =>
      `Cannot listen for SIP on ${where}: ${reason}. Check sip.address and sip.port in the settings.`,
  },
  stuck: ({ at }: { at: string }) =>
    `Modcall could not start: for 10 seconds it got no further than this step: ${at}. Start it again; if that does not help, check the disk or memory card, and report it.`,
  step: {
    load: 'load the program',
    folder: 'claim the data folder',
    settings: 'read the settings',
    record: 'open the audit record',
    identity: 'read the hardware ID and the licence',
    engine: 'load audio and SIP',
    records: 'read lockouts and quotas',
    hardware: 'start the hardware',
    listen: 'listen for phones',
  },
  simulatedBoard: ({ reason }: { reason: string }) =>
    `The simulated board cannot start (${reason}). If its port is in use, choose another with --panel-port.`,
  demo: 'The demonstration needs the settings of the first start. Take a new, empty folder with --data.',
} satisfies Tree;
