import { fileURLToPath } from 'node:url';
import { defineConfig, type RolldownOptions } from 'rolldown';
import { loadedWith } from './lint/loaded-with.js';

/** Each program of the installation, and where its source begins. */
const programs = {
  'cli/modcall': 'main',
  'demo/demo-phones': 'demo/demo-phones',
  'simulator/board/main': 'simulator/board/main',
  'simulator/hat/main': 'simulator/hat/main',
};

/** Packages that look for their native part beside themselves; and a large one that only other systems than Linux need. */
const leftOutside = ['@serialport/bindings-cpp', 'epoll', 'systeminformation'];

const source = fileURLToPath(new URL('../src', import.meta.url));

/** What the box starts with. Whatever else programs share would be loaded at every start if it were in one file with it. */
const startsWith = new Set(
  ['main.ts', 'appliance/program.ts', 'cli/start.ts', 'appliance/appliance.ts'].flatMap((module) => [
    ...loadedWith(source, module),
  ]),
);

/** Whether a module is among that, or in a package that is. */
function isOfStart(id: string): boolean {
  if (id.startsWith(`${source}/`)) return startsWith.has(id.slice(source.length + 1));
  const [, name = ''] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? [];
  return [...startsWith].some((each) => each === name || each.startsWith(`${name}/`));
}

const output = {
  dir: 'dist',
  // For a debugger; Node does not read them by itself.
  sourcemap: true,
  // V8 keeps the text of a file: without comments, and without characters for which it would take two bytes for every one.
  comments: false,
  charset: 'ascii',
} as const;

const onLog: RolldownOptions['onLog'] = (level, log, report) => report(level === 'warn' ? 'error' : level, log);

const program = ([name, source]: [string, string]): RolldownOptions => ({
  input: { [name]: `src/${source}.ts` },
  platform: 'node',
  external: leftOutside,
  output: {
    ...output,
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'common', minShareCount: 2, test: isOfStart }] },
  },
  onLog,
});

/** For computers that have nothing of Modcall: a single file, with all that it needs. */
const verifier: RolldownOptions = {
  input: 'src/cli/verifier.ts',
  platform: 'node',
  output: { file: 'dist/verifier/modcall-verify.mjs', minify: true, charset: 'ascii', codeSplitting: false },
  onLog,
};

/** Each program of the appliance with its modules and packages in a few files: it starts sooner and needs less memory. */
export default defineConfig([...Object.entries(programs).map(program), verifier]);
