import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../src/cli/start-watcher.sh', import.meta.url));

/** A program that is watched, and takes such a step again and again. */
const program = (stepTicks: number, allTicks: number, everyMs: number) => `
  const { spawn } = require('node:child_process');
  const words = [${JSON.stringify(script)}, 'before', '${stepTicks}', '${allTicks}'];
  const { stdin } = spawn('bash', words, { stdio: ['pipe', 'ignore', 'inherit'] });
  const step = () => stdin.write('the step\\n"the step"\\n\\n');
  step();
  setInterval(step, ${everyMs});`;

test.each([
  ['stays at one step for too long', program(5, 100_000, 1e6)],
  ['takes step after step, and too long in all', program(100_000, 10, 250)],
])('a start that %s is ended, and what it did last is said', async (_, code) => {
  const watched = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  watched.stderr.on('data', (text) => {
    said += text;
  });
  const [, signal] = await once(watched, 'exit');
  expect(signal).toBe('SIGKILL');
  expect(said).toBe('the step\n');
});

test('a start that others keep from running is not ended for that', async () => {
  const hogs = Array.from({ length: availableParallelism() }, () => spawn('sh', ['-c', 'while :; do :; done']));
  // It has a tenth of a processor at most, and needs longer than a step may take.
  const work =
    'require("os").setPriority(10); const end = process.cpuUsage().user + 150_000; while (process.cpuUsage().user < end); process.exit(0);';
  try {
    const watched = spawn(process.execPath, ['-e', `${program(10, 100_000, 1e6)} ${work}`], { stdio: 'ignore' });
    const [code, signal] = await once(watched, 'exit');
    expect({ code, signal }).toEqual({ code: 0, signal: null });
  } finally {
    for (const hog of hogs) hog.kill('SIGKILL');
  }
});
