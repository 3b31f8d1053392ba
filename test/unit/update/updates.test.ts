import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readNote, type UpdateRestart } from '../../../src/update/note.js';
import { UpdateSources } from '../../../src/update/sources.js';
import { type ChannelChoice, UpdateChannel } from '../../../src/update/update-channel.js';
import { type UpdateFact, Updates } from '../../../src/update/updates.js';
import { FakeInstaller } from '../../doubles/installer.js';
import { UpdateFolder } from '../../support/update-folder.js';

const address = 'https://updates.example/modcall.raucb';
const board = 'modcall-pi4';
const by = { name: 'ada', kind: 'user' } as const;
const whenIdle: UpdateRestart = { when: 'idle', at: null };

let folder: string;
let installer: FakeInstaller;
let facts: UpdateFact[];
let restarts: UpdateRestart[];
let errors: unknown[];
let choice: ChannelChoice | null;
let updates: Updates;
const opened: Updates[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-updates-'));
  installer = new FakeInstaller();
  installer.offers.set(address, { board, version: '1.3.0' });
  facts = [];
  restarts = [];
  errors = [];
  choice = null;
  updates = await open();
});
afterEach(async () => {
  for (const each of opened.splice(0)) each.stop();
  await rm(folder, { recursive: true });
});

/** As each start of the box does. */
async function open(): Promise<Updates> {
  const next = await Updates.open({
    installer,
    sources: new UpdateSources(join(folder, 'update.uploaded'), []),
    channel: new UpdateChannel({ running: '1.2.0', choice: () => choice, now: Date.now }),
    note: join(folder, 'update.json'),
    async restart(wanted) {
      restarts.push(wanted);
      return 2;
    },
    record: (fact) => facts.push(fact),
    onError: (error) => errors.push(error),
  });
  opened.push(next);
  return next;
}
const install = (source = address, restart = whenIdle) => updates.install(source, restart, by);
const course = (of = updates) => of.state.latest?.course;

/** Waits until all is done that follows from it: what is told of it is noted last. */
async function installed(fault: string | null = null): Promise<void> {
  installer.at = { isRunning: false, percent: 100, fault };
  const told = async () => (await readNote(join(folder, 'update.json')))?.told;
  await vi.waitFor(async () => expect(await told()).not.toBe('running'), { timeout: 60_000 });
}

test('an update is installed, its restart is ordered, and after that it is in use', async () => {
  expect(updates.state).toMatchObject({ latest: null, percent: null });
  expect(await install(address, { when: 'now', at: '2026-11-30T02:00:00.000Z' })).toEqual({ board, version: '1.3.0' });
  installer.at = { isRunning: true, percent: 40, fault: null };
  await vi.waitFor(() => expect(updates.state.percent).toBe(40), { timeout: 60_000 });
  expect(updates.state.latest).toEqual({ version: '1.3.0', course: 'running', fault: null });
  await installed();
  expect([course(), restarts]).toEqual(['waiting', [{ when: 'now', at: '2026-11-30T02:00:00.000Z' }]]);
  installer.startAnew('B');
  expect(course(await open())).toBe('inUse');
  await open();
  expect([facts, errors]).toEqual([[{ type: 'updateInUse', version: '1.3.0' }], []]);
});

test.each([
  ['of another signer', 'signature verification failed: self-signed certificate', 'otherSigner'],
  ['that is none', 'Failed to check bundle identifier: Invalid identifier', 'unusable'],
  ['of another board', { board: 'modcall-pi5', version: '1.3.0' }, 'otherBoard'],
  ['of an older major version', { board, version: '0.9.0' }, 'olderMajor'],
] as const)('an update %s is refused before anything is touched', async (_what, offer, code) => {
  installer.offers.set(address, offer);
  for (const refused of [updates.explain(address), install()])
    await expect(refused).rejects.toMatchObject({ problem: { code: `update.${code}` } });
  expect([installer.begun, updates.state.latest]).toEqual([[], null]);
});

test('what a channel offers is installed only if it is the version that it says', async () => {
  const folder = await UpdateFolder.open();
  choice = { address: folder.address, channel: 'stable' };
  folder.announce('stable', '1.3.0');
  const offered = await updates.channel.look();
  const source = offered?.source ?? '';
  // Whoever is about to install it may not know yet that it is gone.
  folder.files.set('stable.json', 'nothing');
  await updates.channel.look().catch(() => {});
  // An older one of the same vendor.
  installer.offers.set(source, { board, version: '1.1.0' });
  const problem = { code: 'update.otherVersion', params: { announced: '1.3.0', offered: '1.1.0' } };
  for (const refused of [updates.explain(source), install(source)])
    await expect(refused).rejects.toMatchObject({ problem });
  expect(installer.begun).toEqual([]);
  installer.offers.set(source, { board, version: '1.3.0' });
  expect(await install(source)).toEqual({ board, version: '1.3.0' });
  await folder.close();
});

test('one at a time is installed', async () => {
  const both = await Promise.allSettled([install(), install()]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(install()).rejects.toMatchObject({ problem: { code: 'update.runs' } });
  expect(installer.begun).toEqual([address]);
});

test('one that cannot be begun is not remembered', async () => {
  installer.at = { isRunning: true, percent: 0, fault: null };
  await expect(install()).rejects.toMatchObject({ problem: { code: 'update.unusable' } });
  expect(updates.state.latest).toBeNull();
  expect((await open()).state.latest).toBeNull();
});

test('one that fails on the way orders no restart, and says why', async () => {
  await install();
  await installed('Failed writing slot: No space left on device');
  expect(updates.state.latest).toMatchObject({ course: 'failed', fault: expect.stringContaining('No space left') });
  expect([restarts, facts]).toEqual([[], [{ type: 'updateFailed', version: '1.3.0' }]]);
  installer.at = { isRunning: false, percent: 0, fault: null };
  await install();
  await installed();
  expect(course()).toBe('waiting');
});

test('a box that is started anew while one is installed goes on to watch it', async () => {
  await install();
  updates.stop();
  updates = await open();
  expect([course(), restarts]).toEqual(['running', []]);
  await installed();
  expect([course(), restarts]).toEqual(['waiting', [whenIdle]]);
});

test('a box that is started anew while one waits orders its restart again, unless that was called off', async () => {
  await install();
  await installed();
  await open();
  expect(restarts).toEqual([whenIdle, whenIdle]);
  await updates.hold();
  updates = await open();
  expect([course(), restarts.length]).toEqual(['waiting', 2]);
  expect(await updates.restart({ when: 'now', at: null }, by)).toBe(2);
  expect(restarts.at(-1)).toEqual({ when: 'now', at: null });
});

test('one that is cut off by a start of the machine is not there, and is told once', async () => {
  await install();
  installer.startAnew('A');
  installer.at = { isRunning: false, percent: 0, fault: null };
  for (const next of [await open(), await open()]) expect(course(next)).toBe('interrupted');
  expect(facts).toEqual([{ type: 'updateFailed', version: '1.3.0' }]);
});

test('a fall-back is told, even if the update had been in use before it died', async () => {
  await install();
  await installed();
  installer.startAnew('B');
  await open();
  installer.startAnew('A');
  expect(course(await open())).toBe('fellBack');
  expect(facts.map(({ type }) => type)).toEqual(['updateInUse', 'updateFellBack']);
});

test('orders that come at the same time are remembered one after the other', async () => {
  await install();
  await installed();
  const now: UpdateRestart = { when: 'now', at: null };
  await Promise.all([updates.restart(whenIdle, by), updates.hold(), updates.restart(now, by)]);
  await open();
  expect(restarts.at(-1)).toEqual(now);
});

test('nothing restarts where none waits', async () => {
  await expect(updates.restart(whenIdle, by)).rejects.toMatchObject({ problem: { code: 'update.noneWaits' } });
});

test('what is remembered and cannot be read is as if there were nothing', async () => {
  await writeFile(join(folder, 'update.json'), '{"version":');
  expect((await open()).state.latest).toBeNull();
});
