import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid, ppid } from 'node:process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeJanusFolder, removeLeftFolders } from '../../../src/browser-phone/janus-folder.js';

let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'modcall-test-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true });
});

/** The id of a process that has ended. */
async function ended(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('the folder of a process that was killed is removed at the next start, and nothing of others', async () => {
  const left = `modcall-janus-${await ended()}-abc`;
  const others = [`modcall-janus-${ppid}-abc`, 'modcall-janus-x', 'something'];
  for (const name of [left, `modcall-janus-${pid}-abc`, ...others])
    await mkdir(join(temporary, name, 'plugins'), { recursive: true });
  await removeLeftFolders();
  expect((await readdir(temporary)).toSorted()).toEqual(others.toSorted());
});

test('a folder says whose it is', async () => {
  const folder = await makeJanusFolder('/nowhere', '127.0.0.1');
  await access(folder.path);
  await removeLeftFolders();
  await expect(access(folder.path)).rejects.toThrow();
});
