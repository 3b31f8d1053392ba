import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';

let count = 0;

/**
 * Runs a script that works until it is killed: the stand-in for a power cut. Returns the whole lines that it has said by then, each of
 * which it says once something is confirmed. It says them to a file, which takes them at once: a pipe to a busy reader would keep the last.
 * @param afterMs How long after its first line it is killed.
 */
export async function killed(script: string, args: readonly string[], afterMs: number): Promise<readonly string[]> {
  count += 1;
  const path = `${script}.${process.pid}-${count}.said`;
  const file = await open(path, 'w');
  const watcher = watch(path);
  const begun = once(watcher, 'change');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', file.fd, 'inherit'] });
  const closed = once(child, 'close');
  await Promise.race([begun, closed]);
  watcher.close();
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  const [code] = await closed;
  await file.close();
  const said = await readFile(path, 'utf8');
  await rm(path);
  if (code !== null) throw new Error(`the script ended by itself with ${code}:\n${said}`);
  return said.split('\n').slice(0, -1);
}
