import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { violationsIn } from '../../scripts/lint/layering.js';
import { type Layer, layers } from '../../scripts/lint/layers.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file of its own in a room, or the file that the law names. */
const fileOf = (key: string) => (key.endsWith('.ts') ? key : `${key}/planted.ts`);

/** How a file names another: the way up to `src` and down again. */
const pathTo = (from: string, to: string) =>
  `${'../'.repeat(from.split('/').length - 1) || './'}${to.replace(/\.ts$/, '.js')}`;

/** What a file may be tempted to import, in the words of the table, with an import of it. */
function temptations(file: string): readonly { readonly target: string; readonly specifier: string }[] {
  return [
    ...Object.keys(layers).map((key) => ({ target: key, specifier: pathTo(file, fileOf(key)) })),
    { target: 'node', specifier: 'node:fs' },
    { target: 'packages', specifier: 'zod' },
    { target: 'npm:node-pjsua2', specifier: 'node-pjsua2' },
  ];
}

const allows = (key: string, { may, mayTypes = [] }: Layer, target: string) =>
  target === key ||
  may.includes(target) ||
  mayTypes.includes(target) ||
  (target === 'npm:uqr' && may.includes('packages'));

describe('layering law', () => {
  const cases = Object.entries(layers).flatMap(([key, layer]) =>
    temptations(fileOf(key)).map(({ target, specifier }) => {
      const verdict = allows(key, layer, target) ? 'may' : 'may not';
      return { key, target, specifier, verdict };
    }),
  );

  test.each(cases)('$key $verdict import $target', ({ key, specifier, verdict }) => {
    const found = violationsIn(fileOf(key), `import type { Planted } from '${specifier}';`);
    expect(found).toHaveLength(verdict === 'may' ? 0 : 1);
  });

  test.each([
    "import '../gateway/world.js';",
    "import { World } from '../gateway/world.js';",
    "import type { World } from '../gateway/world.js';",
    "export * from '../gateway/world.js';",
    "export type { World } from '../gateway/world.js';",
    "export const later = import('../gateway/world.js');",
    "export type Hidden = import('../gateway/world.js').World;",
    "import './../gateway/world.js';",
    "import '../switchboard/../gateway/world.js';",
  ])('sees %s in the switchboard', (line) => {
    expect(violationsIn('switchboard/planted.ts', `// planted\n${line}`)).toEqual([
      { file: 'switchboard/planted.ts', line: 2, reason: expect.stringContaining('may not import') },
    ]);
  });

  test('sees an interface that imports more than types', () => {
    const planted = (line: string) => violationsIn('engine/engine.ts', line).length;
    expect(planted("import type { LegId } from '../primitives/ids.js';")).toBe(0);
    expect(planted("import { legId } from '../primitives/ids.js';")).toBe(1);
    expect(planted("export * from '../primitives/ids.js';")).toBe(1);
  });

  test('sees a page that takes more than types from the box, in markup too', () => {
    const planted = (line: string) => violationsIn('web/page/planted.tsx', `${line}\nexport const view = <p>1</p>;`);
    expect(planted("import type { TableRow } from '../../admin/operations.js';")).toEqual([]);
    expect(planted("import { operations } from '../../admin/operations.js';")).toHaveLength(1);
    expect(planted("import { WebServer } from '../web-server.js';")).toHaveLength(1);
  });

  test('sees a file that belongs to no room', () => {
    expect(violationsIn('attic/planted.ts', '')).toHaveLength(1);
  });

  test('allows no package to a pure room but the one that it names', () => {
    expect(violationsIn('licensing/planted.ts', "import { encode } from 'uqr';")).toEqual([]);
    expect(violationsIn('monitoring/planted.ts', "import { encode } from 'uqr';")).toHaveLength(1);
  });
});

const pureRooms = ['primitives', 'locales', 'switchboard', 'lines/analog', 'monitoring', 'licensing', 'indication'];
const lawfulInPureRooms = [
  'export const most = Math.max(1, 2);',
  'export const told = new Date(0).toISOString();',
  'export const add = (to: number[]) => to.push(1, Math.max(...to));',
];
const worldOutside = [
  'export const now = Date.now();',
  'export const today = new Date();',
  'export const dice = Math.random();',
  'export const timer = setTimeout;',
  "console.log('heard');",
  'export const host = process.env;',
  'export const sly = globalThis;',
];
/** What throws where there is much of it; forbidden in all rooms. */
const boundless = [
  'export const append = (to: number[], more: number[]) => to.push(...more);',
  'export const prepend = (to: number[], more: number[]) => to.unshift(0, ...more);',
];
const forbidden = [...worldOutside, ...boundless];

/** Files with what each imports: one circle of two in a room, one of three through three rooms. */
const circles = [
  ['src/switchboard/hen.ts', './egg'],
  ['src/switchboard/egg.ts', './hen'],
  ['src/appliance/rock.ts', '../gateway/paper'],
  ['src/gateway/paper.ts', '../engine/scissors'],
  ['src/engine/scissors.ts', '../appliance/rock'],
] as const;

const report = z.object({
  diagnostics: z.array(
    z.object({
      code: z.object({ value: z.string() }),
      location: z.object({ path: z.string(), range: z.object({ start: z.object({ line: z.number() }) }).optional() }),
    }),
  ),
});

/** Which lines of the planted files Biome finds fault with, by its rules on what a pure room may see. */
async function lintPlanted(folder: string): Promise<ReadonlySet<string>> {
  await cp(join(root, 'biome.json'), join(folder, 'biome.json'));
  await cp(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
  for (const room of pureRooms) {
    const file = join(folder, `src/${room}/planted.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, [...lawfulInPureRooms, ...forbidden, ''].join('\n'));
  }
  for (const [file, other] of circles) {
    const line = `import type { Planted } from '${other}.js';\nexport type Own = Planted;\n`;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), line);
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
  const { stdout } = await promisify(execFile)(biome, [...args, 'src'], { cwd: folder, maxBuffer: 1e8 }).catch(
    (error: { stdout: string }) => error,
  );
  const found = report.parse(JSON.parse(stdout)).diagnostics.filter(({ code }) => ruleNames.has(code.value));
  return new Set(found.map(({ location }) => `${location.path}:${location.range?.start.line}`));
}

const ruleNames = new Set(['lint/style/noRestrictedGlobals', 'lint/suspicious/noImportCycles', 'plugin']);

describe('purity', () => {
  let folder: string;
  let flagged: ReadonlySet<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layering-'));
    flagged = await lintPlanted(folder);
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const cases = pureRooms.flatMap((room) =>
    [...lawfulInPureRooms, ...forbidden].map((text, index) => {
      const verdict = lawfulInPureRooms.includes(text) ? 'allows' : 'forbids';
      return { place: `src/${room}/planted.ts:${index + 1}`, text, verdict };
    }),
  );

  test.each(cases)('$verdict $text at $place', ({ place, verdict }) => {
    expect(flagged.has(place)).toBe(verdict === 'forbids');
  });

  test.each(circles)('sees the circle at %s, although only types are imported', (file) => {
    expect([...flagged]).toContain(`${file}:1`);
  });
});
