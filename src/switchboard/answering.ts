import type { Instant } from '../primitives/time.js';
import { releasing, withCall } from './calls.js';
import { callerAnswered } from './private-calls.js';
import type {
  CallNote,
  ParkedCall,
  Party,
  RingingCall,
  SwitchboardOutcome,
  SwitchboardState,
  TalkingCall,
} from './state.js';
import { completed } from './transfer.js';

/** Somebody answers a ringing call, on a telephone that rings or by picking it up: the other telephones stop, and a transferor leaves. */
export function answeredBy(
  state: SwitchboardState,
  call: RingingCall,
  callee: Party,
  now: Instant,
): SwitchboardOutcome {
  const losers = call.branches.map(({ leg }) => leg).filter((leg) => leg !== callee.leg);
  const talking = withCall(state, talkingTo(call, callee, now));
  const done = completed(releasing(talking, losers, 'answeredElsewhere'), call);
  return { ...done, notes: [answeredNote(call, callee, now)] };
}

/** Whoever dials the place talks to the one who waits there. */
export const retrieved = (
  state: SwitchboardState,
  call: ParkedCall,
  party: Party,
  now: Instant,
): SwitchboardOutcome => ({
  state: withCall(state, talkingTo(call, party, now)),
  notes: [answeredNote(call, party, now)],
  signals: [],
});

/** The call from now on, with this party at its other end. */
function talkingTo(call: RingingCall | ParkedCall, callee: Party, now: Instant): TalkingCall {
  const { id, route, startedAt, connectedAt } = call;
  const talking = { kind: 'talking', caller: callerAnswered(call), callee, answeredAt: now } as const;
  return { ...talking, id, route, startedAt, connectedAt: connectedAt ?? now };
}

const answeredNote = (call: RingingCall | ParkedCall, { number: by }: Party, now: Instant): CallNote => ({
  type: 'callAnswered',
  call: call.id,
  by,
  afterMs: Math.round(now - call.startedAt),
});
