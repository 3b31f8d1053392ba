import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditEntries } from '../../../src/admin/audit/audit.js';
import * as stoppedBox from '../../../src/appliance/stopped-box.js';
import type { CommandContext } from '../../../src/cli/command.js';
import { runReset } from '../../../src/cli/reset.js';
import { contentOf, fillFolder } from '../store/backup/samples.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-reset-'));
});
afterEach(() => rm(folder, { recursive: true }));

const said: string[] = [];
const terminal = { language: 'en', print: (text: string) => said.push(text) };
const run = (dataFolder: string) =>
  runReset(['reset'], {
    terminal,
    dataFolder,
    loadStoppedBox: async () => stoppedBox,
  } as unknown as CommandContext);

it('removes what people have set up, and leaves the box the same one, with its record', async () => {
  await fillFolder(folder, 7);
  await rm(join(folder, 'audit.jsonl'));
  const before = await contentOf(folder);
  expect(await run(folder)).toBe(0);
  const after = await contentOf(folder);
  const stays = ['identity/ssh_host_ed25519_key', 'licence/licence.txt', 'licence/clock.json'];
  for (const path of stays) expect(after[path]).toBe(before[path]);
  expect(Object.keys(after).filter((path) => /settings|users|prompts/.test(path))).toEqual([]);
  const facts: unknown[] = [];
  for await (const { fact } of auditEntries(folder)) facts.push(fact);
  expect(facts.at(-1)).toEqual({ type: 'boxReset', by: 'console', byKind: 'console' });
  expect(said.at(-1)).toContain('The box is reset');
});

it('can be done again, as after a power cut in the middle of it', async () => {
  await fillFolder(folder, 7);
  await rm(join(folder, 'audit.jsonl'));
  await rm(join(folder, 'users.json'));
  expect(await run(folder)).toBe(0);
  expect(await run(folder)).toBe(0);
});

it('makes no box where there is none', async () => {
  await expect(run(join(folder, 'nowhere'))).rejects.toMatchObject({ problem: { code: 'storage.noFolder' } });
});
