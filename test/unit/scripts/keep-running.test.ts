import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/lib/keep-running.sh', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-keep-running-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs this bash command under the script. */
const kept = (command: string) => spawn('bash', [script, 'bash', '-c', command], { cwd: folder, stdio: 'pipe' });

test('a command is run again as long as it asks for that, and its last code is told', async () => {
  const running = kept('echo run >> runs; [ $(wc -l < runs) -lt 3 ] && exit 75; exit 3');
  const [code] = await once(running, 'exit');
  expect([code, await readFile(join(folder, 'runs'), 'utf8')]).toEqual([3, 'run\nrun\nrun\n']);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s reaches the command, which ends when it likes', async (signal) => {
  const running = kept(
    `trap 'echo asked; again=1' ${signal.slice(3)}; echo up; while [ -z "$again" ]; do sleep 0.05; done; exit 0`,
  );
  let said = '';
  running.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    if (said === 'up\n') running.kill(signal);
  });
  const [code] = await once(running, 'exit');
  expect([code, said]).toEqual([0, 'up\nasked\n']);
});

test('a command that asks to be run again and again ends when it is told to', async () => {
  const running = kept('echo up; exit 75');
  await once(running.stdout, 'data');
  running.kill('SIGTERM');
  await once(running, 'exit');
});

test('the command reads what is typed', async () => {
  const running = kept('read line; echo "$line"; exit 0');
  running.stdin.end('hello\n');
  const [[text]] = await Promise.all([once(running.stdout, 'data'), once(running, 'exit')]);
  expect(String(text)).toBe('hello\n');
});
