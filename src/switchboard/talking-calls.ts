import type { CallId, LegId } from '../primitives/ids.js';
import type { Call, TalkingCall } from './state.js';
import { parties } from './state.js';

/** The calls in which two parties talk. */
export interface TalkingCalls {
  /** Oldest first. */
  readonly all: readonly TalkingCall[];
  /** Each call by the legs of both its parties. */
  readonly byLeg: ReadonlyMap<LegId, TalkingCall>;
}

/** Cached, because every event needs them several times and few events change them. */
const known = new WeakMap<ReadonlyMap<CallId, Call>, TalkingCalls>();

export function talkingCalls(calls: ReadonlyMap<CallId, Call>): TalkingCalls {
  const before = known.get(calls);
  if (before) return before;
  const all = [...calls.values()].filter((call) => call.kind === 'talking');
  const found = {
    all,
    byLeg: new Map(all.flatMap((call) => parties(call).map(({ leg }) => [leg, call] as const))),
  };
  known.set(calls, found);
  return found;
}
