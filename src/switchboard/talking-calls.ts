import type { CallId, LegId } from '../primitives/ids.js';
import { remembered } from '../primitives/remembered.js';
import type { Call, Party, TalkingCall } from './state.js';
import { parties } from './state.js';

/** The calls in which two parties talk. */
export interface TalkingCalls {
  /** Oldest first. */
  readonly all: readonly TalkingCall[];
  /** Each call by the legs of both its parties. */
  readonly byLeg: ReadonlyMap<LegId, TalkingCall>;
}

/** Remembered, because every event needs them several times and few events change them. */
export const talkingCalls = remembered((calls: ReadonlyMap<CallId, Call>): TalkingCalls => {
  const all = [...calls.values()].filter((call) => call.kind === 'talking');
  const byLeg = new Map<LegId, TalkingCall>();
  for (const call of all) for (const { leg } of parties(call)) byLeg.set(leg, call);
  return { all, byLeg };
});

/** Who talks on this leg. */
export function partyOn({ byLeg }: TalkingCalls, leg: LegId): Party | undefined {
  const call = byLeg.get(leg);
  return call && parties(call).find((party) => party.leg === leg);
}
