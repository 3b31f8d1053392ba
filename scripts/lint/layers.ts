/**
 * Who may know whom: the layering law of `src`. A key is a room, or a part of one that has a law of its own (the longest key that fits
 * counts). Each may import itself and what is listed: other rooms or parts, `node` (Node's own modules), `packages` (npm packages),
 * or one package by `npm:NAME`. node-pjsua2 is never among the packages: only who names it may import it.
 */
export interface Layer {
  readonly may: readonly string[];
  /** An interface has no code of its own, so it needs nobody else's. */
  readonly typesOnly?: true;
}

const outside = ['node', 'packages'];

/** The words of the rules that drivers and their interfaces speak. */
const vocabulary = [
  'primitives',
  ...['audio', 'dial-plan', 'directory', 'events', 'leg-commands', 'network-tones', 'release-cause'].map(
    (file) => `switchboard/${file}.ts`,
  ),
];

/** Texts by their codes, which are types alone: whoever has something to tell a person names the text, and the faces word it. */
const texts = ['locales/codes.ts'];
const worded = ['locales', ...texts];

const pure = ['primitives', 'switchboard', 'monitoring', 'licensing', 'indication'];
const ofEngine = ['engine/line-audio.ts', 'engine/engine.ts'];
const ofLines = ['engine/line-audio.ts', 'lines/analog-settings.ts', 'lines/line-events.ts', 'lines/line.ts'];
const interfaces = [...ofEngine, ...ofLines, 'panel/panel.ts'];
const kept = ['store', 'identity', 'licence-desk', 'board', 'crypto'];

export const layers: Readonly<Record<string, Layer>> = {
  primitives: { may: [] },
  switchboard: { may: ['primitives'] },
  monitoring: { may: ['primitives', 'switchboard'] },
  licensing: { may: ['primitives', 'switchboard', 'monitoring', ...texts, 'npm:uqr'] },
  indication: { may: ['primitives', 'switchboard', 'monitoring', 'licensing'] },

  locales: { may: ['primitives', 'locales/codes.ts'] },
  'locales/codes.ts': { may: ['locales'], typesOnly: true },

  'engine/line-audio.ts': { may: [], typesOnly: true },
  'engine/engine.ts': { may: [...vocabulary, 'engine/line-audio.ts'], typesOnly: true },
  'lines/line-events.ts': { may: vocabulary, typesOnly: true },
  'lines/line.ts': { may: [...vocabulary, 'engine/line-audio.ts', 'lines/line-events.ts'], typesOnly: true },
  'lines/analog-settings.ts': { may: ['primitives'], typesOnly: true },
  'panel/panel.ts': { may: ['primitives', 'indication', ...texts], typesOnly: true },

  engine: { may: [...outside, ...vocabulary, ...ofEngine] },
  'engine/pjsua': {
    may: [...outside, ...vocabulary, 'engine', ...ofEngine, 'npm:node-pjsua2'],
  },
  'lines/analog': { may: [...vocabulary, 'lines/line-events.ts', 'lines/analog-settings.ts'] },
  lines: { may: [...outside, ...vocabulary, ...ofEngine, ...ofLines, 'lines/analog', 'lines/v253'] },
  'lines/v253': { may: [...outside, ...vocabulary, ...ofLines, 'lines'] },
  panel: { may: [...outside, 'primitives', 'indication', ...texts, 'panel/panel.ts'] },
  gateway: { may: [...pure, ...texts, ...interfaces] },

  crypto: { may: [...outside, ...pure] },
  store: { may: [...outside, ...pure, ...interfaces, ...texts, 'crypto'] },
  board: { may: [...outside, ...pure, ...interfaces, ...texts, 'store'] },
  identity: { may: [...outside, ...pure, ...texts, 'store', 'crypto', 'board'] },
  'licence-desk': { may: [...outside, ...pure, 'store', 'crypto', 'identity'] },
  log: { may: [...outside, ...worded, 'primitives', 'store'] },

  admin: { may: [...outside, ...pure, ...kept, ...worded, 'gateway/gateway.ts', 'gateway/world.ts'] },
  web: { may: [...outside, ...worded, 'admin'] },
  cli: { may: [...outside, ...worded, 'admin'] },

  'simulator/hat': { may: [...outside, ...vocabulary, 'lines/line.ts'] },
  'simulator/board': { may: [...outside, 'simulator/hat', 'simulator/page', 'appliance/installation.ts'] },
  'simulator/page': { may: [...worded, 'primitives'] },
  demo: { may: [...outside, 'npm:node-pjsua2'] },
  'node-pjsua2': { may: ['node', 'packages'] },
  'node-pjsua2/examples': { may: ['node', 'npm:node-pjsua2'] },

  'appliance/installation.ts': { may: ['node'] },
  appliance: {
    may: [
      ...outside,
      ...pure,
      ...interfaces,
      ...kept,
      ...worded,
      'engine',
      'engine/pjsua',
      'lines',
      'lines/v253',
      'panel',
      'gateway',
      'log',
      'admin',
      'web',
      'cli',
      'demo',
      'simulator/board',
      'appliance/installation.ts',
    ],
  },
  'main.ts': { may: ['node', 'cli', 'appliance', 'appliance/installation.ts'] },
};

/** The room or part that a file of `src` belongs to; undefined where the law does not say. */
export function layerOf(file: string): string | undefined {
  return Object.keys(layers)
    .filter((key) => file === key || file.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0];
}
