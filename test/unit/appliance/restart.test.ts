import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { boxOperations } from '../../../src/admin/box-operations.js';
import { Restart } from '../../../src/appliance/restart.js';
import type { BoxFact } from '../../../src/store/audit/audit-entry.js';
import { person } from '../admin/box.js';
import { run } from '../admin/settings/settings-box.js';

let running: { all: number; emergency: number };
let facts: BoxFact[];
let withdrawn: number;
let isDiskBroken: boolean;
let held: number;
let now: number;
let due: string | null;
let restart: Restart;
beforeEach(() => {
  vi.useFakeTimers();
  running = { all: 2, emergency: 0 };
  facts = [];
  withdrawn = 0;
  isDiskBroken = false;
  held = 0;
  now = Date.UTC(2026, 10, 29, 20);
  due = null;
  const log = { warn() {}, error() {} } as never;
  restart = new Restart({ calls: () => running, now: () => now, record: async (fact) => void facts.push(fact), log });
  void restart.due.then((restarted) => {
    due = restarted;
  });
});
afterEach(() => {
  restart.stop();
  vi.useRealTimers();
});

const ada = person('ada');
async function withdraw(): Promise<void> {
  if (isDiskBroken) throw new Error('the disk is broken');
  withdrawn += 1;
}
async function holdUpdate(): Promise<void> {
  held += 1;
}
const ask = (name: (typeof boxOperations)[number]['name'], input: object = {}) =>
  run(boxOperations, { restart, uploaded: { withdraw }, holdUpdate }, name, input, ada);
const plain = { at: null, restores: false, updates: false };
const later = () => vi.advanceTimersByTimeAsync(2000);

test('a restart waits until no call runs, and shows that it does', async () => {
  expect(restart.waiting).toBeNull();
  expect(await ask('box restart')).toEqual({ when: 'idle', waitsFor: 2 });
  running = { all: 1, emergency: 0 };
  await later();
  expect([due, restart.waiting]).toEqual([null, { when: 'idle', ...plain, waitsFor: 1 }]);
  running = { all: 0, emergency: 0 };
  await later();
  expect(due).toBe('box');
});

test('one that waits is called off by whom the record names, and comes no more', async () => {
  await ask('box restart');
  expect(await ask('box cancel-restart')).toEqual({ when: 'idle', ...plain });
  running = { all: 0, emergency: 0 };
  await later();
  expect([due, restart.waiting, withdrawn, held]).toEqual([null, null, 0, 0]);
  const by = { by: 'ada', byKind: 'user' };
  expect(facts).toEqual([
    { type: 'restartOrdered', when: 'idle', ...by },
    { type: 'restartCalledOff', restores: false, ...by },
  ]);
  await ask('box restart');
  await later();
  expect(due).toBe('box');
});

test('with one that is called off the restore is withdrawn, even if a mere restart was ordered after it', async () => {
  await restart.order({ when: 'idle', restores: true }, ada);
  running = { all: 3, emergency: 1 };
  expect(await ask('box restart', { when: 'now' })).toEqual({ when: 'now', waitsFor: 1 });
  expect(await ask('box cancel-restart')).toEqual({ when: 'now', ...plain, restores: true });
  expect(withdrawn).toBe(1);
});

test('where the restore cannot be withdrawn, nothing is called off, and it can be tried again', async () => {
  await restart.order({ when: 'idle', restores: true }, ada);
  isDiskBroken = true;
  await expect(ask('box cancel-restart')).rejects.toThrow('broken');
  expect(restart.waiting).toEqual({ when: 'idle', ...plain, restores: true, waitsFor: 2 });
  isDiskBroken = false;
  expect(await ask('box cancel-restart')).toEqual({ when: 'idle', ...plain, restores: true });
  expect(withdrawn).toBe(1);
});

test('one that is called off while the record is still to be written of it does not come', async () => {
  const written: (() => void)[] = [];
  const record = () => new Promise<void>((resolve) => written.push(resolve));
  restart = new Restart({ calls: () => running, now: () => now, record, log: { warn() {}, error() {} } as never });
  const both = [restart.order({ when: 'now' }, ada), restart.callOff(ada)];
  for (const resolve of written) resolve();
  await Promise.all(both);
  expect(vi.getTimerCount()).toBe(0);
});

test('there is none to be called off before one was ordered, nor once it has begun', async () => {
  const none = { problem: { code: 'live.noRestart' }, kind: 'conflict' };
  await expect(ask('box cancel-restart')).rejects.toMatchObject(none);
  running = { all: 0, emergency: 0 };
  await restart.order({ when: 'now', restores: true }, ada);
  await later();
  await expect(ask('box cancel-restart')).rejects.toMatchObject(none);
  expect([due, withdrawn]).toEqual(['box', 0]);
});

test('with an update the machine restarts, even if a mere restart was ordered after it', async () => {
  await restart.order({ when: 'idle', updates: true }, ada);
  await ask('box restart', { when: 'now' });
  await later();
  expect(due).toBe('machine');
});

test('an update whose restart is called off stays, and waits', async () => {
  await restart.order({ when: 'idle', updates: true }, ada);
  expect(await ask('box cancel-restart')).toEqual({ when: 'idle', ...plain, updates: true });
  expect([held, withdrawn]).toEqual([1, 0]);
});

test('one that has a time waits for it, and then for the calls', async () => {
  running = { all: 0, emergency: 0 };
  await restart.order({ when: 'idle', updates: true, at: '2026-11-29T21:00:00.000Z' }, ada);
  await later();
  expect(due).toBeNull();
  now = Date.UTC(2026, 10, 29, 21);
  running = { all: 1, emergency: 0 };
  await later();
  expect(due).toBeNull();
  running = { all: 0, emergency: 0 };
  await later();
  expect(due).toBe('machine');
});
