import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OwnProcess } from '../../../src/appliance/own-process.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-process-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that is ready at once and does this then. */
async function started(then: string) {
  const program = join(folder, 'program.mjs');
  await writeFile(
    program,
    `process.once('message', () => { process.send({ type: 'ready', pid: process.pid }); ${then} });`,
  );
  return OwnProcess.start<{ type: 'ready'; pid: number }>({ program }, {}, new AbortController().signal);
}

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a process of the box ends when it is let go', async () => {
  const own = await started('');
  await own.stop();
  expect(isThere(own.answer.pid)).toBe(false);
});

test('one that hangs is killed', async () => {
  const own = await started('setTimeout(() => process.kill(process.pid, "SIGSTOP"), 0);');
  await own.stop();
  expect(isThere(own.answer.pid)).toBe(false);
});
