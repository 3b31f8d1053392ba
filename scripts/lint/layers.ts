/**
 * Who may know whom: the layering law of `src`. A key is a room, or a part of one that has a law of its own (the longest key that fits
 * counts). Each may import itself and what is listed: other rooms or parts, `node` (Node's own modules), `packages` (npm packages),
 * or one package by `npm:NAME`. node-pjsua2 is never among the packages: only who names it may import it.
 */
export interface Layer {
  readonly may: readonly string[];
  /** What it may import types of, besides that. */
  readonly mayTypes?: readonly string[];
  /** It needs nobody else's code, only types: an interface, for instance, has no code of its own. */
  readonly typesOnly?: true;
}

const outside = ['node', 'packages'];

/** The words of the rules that drivers and their interfaces speak. */
const vocabulary = [
  'primitives',
  ...['audio', 'dial-plan', 'directory', 'events', 'leg-commands', 'network-tones', 'protection', 'release-cause'].map(
    (file) => `switchboard/${file}.ts`,
  ),
];

/** Texts by their codes, which are types alone: whoever has something to tell a person names the text, and the faces word it. */
const texts = ['locales/codes.ts'];
const worded = ['locales', ...texts];

const pure = ['primitives', 'switchboard', 'agreement', 'monitoring', 'licensing', 'indication'];
const ofEngine = ['engine/line-audio.ts', 'engine/engine.ts'];
const ofLines = ['engine/line-audio.ts', 'lines/analog-settings.ts', 'lines/line-events.ts', 'lines/line.ts'];
const interfaces = [...ofEngine, ...ofLines, 'panel/panel.ts'];
/** What every room that keeps something stands on: durable files, the key that signs them, and errors that an admin can mend. */
const keeping = ['store/admin-error.ts', 'store/in-time.ts', 'store/in-turn.ts', 'store/box-key.ts', 'store/files'];
const kept = [
  'store',
  ...keeping,
  'identity',
  'licence-desk',
  'board',
  'crypto',
  'update',
  'update/rules',
  'update/installer.ts',
];

export const layers: Readonly<Record<string, Layer>> = {
  primitives: { may: [] },
  switchboard: { may: ['primitives'] },
  // What employer and works council have signed: asked before any permission.
  agreement: { may: ['primitives'] },
  monitoring: { may: ['primitives', 'switchboard', 'agreement'] },
  // A licence key is also shown as a QR code, and making one is arithmetic.
  licensing: { may: ['primitives', 'monitoring', ...texts, 'npm:uqr'] },
  indication: { may: ['primitives', 'switchboard', 'monitoring'] },
  // What a telephone is told is made of its entry and of the office: no rule depends on it.
  provisioning: { may: ['primitives'] },

  locales: { may: ['primitives', 'locales/codes.ts'] },
  'locales/codes.ts': { may: ['locales'], typesOnly: true },

  'engine/line-audio.ts': { may: [], typesOnly: true },
  'engine/engine.ts': { may: [...vocabulary, 'engine/line-audio.ts'], typesOnly: true },
  'lines/line-events.ts': { may: [...vocabulary, ...texts], typesOnly: true },
  'lines/line.ts': { may: [...vocabulary, 'engine/line-audio.ts', 'lines/line-events.ts'], typesOnly: true },
  'lines/analog-settings.ts': { may: ['primitives'], typesOnly: true },
  'panel/panel.ts': { may: ['primitives', 'indication', ...texts, 'parts/part.ts'], typesOnly: true },
  'parts/part.ts': { may: texts, typesOnly: true },

  engine: { may: vocabulary },
  'engine/pjsua': {
    may: [...outside, ...vocabulary, 'engine', ...ofEngine, 'npm:node-pjsua2'],
  },
  'lines/analog': { may: [...vocabulary, 'lines/line-events.ts', 'lines/analog-settings.ts'] },
  lines: { may: [...vocabulary, ...ofEngine, ...ofLines, 'lines/analog'] },
  // What of a board hangs on plain GPIO lines, and parts that may be missing, fail and come back.
  parts: { may: [...outside, ...texts, 'parts/part.ts'] },
  'lines/slic': { may: [...outside, ...vocabulary, ...ofLines, ...texts, 'parts', 'parts/part.ts'] },
  'lines/v253': { may: [...outside, ...vocabulary, ...ofLines, ...texts] },
  // Chooses the driver of each port, so it is the one file of the room that knows them.
  'lines/board-lines.ts': { may: ['primitives', ...ofLines, 'lines/v253', 'lines/slic', 'parts/part.ts'] },
  panel: { may: [...outside, 'primitives', 'indication', ...texts, 'parts', 'parts/part.ts', 'panel/panel.ts'] },
  gateway: { may: [...pure, ...texts, ...interfaces] },

  // Whatever begins a connection to a name finds it there.
  nameservers: { may: ['node'] },
  // Implements the proofs that `licensing` asks for, as types, because a pure room cannot compute them.
  crypto: { may: [...outside, 'primitives', 'licensing/hardware-id.ts', 'licensing/licence-key.ts'] },
  'store/admin-error.ts': { may: texts, typesOnly: true },
  'store/in-time.ts': { may: [...texts, 'store/admin-error.ts'] },
  'store/in-turn.ts': { may: [] },
  'store/files': { may: [...outside, 'primitives', ...texts, 'store/admin-error.ts'] },
  'store/box-key.ts': { may: [...outside, 'primitives', 'crypto', 'store/files'] },
  // The settings become rules here, in the words of the rules and of the interfaces to the drivers.
  store: {
    may: [
      ...outside,
      'primitives',
      'switchboard',
      'agreement',
      'monitoring',
      'engine/engine.ts',
      'lines/analog-settings.ts',
      ...texts,
      'crypto',
      ...keeping,
    ],
  },
  board: { may: [...outside, 'primitives', ...texts, ...keeping] },
  identity: { may: [...outside, 'primitives', 'licensing', ...texts, 'crypto', ...keeping] },
  'licence-desk': { may: [...outside, 'primitives', 'licensing', ...texts, 'crypto', ...keeping] },
  // Which updates are for this box, and how far one has come.
  'update/rules': { may: [] },
  'update/installer.ts': { may: ['update/rules'], typesOnly: true },
  update: {
    may: [...outside, 'primitives', 'nameservers', ...texts, ...keeping, 'update/rules', 'update/installer.ts'],
    mayTypes: ['store/settings/settings-schema.ts'],
  },
  // Everybody who logs is handed the log; only its level is a setting.
  log: { may: [...outside, ...worded, 'primitives', 'nameservers', ...keeping, 'store/settings/settings-schema.ts'] },

  // Reads the state of the rules, and sends them events; it never sees a driver.
  admin: {
    may: [
      ...outside,
      ...pure,
      'provisioning',
      ...kept,
      ...worded,
      'gateway/box-state.ts',
      'gateway/gateway.ts',
      'gateway/help.ts',
      'gateway/world.ts',
    ],
  },
  web: { may: [...outside, ...worded, 'admin', 'nameservers'] },
  // Runs in a browser: of the box it knows nothing but what its questions and answers look like, what a field of them may be where that is a
  // choice, how a file that is sent to it is read, and what exactly is signed of an agreement.
  'web/page': {
    may: [
      'packages',
      'locales',
      'agreement',
      'primitives/calendar.ts',
      'primitives/caller-identity.ts',
      'primitives/csv.ts',
      'primitives/diversion.ts',
      'primitives/encryption.ts',
      'primitives/file-text.ts',
      'primitives/language.ts',
      'primitives/password-rules.ts',
      'primitives/pin-rules.ts',
      'primitives/roles.ts',
      'primitives/user-name.ts',
    ],
    mayTypes: ['admin', 'web', ...texts],
  },
  cli: { may: [...outside, ...worded, 'admin', 'primitives/file-text.ts'] },

  // Hardware that is a tty, a LED folder and a FIFO: the box meets it there, never by an import.
  'simulator/hat': { may: [...outside, ...vocabulary, 'lines/line.ts'] },
  'simulator/board': { may: [...outside, 'simulator/hat', 'simulator/page'] },
  // Looks and speaks like the page of the box, by the same parts.
  'simulator/page': { may: ['packages', ...worded, 'primitives', 'web/page'] },
  // Two SIP phones in a process of their own, as anybody's would be: they know the package, and nothing of the box.
  demo: { may: [...outside, 'npm:node-pjsua2'] },
  // Browsers as SIP telephones, by a process of its own: the box meets them as it meets any telephone.
  'browser-phone': { may: outside },
  'node-pjsua2': { may: ['node', 'packages'] },
  'node-pjsua2/examples': { may: ['node', 'npm:node-pjsua2'] },

  appliance: {
    may: [
      ...outside,
      ...pure,
      ...interfaces,
      'provisioning',
      ...kept,
      ...worded,
      'engine',
      'engine/pjsua',
      'lines',
      'lines/board-lines.ts',
      'panel',
      'browser-phone',
      'gateway',
      'log',
      'admin',
      'web',
      'cli',
      'demo',
      'simulator/board',
    ],
  },
  'main.ts': { may: ['node', 'cli', 'appliance'] },
};

/** The room or part that a file of `src` belongs to; undefined where the law does not say. */
export function layerOf(file: string): string | undefined {
  return Object.keys(layers)
    .filter((key) => file === key || file.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0];
}
