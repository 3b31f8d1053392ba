import type { CallId } from '../primitives/ids.js';
import type { UnixTime } from '../primitives/time.js';
import type { CallRoute } from './dial-plan.js';
import type { ReleaseCause } from './release-cause.js';
import type { CallNote } from './state.js';

/** One call as an office accounts for it: who called whom, when, for how long, and how it ended. */
export interface CallRecord {
  readonly call: CallId;
  readonly startedAt: UnixTime;
  /** Null where nobody answered. */
  readonly answeredAt: UnixTime | null;
  readonly endedAt: UnixTime;
  /** Number of the caller; empty when withheld. */
  readonly from: string;
  readonly route: CallRoute;
  /** Who answered last, after transfers too; null where nobody did. */
  readonly answeredBy: string | null;
  /** Who sent the call on, or the caller to somebody else, and where to, in order. */
  readonly via: readonly {
    readonly kind: 'forwarded' | 'transferred' | 'takenOver';
    readonly by: string;
    readonly to: string;
  }[];
  /** Null where nobody knows: the box was killed, or lost its power, in the middle of the call. */
  readonly talkedMs: number | null;
  /** Why it ended: `normal` also for one that the caller gave up. */
  readonly cause: ReleaseCause | 'boxStopped';
}

/** A call that has not ended. */
export type OpenCall = Omit<CallRecord, 'endedAt' | 'talkedMs' | 'cause'>;

export type OpenCalls = ReadonlyMap<CallId, OpenCall>;

/** A call that is sent on again and again keeps only its first stations. */
const mostStations = 32;

/** What a note of the switchboard makes of the calls that run, and the record of the one that it ends. */
export function noted(
  open: OpenCalls,
  note: CallNote,
  now: UnixTime,
): { readonly open: OpenCalls; readonly ended: CallRecord | null } {
  if (note.type === 'callStarted') {
    const { call, from, route } = note;
    const begun: OpenCall = { call, startedAt: now, answeredAt: null, from, route, answeredBy: null, via: [] };
    return { open: new Map(open).set(call, begun), ended: null };
  }
  const found = 'call' in note ? open.get(note.call) : undefined;
  if (!found) return { open, ended: null };
  if (note.type === 'callEnded') {
    const rest = new Map([...open].filter(([call]) => call !== note.call));
    return { open: rest, ended: { ...found, endedAt: now, talkedMs: note.talkedMs, cause: note.cause } };
  }
  const changed = progressed(found, note, now);
  return { open: changed === found ? open : new Map(open).set(found.call, changed), ended: null };
}

/** The record of a call that the box has cut by ending itself. A box without a clock of its own may know only earlier times at its next start. */
export const cutShort = (call: OpenCall, now: UnixTime, talkedMs: number | null): CallRecord => ({
  ...call,
  endedAt: Math.max(now, call.answeredAt ?? call.startedAt),
  talkedMs,
  cause: 'boxStopped',
});

function progressed(call: OpenCall, note: CallNote, now: UnixTime): OpenCall {
  switch (note.type) {
    case 'callAnswered':
      return { ...call, answeredAt: call.answeredAt ?? now, answeredBy: note.by };
    case 'callForwarded':
      return onward(call, { kind: 'forwarded', by: note.by, to: note.to });
    case 'callTransferred':
      return onward(call, { kind: 'transferred', by: note.by, to: note.to });
    case 'callTakenOver':
      return onward(call, { kind: 'takenOver', by: note.from, to: note.by });
    default:
      return call;
  }
}

const onward = (call: OpenCall, station: CallRecord['via'][number]): OpenCall =>
  call.via.length < mostStations ? { ...call, via: [...call.via, station] } : call;
