import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callsOperations } from '../../../../src/admin/live/calls-operations.js';
import { callId, extensionNumber, groupId } from '../../../../src/primitives/ids.js';
import { CallStore } from '../../../../src/store/calls/call-store.js';
import type { CallRecord } from '../../../../src/switchboard/call-records.js';
import { sampleSettings } from '../../store/settings/sample-settings.js';
import { run as runIn } from '../settings/settings-box.js';

const dayMs = 24 * 3_600_000;
/** Before the end of a month: the records are in two files. */
const begin = Date.UTC(2026, 2, 30, 12);
let folder: string;
let callStore: CallStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-records-'));
  callStore = new CallStore(folder);
});
afterEach(async () => {
  await callStore.close();
  await rm(folder, { recursive: true });
});

const run = (name: string, input: object = {}) =>
  runIn(callsOperations, { callStore, settings: { current: { settings: sampleSettings() } } }, name, input);
const recordOf = (call: number, change: Partial<CallRecord> = {}): CallRecord => ({
  call: callId(call),
  startedAt: begin,
  answeredAt: null,
  endedAt: begin + call * dayMs,
  from: String(100 + call),
  route: { kind: 'extension', number: extensionNumber('102') },
  answeredBy: null,
  via: [],
  talkedMs: 0,
  cause: 'noAnswer',
  ...change,
});
async function textOf(pieces: unknown): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces as AsyncIterable<Uint8Array>) parts.push(piece);
  return Buffer.concat(parts).toString();
}

test('a page that does not hold all says where the next one begins, which misses and repeats none', async () => {
  for (let call = 1; call <= 5; call += 1) await callStore.append(recordOf(call));
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { entries, next } = Object(await run('calls records', { limit: 2, ...(after ? { after } : {}) }));
    pages.push(entries.map(({ from }: { from: string }) => from));
    after = next ?? undefined;
    // Calls end meanwhile.
    if (pages.length === 1) await callStore.append(recordOf(6));
  } while (after !== undefined);
  expect(pages).toEqual([
    ['101', '102'],
    ['103', '104'],
    ['105', '106'],
  ]);
});

test('a page leads on among those that were asked for alone', async () => {
  for (let call = 1; call <= 4; call += 1) await callStore.append(recordOf(call, { from: call % 2 ? '201' : '202' }));
  const first = Object(await run('calls records', { number: '201', limit: 1 }));
  expect(first.next).toMatch(/^2026-03:1$/);
  expect(await run('calls records', { number: '201', limit: 1, after: first.next })).toMatchObject({
    entries: [{ from: '201' }],
    next: null,
  });
  await expect(run('calls records', { after: '../../etc:1' })).rejects.toThrow();
});

test('a group that was called is named as people know it', async () => {
  await callStore.append(recordOf(1, { route: { kind: 'group', group: groupId('support') } }));
  await callStore.append(recordOf(2));
  expect(await run('calls records')).toMatchObject({
    entries: [
      { to: 'support', toName: 'Support' },
      { to: '102', toName: '' },
    ],
  });
});

test('the table has every record, and by which way a call went', async () => {
  const via = [
    { kind: 'forwarded', by: '102', to: '103' },
    { kind: 'transferred', by: '103', to: '104' },
  ] as const;
  await callStore.append(recordOf(1, { via, from: '=1+1' }));
  const few = 12_000;
  await Promise.all(Array.from({ length: 1000 }, (_, n) => callStore.append(recordOf(1, { startedAt: begin - n }))));
  for (let n = 1000; n < few; n += 1000)
    await Promise.all(Array.from({ length: 1000 }, () => callStore.append(recordOf(1))));
  const [head, first, ...rest] = (await textOf(await run('calls export'))).trimEnd().split('\r\n');
  expect(head).toBe('started,answered,ended,from,to,answeredBy,via,talkedSeconds,cause');
  expect(first).toContain(`,'=1+1,102,,"forwarded 102 > 103; transferred 103 > 104",0,noAnswer`);
  expect(rest).toHaveLength(few);
  expect(await run('calls records')).toMatchObject({ next: expect.stringMatching(/:1000$/) });
});
