import type { LegId } from '../primitives/ids.js';
import { earliest, type Instant } from '../primitives/time.js';
import type { MediaEvent, PresenceEvent } from './events.js';

/**
 * Whether silent parties are still there. A phone that loses its power or its network does not hang up, while one that holds or is
 * muted may be just as silent. So a silent phone is probed by signalling, and counts as gone only if it does not answer.
 */
export interface Liveness {
  /** Legs from which no audio arrives. */
  readonly silent: ReadonlyMap<LegId, Silence>;
  readonly nextProbe: number;
}

export type Silence =
  | { readonly kind: 'asked'; readonly probe: number; readonly until: Instant }
  /** Has answered a probe, or may not be probed yet; probed (again) after this moment. */
  | { readonly kind: 'there'; readonly until: Instant }
  /** The leg is to end. */
  | { readonly kind: 'gone' };

/** In milliseconds. Together with the engine's own delay, a dead phone is noticed within half a minute. */
export const livenessTimes = {
  /** Long enough to resend a lost message four times (RFC 3261, 17.1.2.2). */
  patience: 8_000,
  again: 20_000,
} as const;

/** A probe of the far end of a leg. */
export interface Probe {
  readonly leg: LegId;
  readonly probe: number;
}

/** Whether a leg may be probed and ended: it belongs to an answered call that silence may end. */
export type CanEnd = (leg: LegId) => boolean;

export const everybodyThere: Liveness = { silent: new Map(), nextProbe: 1 };

export function transition(state: Liveness, event: MediaEvent | PresenceEvent, canEnd: CanEnd, now: Instant): Liveness {
  const { leg } = event;
  const known = state.silent.get(leg);
  if (known?.kind === 'gone') return state;
  if (event.type !== 'probed') {
    // A party that still sends reports is there, whatever keeps it silent.
    const isSilent = event.type === 'mediaSilent' && event.reports !== 'heard';
    if (!isSilent) return forgotten(state, leg);
    return known ? state : asked(state, leg, canEnd, now);
  }
  if (known?.kind !== 'asked' || known.probe !== event.probe) return state;
  return event.isThere ? withSilence(state, leg, later(now)) : lost(state, leg, canEnd, now);
}

/** Deadlines may have passed. */
export function timePassed(state: Liveness, canEnd: CanEnd, now: Instant): Liveness {
  return [...state.silent].reduce((before, [leg, silence]) => {
    if (silence.kind === 'gone' || silence.until > now) return before;
    return silence.kind === 'asked' ? lost(before, leg, canEnd, now) : asked(before, leg, canEnd, now);
  }, state);
}

/** The leg has ended. */
export function forgotten(state: Liveness, leg: LegId): Liveness {
  if (!state.silent.has(leg)) return state;
  return { ...state, silent: new Map([...state.silent].filter(([other]) => other !== leg)) };
}

export function nextDeadline({ silent }: Liveness): Instant | undefined {
  return earliest([...silent.values()].map((silence) => (silence.kind === 'gone' ? null : silence.until)));
}

export function desiredProbes({ silent }: Liveness): readonly Probe[] {
  return [...silent].flatMap(([leg, silence]) => (silence.kind === 'asked' ? [{ leg, probe: silence.probe }] : []));
}

/** Legs to end because their far end is gone. */
export function lostLegs({ silent }: Liveness): readonly LegId[] {
  return [...silent].flatMap(([leg, { kind }]) => (kind === 'gone' ? [leg] : []));
}

export const isLost = ({ silent }: Liveness, leg: LegId): boolean => silent.get(leg)?.kind === 'gone';

function asked(state: Liveness, leg: LegId, canEnd: CanEnd, now: Instant): Liveness {
  if (!canEnd(leg)) return withSilence(state, leg, later(now));
  const question: Silence = { kind: 'asked', probe: state.nextProbe, until: now + livenessTimes.patience };
  return { ...withSilence(state, leg, question), nextProbe: state.nextProbe + 1 };
}

function lost(state: Liveness, leg: LegId, canEnd: CanEnd, now: Instant): Liveness {
  return withSilence(state, leg, canEnd(leg) ? { kind: 'gone' } : later(now));
}

const later = (now: Instant): Silence => ({ kind: 'there', until: now + livenessTimes.again });

const withSilence = (state: Liveness, leg: LegId, silence: Silence): Liveness => ({
  ...state,
  silent: new Map(state.silent).set(leg, silence),
});
