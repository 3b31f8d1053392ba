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
let isDue: boolean;
let restart: Restart;
beforeEach(() => {
  vi.useFakeTimers();
  running = { all: 2, emergency: 0 };
  facts = [];
  withdrawn = 0;
  isDiskBroken = false;
  isDue = false;
  const log = { warn() {}, error() {} } as never;
  restart = new Restart({ calls: () => running, record: async (fact) => void facts.push(fact), log });
  void restart.due.then(() => {
    isDue = true;
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
const ask = (name: (typeof boxOperations)[number]['name'], input: object = {}) =>
  run(boxOperations, { restart, uploaded: { withdraw } }, name, input, ada);
const later = () => vi.advanceTimersByTimeAsync(2000);

test('a restart waits until no call runs, and shows that it does', async () => {
  expect(restart.waiting).toBeNull();
  expect(await ask('box restart')).toEqual({ when: 'idle', waitsFor: 2 });
  running = { all: 1, emergency: 0 };
  await later();
  expect([isDue, restart.waiting]).toEqual([false, { when: 'idle', restores: false, waitsFor: 1 }]);
  running = { all: 0, emergency: 0 };
  await later();
  expect(isDue).toBe(true);
});

test('one that waits is called off by whom the record names, and comes no more', async () => {
  await ask('box restart');
  expect(await ask('box cancel-restart')).toEqual({ when: 'idle', restores: false });
  running = { all: 0, emergency: 0 };
  await later();
  expect([isDue, restart.waiting, withdrawn]).toEqual([false, null, 0]);
  const by = { by: 'ada', byKind: 'user' };
  expect(facts).toEqual([
    { type: 'restartOrdered', when: 'idle', ...by },
    { type: 'restartCalledOff', restores: false, ...by },
  ]);
  await ask('box restart');
  await later();
  expect(isDue).toBe(true);
});

test('with one that is called off the restore is withdrawn, even if a mere restart was ordered after it', async () => {
  await restart.order({ when: 'idle', restores: true }, ada);
  running = { all: 3, emergency: 1 };
  expect(await ask('box restart', { when: 'now' })).toEqual({ when: 'now', waitsFor: 1 });
  expect(await ask('box cancel-restart')).toEqual({ when: 'now', restores: true });
  expect(withdrawn).toBe(1);
});

test('where the restore cannot be withdrawn, nothing is called off, and it can be tried again', async () => {
  await restart.order({ when: 'idle', restores: true }, ada);
  isDiskBroken = true;
  await expect(ask('box cancel-restart')).rejects.toThrow('broken');
  expect(restart.waiting).toEqual({ when: 'idle', restores: true, waitsFor: 2 });
  isDiskBroken = false;
  expect(await ask('box cancel-restart')).toEqual({ when: 'idle', restores: true });
  expect(withdrawn).toBe(1);
});

test('one that is called off while the record is still to be written of it does not come', async () => {
  const written: (() => void)[] = [];
  const record = () => new Promise<void>((resolve) => written.push(resolve));
  restart = new Restart({ calls: () => running, record, log: { warn() {}, error() {} } as never });
  const both = [restart.order({ when: 'now', restores: false }, ada), restart.callOff(ada)];
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
  expect([isDue, withdrawn]).toEqual([true, 0]);
});
