import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The usual addon; the compiled programs are not beside it. */
const binary = process.env.NODE_PJSUA2_BINARY ?? `${root}src/node-pjsua2/build/Release/node_pjsua2.node`;

let compiled: Promise<unknown> | undefined;

/** Node 20 reads no TypeScript: the programs are compiled, together with the face as it is now. */
function compile(): Promise<unknown> {
  compiled ??= promisify(execFile)(`${root}node_modules/.bin/tsc`, ['-p', `${root}test/native/support/programs`]);
  return compiled;
}

export interface ProgramOptions {
  readonly execArgv?: readonly string[];
  readonly args?: readonly string[];
}

/** Starts one of the programs in ./programs as a process of its own. */
export async function startProgram(
  name: string,
  { execArgv = [], args = [] }: ProgramOptions = {},
): Promise<ChildProcess> {
  await compile();
  return fork(`${root}build/native-programs/test/native/support/programs/${name}.js`, [...args], {
    execArgv: [...execArgv],
    env: { ...process.env, NODE_PJSUA2_BINARY: binary },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly durationMs: number;
}

/** Lets a program run to its end. */
export async function runProgram(name: string, options?: ProgramOptions): Promise<ProgramEnd> {
  const began = performance.now();
  const child = await startProgram(name, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
  const [code, signal] = await once(child, 'close');
  return { code, signal, output, durationMs: performance.now() - began };
}
