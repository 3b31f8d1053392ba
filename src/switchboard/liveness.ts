import type { LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { MediaEvent, PresenceEvent } from './events.js';

/**
 * Whether those who say nothing are still there. A phone that loses its power or its network does not hang up; one that holds, or whose
 * owner has muted it, may be as silent. So who falls silent is asked by the signalling, and only who does not answer that is gone.
 */
export interface Liveness {
  /** Legs from which nothing comes. */
  readonly silent: ReadonlyMap<LegId, Silence>;
  readonly nextProbe: number;
}

export type Silence =
  | { readonly kind: 'asked'; readonly probe: number; readonly until: Instant }
  /** Has answered, or cannot be asked yet; asked (again) after this moment. */
  | { readonly kind: 'there'; readonly until: Instant }
  /** The leg is to end. */
  | { readonly kind: 'gone' };

/** In milliseconds. With the time after which the engine reports silence, a phone that died is noticed within half a minute. */
export const livenessTimes = {
  /** A lost message is sent again four times meanwhile (RFC 3261, 17.1.2.2). */
  patience: 8_000,
  again: 20_000,
} as const;

/** A question to the far end of a leg. */
export interface Probe {
  readonly leg: LegId;
  readonly probe: number;
}

/** Who may be asked at all: parties of answered calls, whose end nobody forbids. */
export type CanEnd = (leg: LegId) => boolean;

export const everybodyThere: Liveness = { silent: new Map(), nextProbe: 1 };

export function transition(state: Liveness, event: MediaEvent | PresenceEvent, canEnd: CanEnd, now: Instant): Liveness {
  const { leg } = event;
  const known = state.silent.get(leg);
  if (known?.kind === 'gone') return state;
  if (event.type !== 'probed') {
    // Who still reports is there, whatever keeps them silent.
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
  const deadlines = [...silent.values()].flatMap((silence) => (silence.kind === 'gone' ? [] : [silence.until]));
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

export function desiredProbes({ silent }: Liveness): readonly Probe[] {
  return [...silent].flatMap(([leg, silence]) => (silence.kind === 'asked' ? [{ leg, probe: silence.probe }] : []));
}

/** Legs whose far end is gone: they are to end. */
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
