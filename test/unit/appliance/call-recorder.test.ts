import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallRecorder } from '../../../src/appliance/call-recorder.js';
import { type CallId, callId, extensionNumber } from '../../../src/primitives/ids.js';
import type { CallRecord } from '../../../src/switchboard/call-records.js';
import type { CallNote } from '../../../src/switchboard/state.js';

let folder: string;
let time = Date.UTC(2026, 2, 4, 12);
let now = 0;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'modcall-recorder-')), 'calls');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const warn = vi.fn();
const begun = () =>
  new CallRecorder(
    folder,
    {
      get wall() {
        return { time };
      },
      get now() {
        return now;
      },
    } as never,
    { warn } as never,
  );
const [call, other] = [callId(7), callId(8)];
const started = (id = call): CallNote => ({
  type: 'callStarted',
  call: id,
  from: '101',
  route: { kind: 'extension', number: extensionNumber('102') },
});
const answered: CallNote = { type: 'callAnswered', call, by: '102', afterMs: 0 };

/** Calls as the rules have them, by the time since when each is connected. */
const running = (...calls: readonly (readonly [CallId, number | null])[]) =>
  new Map(calls.map(([id, connectedAt]) => [id, { connectedAt }]));
const nobody = running();

async function records({ store }: CallRecorder): Promise<readonly CallRecord[]> {
  const found: CallRecord[] = [];
  for await (const { record } of store.records({ from: 0, to: Date.UTC(2100, 0), number: null })) found.push(record);
  return found;
}

const untilKept = (part: string) =>
  vi.waitFor(async () => expect(await readFile(join(folder, 'open.json'), 'utf8')).toContain(part), 10_000);

test('calls that run when the box stops have talked for as long as the rules say, as when they end otherwise', async () => {
  const stopped = begun();
  for (const note of [started(), answered, started(other)]) stopped.note(note);
  now += 62_000;
  // The other one is in a transfer to a telephone that rings: it was not answered, and its caller is connected all the same.
  await stopped.close(running([call, now - 62_000], [other, now - 2000]));
  expect(await records(stopped)).toMatchObject([
    { call, answeredBy: '102', talkedMs: 62_000 },
    { call: other, answeredBy: null, talkedMs: 2000 },
  ]);
});

test('calls that nobody has seen end have records after the next start, once', async () => {
  const killed = begun();
  killed.note(started());
  killed.note(answered);
  killed.note(started(other));
  await untilKept('"call":8');
  time += 60_000;
  for (let start = 0; start < 2; start += 1) {
    const next = begun();
    await next.recordCut();
    expect(await records(next)).toMatchObject([
      { call, answeredBy: '102', endedAt: time, talkedMs: null, cause: 'boxStopped' },
      { call: other, answeredBy: null, talkedMs: null, cause: 'boxStopped' },
    ]);
    await next.store.close();
  }
});

test('a call that runs when the box stops ends then, after as long as it was however the clock was set, and those that have ended before are not recorded again', async () => {
  const stopped = begun();
  stopped.note(started(other));
  stopped.note(started());
  stopped.note(answered);
  stopped.note({ type: 'callEnded', call: other, cause: 'busy', talkedMs: 0 });
  time -= 3_600_000;
  await stopped.close(running([call, now - 5000]));
  const next = begun();
  await next.recordCut();
  expect(await records(next)).toMatchObject([
    { call: other, cause: 'busy' },
    { call, endedAt: time + 3_600_000, talkedMs: 5000, cause: 'boxStopped' },
  ]);
  await next.close(nobody);
});

test('calls that were cut stay on disk until a slow disk has their records, whoever calls meanwhile', async () => {
  const killed = begun();
  killed.note(started());
  await untilKept('"call":7');
  const next = begun();
  let answer = (): void => {};
  vi.spyOn(next.store, 'append').mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const settled = next.recordCut();
  next.note(started(other));
  await pause(1500);
  await untilKept('"call":7');
  answer();
  await settled;
  await untilKept('"call":8');
  await next.close(nobody);
});

test.each([
  ['on time', 0],
  ['after the clock was set back in the call', 3_600_000],
])(
  'a call whose record was made just before the box was killed, %s, has no other one after the next start',
  async (_, setBackMs) => {
    const killed = begun();
    killed.note(started());
    await untilKept('"call":7');
    time -= setBackMs;
    killed.note({ type: 'callEnded', call, cause: 'busy', talkedMs: 0 });
    await killed.store.close();
    const next = begun();
    await next.recordCut();
    expect(await records(next)).toMatchObject([{ call, cause: 'busy' }]);
    await next.close(nobody);
    await killed.close(nobody);
  },
);

test('calls that were cut, of which a full disk takes no record, have theirs after a later start', async () => {
  const killed = begun();
  killed.note(started());
  await untilKept('"call":7');
  const full = begun();
  vi.spyOn(full.store, 'append').mockRejectedValue(new Error('ENOSPC'));
  await full.recordCut();
  full.note(started(other));
  await untilKept('"call":8');
  await full.close(nobody);
  const next = begun();
  await next.recordCut();
  expect(await records(next)).toMatchObject([
    { call, cause: 'boxStopped' },
    { call: other, cause: 'boxStopped' },
  ]);
  await next.close(nobody);
});

test('a file that cannot be read costs no more than itself, and is told', async () => {
  const first = begun();
  first.note(started());
  await untilKept('"call":7');
  await writeFile(join(folder, 'open.json'), '[{"call":7,');
  const next = begun();
  warn.mockClear();
  await next.recordCut();
  expect(warn.mock.calls).toEqual([
    [expect.anything(), expect.stringMatching(/^calls that were cut may have no records/)],
  ]);
  next.note(started(other));
  await next.close(nobody);
  expect(await records(next)).toMatchObject([{ call: other }]);
});

test('an entry that cannot be read costs no more than itself', async () => {
  const first = begun();
  first.note(started());
  await untilKept('"call":7');
  const [entry] = JSON.parse(await readFile(join(folder, 'open.json'), 'utf8'));
  const entries = [{ ...entry, call: 8, startedAt: 1e300 }, { ...entry, ofALaterVersion: true }, null, entry];
  await writeFile(join(folder, 'open.json'), JSON.stringify(entries));
  const next = begun();
  await next.recordCut();
  await next.close(nobody);
  expect(await records(next)).toMatchObject([{ call }]);
});

test('a folder in the place of the file is moved aside', async () => {
  await mkdir(join(folder, 'open.json', 'something'), { recursive: true });
  const first = begun();
  await first.recordCut();
  first.note(started());
  await untilKept('"call":7');
  await first.close(nobody);
  expect(await readdir(folder)).toContainEqual(expect.stringMatching(/^open\.json\.broken-/));
});
