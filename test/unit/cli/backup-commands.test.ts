import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditEntries } from '../../../src/admin/audit/audit.js';
import { backupOperations } from '../../../src/admin/backup-operations.js';
import { serveConsole } from '../../../src/appliance/faces/console.js';
import { runBackup, runRestore } from '../../../src/cli/backup.js';
import type { Command } from '../../../src/cli/command.js';
import { Signals } from '../../../src/cli/signals.js';
import { exitCode } from '../../../src/cli/terminal.js';
import { AdminError } from '../../../src/store/admin-error.js';
import { completeRestore } from '../../../src/store/backup/restore.js';
import { UploadedBackup } from '../../../src/store/backup/uploaded-backup.js';
import { openDataFolder } from '../../../src/store/files/data-folder.js';
import { consoleApp } from '../../../src/web/console/console-app.js';
import { contentOf, fillFolder } from '../store/backup/samples.js';

const passphrase = 'correct horse battery';
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modcall-cli-backup-'));
});
afterEach(() => rm(root, { recursive: true }));

/** Runs a command with what is typed; tells what it says, or the code of what it complains of. */
async function run(command: Command, words: readonly string[], folder: string, typed = passphrase): Promise<string> {
  const said: string[] = [];
  const signals = new Signals();
  try {
    const code = await command(words, {
      terminal: {
        language: 'en',
        isInteractive: false,
        width: 100,
        print: (text) => said.push(text),
        printError: (text) => said.push(text),
        readInput: async () => '',
        readSecret: async () => typed,
      },
      environment: {},
      dataFolder: folder,
      boards: 'board',
      version: '1.0.0',
      signals,
      watch: null,
      manager: null,
      loadAppliance: () => Promise.reject(new Error('nothing is started')),
      loadStoppedBox: () => import('../../../src/appliance/stopped-box.js'),
    });
    if (code !== exitCode.ok) expect(code).toBe(exitCode.refused);
    return said.join('\n');
  } catch (error) {
    if (error instanceof AdminError) return error.problem.code;
    throw error;
  } finally {
    signals.release();
  }
}

test('a box comes back in an empty folder, with its hardware ID', async () => {
  const [from, to, file] = [join(root, 'from'), join(root, 'to'), join(root, 'box.backup')];
  await fillFolder(from, 7);
  await rm(join(from, 'audit.jsonl'));
  expect(await run(runBackup, ['--output', file], from)).toBe(`Written: ${file}`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const restored: unknown = JSON.parse(await run(runRestore, [file, '--json'], to));
  const { hardwareId, backedUp } = restored as { hardwareId: string; backedUp: string };
  expect(hardwareId).toMatch(/^MH/);
  expect(hardwareId).toBe(backedUp);
  const [before, after] = [await contentOf(from), await contentOf(to)];
  for (const path of ['settings.json', 'users.json', 'licence/licence.txt']) expect(after[path]).toBe(before[path]);
  const made = { by: 'console', byKind: 'console', modcall: '1.0.0', hardwareId, created: expect.any(String) };
  expect(await recorded(to)).toEqual([{ type: 'backupRestored', ...made }]);
  expect((await recorded(from)).at(-1)).toEqual({ type: 'backupMade', by: 'console', byKind: 'console' });
  expect((await readdir(to)).filter((name) => /lock|restore/.test(name))).toEqual([]);
});

test('a running box is sent the backup, and restarts with it', async () => {
  const [from, to, file] = [join(root, 'from'), join(root, 'to'), join(root, 'box.backup')];
  await fillFolder(from, 7);
  await run(runBackup, ['--output', file], from);
  await fillFolder(to, 9);
  const facts: unknown[] = [];
  const restarts: string[] = [];
  const box = {
    uploaded: new UploadedBackup(to),
    record: (fact: unknown) => facts.push(fact),
    restart: { order: async ({ when }: { when: string }) => restarts.push(when) },
  };
  const parts = { feed: { subscribe: () => () => {} }, metrics: () => [], health: () => 'ok' as const };
  const log = { error: (fields: unknown) => facts.push(fields) };
  const app = consoleApp({ box: box as never, operations: backupOperations, ...parts, language: 'en', log });
  const close = await serveConsole(join(to, 'modcall.sock'), async () => app, log);
  try {
    expect(await run(runRestore, [file], to, 'another passphrase')).toContain('The passphrase is wrong');
    expect([facts, restarts, await completeRestore(to)]).toEqual([[], [], null]);
    expect(await run(runRestore, [file, '--now', '--json'], to)).toContain('"when":"now","waitsFor":1}');
    expect(facts).toMatchObject([{ type: 'restoreOrdered', modcall: '1.0.0', by: 'console', byKind: 'console' }]);
    expect(restarts).toEqual(['now']);
    expect(await completeRestore(to)).toMatchObject({ modcall: '1.0.0' });
  } finally {
    await close();
  }
});

/** The audit record of a data folder. */
async function recorded(folder: string): Promise<readonly unknown[]> {
  const facts: unknown[] = [];
  for await (const { fact } of auditEntries(folder)) facts.push(fact);
  return facts;
}

test('a box that runs is not given another state beneath it', async () => {
  const [from, file] = [join(root, 'from'), join(root, 'box.backup')];
  await fillFolder(from, 7);
  await run(runBackup, ['--output', file], from);
  const running = await openDataFolder(join(root, 'to'));
  const other = `${process.ppid}`;
  await writeFile(join(running.path, 'modcall.lock'), await holderText(other));
  expect(await run(runRestore, [file], running.path)).toBe('storage.inUse');
  expect((await readdir(running.path)).sort()).toEqual(['modcall.lock']);
});

test('what goes wrong leaves no file, and says what it was', async () => {
  const [from, to, file] = [join(root, 'from'), join(root, 'to'), join(root, 'box.backup')];
  await fillFolder(from, 7);
  expect(await run(runBackup, ['--output', file], from, 'short')).toBe('backup.weakPassphrase');
  expect(await readdir(root)).toEqual(['from']);
  expect(await run(runBackup, [], from)).toBe('client.optionMissing');
  await writeFile(file, 'of somebody else');
  expect(await run(runBackup, ['--output', file], from)).toBe('command.alreadyThere');
  expect(await run(runBackup, ['--output', join(root, 'nowhere', 'file')], from)).toBe('command.cannotWrite');
  expect(await run(runBackup, ['--output', `${file}.2`], join(root, 'nowhere'), '')).toBe('storage.noFolder');
  expect(await readFile(file, 'utf8')).toBe('of somebody else');
  expect(await run(runRestore, [file], to)).toBe('backup.notABackup');
  expect(await run(runRestore, [join(root, 'nowhere')], to)).toBe('command.cannotRead');
});

/** What the lock of a process says: number, start time and boot. */
async function holderText(pid: string): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const ticks = text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  return `${pid} ${ticks} ${(await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()}`;
}
