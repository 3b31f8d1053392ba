import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Lines planted into a file of a room: those the law allows and those it forbids. */
interface Planted {
  readonly lawful: readonly string[];
  readonly unlawful: readonly string[];
}

const load = (...paths: readonly string[]) => paths.map((path) => `import '${path}';`);

const worldOutside = [
  ...load(
    'node:fs',
    'zod',
    'node-pjsua2',
    '../gateway/world.js',
    '../engine/engine.js',
    '../store/pins.js',
    '../main.js',
  ),
  "import type { World } from '../gateway/world.js';",
  "export * from '../admin/admin.js';",
  "export type { World } from '../gateway/world.js';",
  "export const later = import('../store/pins.js');",
  "export type Hidden = import('../store/pins.js').Pins;",
  ...load('./../gateway/world.js'),
  'export const now = Date.now();',
  'export const today = new Date();',
  'export const dice = Math.random();',
  'export const timer = setTimeout;',
  "console.log('heard');",
  'export const host = process.env;',
  'export const sly = globalThis;',
];

const law: Readonly<Record<string, Planted>> = {
  'src/switchboard/planted.ts': {
    lawful: [...load('./ids.js'), 'export const most = Math.max(1, 2);'],
    unlawful: [
      ...worldOutside,
      ...load('../monitoring/profile.js', '../licensing/verdict.js', '../indication/lamps.js'),
    ],
  },
  'src/monitoring/planted.ts': {
    lawful: load('./profile.js', '../switchboard/ids.js'),
    unlawful: [...worldOutside, ...load('../licensing/verdict.js', '../indication/lamps.js')],
  },
  'src/licensing/planted.ts': {
    lawful: [
      ...load('./verdict.js', '../switchboard/ids.js', '../monitoring/profile.js', 'uqr'),
      'export const told = new Date(0).toISOString();',
    ],
    unlawful: [...worldOutside, ...load('../indication/lamps.js')],
  },
  'src/indication/planted.ts': {
    lawful: load('./lamps.js', '../switchboard/ids.js', '../monitoring/profile.js', '../licensing/verdict.js'),
    unlawful: worldOutside,
  },
  'src/engine/engine.ts': {
    lawful: ["import type { LegId } from '../switchboard/ids.js';"],
    unlawful: [
      "import { legId } from '../switchboard/ids.js';",
      "export * from '../switchboard/ids.js';",
      "import type { SwitchboardState } from '../switchboard/state.js';",
      "import type { Gateway } from '../gateway/gateway.js';",
      "import type { Call } from 'node-pjsua2';",
    ],
  },
  'src/engine/pjsua-planted.ts': {
    lawful: load('./engine.js', './sip-causes.js', '../switchboard/ids.js', 'node-pjsua2', 'node:fs'),
    unlawful: load('./simulated.js', '../switchboard/switchboard.js', '../gateway/plan.js', '../store/pins.js'),
  },
  'src/engine/simulated-planted.ts': {
    lawful: load('./engine.js', './simulated.js', '../switchboard/wishes.js'),
    unlawful: load('./pjsua.js', 'node-pjsua2', 'node:net', '../switchboard/state.js', '../monitoring/profile.js'),
  },
  'src/engine/prompt-planted.ts': {
    lawful: load('./engine.js', 'node:fs', '../switchboard/wishes.js'),
    unlawful: load('node-pjsua2', '../node-pjsua2/dist/index.js', './simulated.js', '../lines/line.js', '../main.js'),
  },
  'src/lines/line.ts': {
    lawful: ["import type { LegId } from '../switchboard/ids.js';"],
    unlawful: [
      "import { legId } from '../switchboard/ids.js';",
      "import type { Gateway } from '../gateway/gateway.js';",
    ],
  },
  'src/lines/planted.ts': {
    lawful: load('./line.js', '../switchboard/ids.js', 'node:fs'),
    unlawful: load(
      '../engine/pjsua.js',
      '../panel/panel.js',
      '../gateway/plan.js',
      '../simulated-board/port.js',
      'node-pjsua2',
    ),
  },
  'src/lines/v253/planted.ts': {
    lawful: load('./wire.js', '../line.js', '../../switchboard/directory.js', 'serialport'),
    unlawful: load('../simulated-hat/firmware.js', '../../switchboard/switchboard.js', '../../engine/engine.js'),
  },
  'src/lines/simulated-hat/planted.ts': {
    lawful: load('./firmware.js', '../line.js', '../../switchboard/network-tones.js'),
    unlawful: load('../v253/wire.js', '../../switchboard/ringing.js', '../../gateway/plan.js'),
  },
  'src/panel/panel.ts': {
    lawful: ["import type { Lamps } from '../indication/lamps.js';"],
    unlawful: [
      "import { phases } from '../indication/lamps.js';",
      "import type { LegId } from '../switchboard/ids.js';",
    ],
  },
  'src/panel/planted.ts': {
    lawful: load('./panel.js', '../indication/lamps.js', 'node:fs'),
    unlawful: load('../lines/line.js', '../gateway/plan.js', '../licensing/verdict.js', 'node-pjsua2'),
  },
  'src/gateway/planted.ts': {
    lawful: load('./plan.js', '../switchboard/ids.js', '../monitoring/profile.js', '../engine/engine.js'),
    unlawful: load('../engine/pjsua.js', '../engine/simulated.js', '../store/pins.js', '../admin/admin.js', 'node:fs'),
  },
  'src/store/planted.ts': {
    lawful: load('./pins.js', 'zod', 'node:fs', '../monitoring/records.js', '../engine/engine.js'),
    unlawful: load('../gateway/world.js', '../engine/pjsua.js', '../admin/admin.js', '../identity/identity.js'),
  },
  'src/identity/planted.ts': {
    lawful: load('./identity.js', 'node:fs', '../licensing/verdict.js', '../store/durable-file.js'),
    unlawful: load('../gateway/world.js', '../engine/engine.js', '../admin/admin.js', 'node-pjsua2'),
  },
  'src/admin/planted.ts': {
    lawful: load('../gateway/world.js', '../store/pins.js', '../identity/identity.js', '../licensing/verdict.js'),
    unlawful: load('../gateway/plan.js', '../engine/engine.js', '../web/server.js', '../cli/modcall.js', 'node-pjsua2'),
  },
  'src/web/planted.ts': {
    lawful: load('../admin/admin.js', 'node:http'),
    unlawful: load(
      '../gateway/world.js',
      '../store/pins.js',
      '../cli/modcall.js',
      '../monitoring/profile.js',
      '../main.js',
    ),
  },
  'src/cli/planted.ts': {
    lawful: load('../admin/admin.js', './start.js'),
    unlawful: load('../gateway/world.js', '../store/pins.js', '../licensing/verdict.js', '../main.js', 'node-pjsua2'),
  },
  'src/cli/start.ts': {
    lawful: ["export const main = () => import('../main.js');"],
    unlawful: load('../gateway/world.js', '../store/pins.js', 'node-pjsua2'),
  },
  'src/main.ts': {
    lawful: load('./gateway/gateway.js', './engine/pjsua.js', './store/pins.js', './admin/admin.js'),
    unlawful: load('node-pjsua2', './node-pjsua2/dist/index.js'),
  },
  'src/demo/planted.ts': {
    lawful: load('./demo-phones.js', 'node-pjsua2', 'node:fs'),
    unlawful: load('../engine/engine.js', '../switchboard/ids.js', '../store/pins.js', '../main.js'),
  },
  'src/simulated-board/planted.ts': {
    lawful: load('./port.js', './page/messages.js', '../lines/simulated-hat/simulated-hat.js', 'zod', 'ws', 'node:fs'),
    unlawful: load(
      '../lines/v253/wire.js',
      '../lines/line.js',
      '../panel/panel.js',
      '../gateway/world.js',
      '../main.js',
    ),
  },
  'src/simulated-board/page/planted.ts': {
    lawful: load('./messages.js'),
    unlawful: load('../port.js', 'zod', 'node:fs'),
  },
  'src/node-pjsua2/src/planted.ts': {
    lawful: load('./endpoint.js', 'node:events'),
    unlawful: load('../../switchboard/ids.js', '../../engine/engine.js', '../../main.js'),
  },
};

const rulesOfTheLaw = new Set(['lint/style/noRestrictedImports', 'lint/style/noRestrictedGlobals', 'plugin']);

const report = z.object({
  diagnostics: z.array(
    z.object({
      code: z.object({ value: z.string() }),
      location: z.object({ path: z.string(), range: z.object({ start: z.object({ line: z.number() }) }).optional() }),
    }),
  ),
});

/** A copy of the linter's set-up with every planted line in its place, and what the linter says of it. */
async function lintPlanted(folder: string): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  await cp(join(root, 'biome.json'), join(folder, 'biome.json'));
  await cp(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
  for (const [file, { lawful, unlawful }] of Object.entries(law)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), [...lawful, ...unlawful, ''].join('\n'));
  }
  const args = [
    'lint',
    '--vcs-enabled=false',
    '--reporter=rdjson',
    '--max-diagnostics=none',
    '--diagnostic-level=error',
  ];
  const biome = join(root, 'node_modules/.bin/biome');
  // Biome ends with an error because of the violations; what counts is its report.
  const { stdout } = await promisify(execFile)(biome, args, { cwd: folder, maxBuffer: 1e8 }).catch(
    (error: { stdout: string }) => error,
  );
  const lines = new Map(Object.keys(law).map((file) => [file, new Set<number>()]));
  for (const { code, location } of report.parse(JSON.parse(stdout)).diagnostics) {
    if (rulesOfTheLaw.has(code.value) && location.range) lines.get(location.path)?.add(location.range.start.line);
  }
  return lines;
}

describe('layering law', () => {
  let folder: string;
  let flagged: ReadonlyMap<string, ReadonlySet<number>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layering-'));
    flagged = await lintPlanted(folder);
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const cases = Object.entries(law).flatMap(([file, { lawful, unlawful }]) => [
    ...lawful.map((text, index) => ({ file, text, line: index + 1, verdict: 'allows' })),
    ...unlawful.map((text, index) => ({ file, text, line: lawful.length + index + 1, verdict: 'forbids' })),
  ]);

  test.each(cases)('$verdict in $file: $text', ({ file, line, verdict }) => {
    expect(flagged.get(file)?.has(line)).toBe(verdict === 'forbids');
  });
});
