import { describe, expect, test } from 'vitest';
import { callId } from '../../../src/primitives/ids.js';
import { type CallRecord, noted, type OpenCalls } from '../../../src/switchboard/call-records.js';
import type { CallNote } from '../../../src/switchboard/state.js';
import { anna, ben } from './office.js';

const call = callId(7);
const started: CallNote = { type: 'callStarted', call, from: anna, route: { kind: 'extension', number: ben } };

/** What becomes of the notes, one second apart. */
function recordedOf(...notes: readonly CallNote[]): {
  readonly open: OpenCalls;
  readonly records: readonly CallRecord[];
} {
  let open: OpenCalls = new Map();
  const records: CallRecord[] = [];
  for (const [index, note] of notes.entries()) {
    const outcome = noted(open, note, index * 1000);
    open = outcome.open;
    if (outcome.ended) records.push(outcome.ended);
  }
  return { open, records };
}

describe('a call', () => {
  test('that was answered is recorded at its end, and not before', () => {
    const answered: CallNote = { type: 'callAnswered', call, by: ben, afterMs: 1000 };
    expect(recordedOf(started, answered)).toMatchObject({ open: { size: 1 }, records: [] });
    const { open, records } = recordedOf(started, answered, {
      type: 'callEnded',
      call,
      cause: 'normal',
      talkedMs: 1000,
    });
    expect(open.size).toBe(0);
    expect(records).toEqual([
      {
        call,
        startedAt: 0,
        answeredAt: 1000,
        endedAt: 2000,
        from: anna,
        route: { kind: 'extension', number: ben },
        answeredBy: ben,
        via: [],
        talkedMs: 1000,
        cause: 'normal',
      },
    ]);
  });

  test('that nobody answers has no time of answer', () => {
    const { records } = recordedOf(started, { type: 'callEnded', call, cause: 'noAnswer', talkedMs: 0 });
    expect(records).toMatchObject([{ answeredAt: null, answeredBy: null, cause: 'noAnswer' }]);
  });

  test('keeps who sent it on and where to, in order, and when it was answered first', () => {
    const { records } = recordedOf(
      started,
      { type: 'callForwarded', call, by: ben, to: '103' },
      { type: 'callAnswered', call, by: '103', afterMs: 1 },
      { type: 'callTransferred', call, by: '103', who: anna, to: '104' },
      { type: 'callAnswered', call, by: '104', afterMs: 1 },
      { type: 'callTakenOver', call, from: '104', by: '201' },
      { type: 'callEnded', call, cause: 'normal', talkedMs: 1 },
    );
    expect(records).toMatchObject([
      {
        answeredAt: 2000,
        answeredBy: '104',
        via: [
          { kind: 'forwarded', by: ben, to: '103' },
          { kind: 'transferred', by: '103', to: '104' },
          { kind: 'takenOver', by: '104', to: '201' },
        ],
      },
    ]);
  });

  test('that is sent on without end keeps a bounded number of stations', () => {
    const onward: CallNote = { type: 'callForwarded', call, by: ben, to: '103' };
    const { open } = recordedOf(started, ...Array.from({ length: 1000 }, () => onward));
    expect(open.get(call)?.via).toHaveLength(32);
  });
});

test('notes of no call, or of one that is not known, change nothing', () => {
  const { open, records } = recordedOf(
    { type: 'callRefused', from: anna, dialled: '9', cause: 'notFound' },
    { type: 'callAnswered', call, by: ben, afterMs: 1 },
    { type: 'callEnded', call, cause: 'normal', talkedMs: 1 },
  );
  expect([open.size, records]).toEqual([0, []]);
});
