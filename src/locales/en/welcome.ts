import type { Tree } from '../tree.js';

/** What a newcomer reads after a start. */
export const welcome = {
  running: 'Modcall is running. Ctrl+C stops it.',
  page: ({ url }: { url: string }) => `The page of the box in the browser: ${url}`,
  ownCertificate: '  The browser warns once, because the box has made its certificate itself: go on to the page.',
  setUp: ({ code }: { code: string }) => `  Set up the box there, with the one-time code ${code}.`,
  setUpLater: ({ code }: { code: string }) =>
    `  Or move the page while the box runs (modcall settings change --web.port 8444), and set it up there with the one-time code ${code}.`,
  logins: '  Who can sign in there:',
  login: { name: 'Name', password: 'Password', role: 'Role' },
  frontPanel: ({ url }: { url: string }) => `Front panel, telephones and exchange line in the browser: ${url}`,
  liftHandset: ({ pin }: { pin: string }) =>
    `  Lift the handset there, key ${pin} and #, then # once more: you hear the newest call.`,
  panelPhones: ({ phones }: { phones: string }) => `  Telephones there: ${phones}.`,
  addresses: 'Phones register at:',
  accounts: 'Extensions to try it out (number, password, name; the user name is the number):',
  services: 'Service numbers for moderators:',
  notice:
    'As set up now, the member hears a tone at the start and the other party an announcement. Listening in secretly is a crime in many countries: change this only if you know the law.',
  settingsFaulty:
    'Nobody can listen at the moment: monitoring is closed until the settings are corrected (modcall settings check).',
  notRecorded:
    'Nobody can listen at the moment: the audit record cannot be written, and monitoring stays closed until it can. Until then no PIN opens anything.',
  hardwareId: ({ id }: { id: string }) => `Hardware ID of this box, to order a licence with: ${id}`,
  trouble: ({ advice }: { advice: string }) => `ATTENTION: ${advice}`,
  howToInBrowser: ({ url, name, pin }: { url: string; name: string; pin: string }) =>
    [
      'How to listen in the browser:',
      `  1. Open ${url} and sign in as ${name}.`,
      `  2. Press “Listen here” at the call, and key the PIN ${pin}.`,
    ].join('\n'),
  howTo: ({
    moderator,
    service,
    pin,
    hasDemoCall,
  }: {
    moderator: string;
    service: string;
    pin: string;
    hasDemoCall: boolean;
  }) =>
    [
      'How to listen with a telephone:',
      hasDemoCall
        ? `  1. Register a phone as ${moderator}. Two built-in phones are talking to each other already.`
        : `  1. Register a phone as ${moderator}, and two more as 101 and 102; call 102 from 101.`,
      `  2. From ${moderator} dial ${service}, then the PIN ${pin} and #.`,
      '  3. Key # once more, and you hear the newest call. Or key an extension first, then #.',
      '  4. Keys: 4 listen, 5 whisper, 6 barge in, 8 take over, * next call, 9 say who is being listened to.',
    ].join('\n'),
} satisfies Tree;
