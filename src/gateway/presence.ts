import type { LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { callOn } from '../switchboard/calls.js';
import type { MediaEvent, PresenceEvent } from '../switchboard/events.js';
import type { CanEnd, Liveness } from '../switchboard/liveness.js';
import * as liveness from '../switchboard/liveness.js';
import { partyOn } from '../switchboard/state.js';
import { talkingCalls } from '../switchboard/talking-calls.js';
import type { Effect } from './effect.js';
import { legsInTransfer } from './legs-in-transfer.js';
import type { World, WorldEvent } from './world.js';

interface Watched {
  readonly world: World;
  readonly effects: readonly Effect[];
}

/** Handles the silence of a leg, or the result of a probe. */
export function heardFrom(world: World, event: MediaEvent | PresenceEvent, now: Instant): Watched {
  return withLiveness(world, liveness.transition(world.liveness, event, canEnd(world), now));
}

/** Probes may have gone unanswered for too long. */
export function timePassed(world: World, now: Instant): Watched {
  return withLiveness(world, liveness.timePassed(world.liveness, canEnd(world), now));
}

/** Drivers report only that a leg has ended; that its far end was gone is known only here. */
export function asKnown<Event extends WorldEvent>(world: World, event: Event): Event {
  return event.type === 'released' && liveness.isLost(world.liveness, event.leg)
    ? { ...event, cause: 'peerSilent' }
    : event;
}

/** The leg has ended, so its silence no longer matters. */
export function forgotten(world: World, leg: LegId): World {
  return { ...world, liveness: liveness.forgotten(world.liveness, leg) };
}

/** Whether silence may end a leg: one in a conversation or a moderator's dialogue. Only its parties end an emergency call. */
function canEnd(world: World): CanEnd {
  const calls = talkingCalls(world.switchboard.calls);
  const inTransfer = legsInTransfer(world.switchboard);
  return (leg) => {
    if (callOn(world.switchboard, leg)?.route.kind === 'emergency') return false;
    return world.monitoring.sessions.has(leg) || calls.byLeg.has(leg) || inTransfer.has(leg);
  };
}

/** The world with new findings on who is still there, and a note for each leg that is now known to be gone. */
function withLiveness(world: World, after: Liveness): Watched {
  const lost = liveness.lostLegs(after).filter((leg) => !liveness.isLost(world.liveness, leg));
  const effects = lost.map(
    (leg) => ({ kind: 'note', note: { type: 'peerSilent', leg, number: numberOn(world, leg) } }) as const,
  );
  return { world: { ...world, liveness: after }, effects };
}

function numberOn({ switchboard, monitoring }: World, leg: LegId): string {
  const call = talkingCalls(switchboard.calls).byLeg.get(leg);
  return (call && partyOn(call, leg)?.number) ?? monitoring.sessions.get(leg)?.caller ?? '';
}
