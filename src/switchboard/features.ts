import type { LegId } from '../primitives/ids.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Instant } from '../primitives/time.js';
import { confirmedAloud, refusedAloud } from './announcement.js';
import { answeredBy, retrieved } from './answering.js';
import type { Feature, ParkingPlace } from './feature-codes.js';
import { handlingOrdered } from './handling/handling-codes.js';
import { ownRecordAsked } from './own-record.js';
import { parkedAt } from './parking.js';
import { pickedUp } from './pick-up.js';
import { keptPrivate } from './private-calls.js';
import type { Party, SwitchboardOutcome, SwitchboardState } from './state.js';
import { parkedFromHold } from './transfer.js';

interface FeatureUse {
  readonly feature: Feature;
  readonly dialled: string;
  /** The leg on which the same telephone has a party on hold. */
  readonly holds: LegId | undefined;
}

/** What dialling the code of a feature does; a caller for whom there is nothing to do is told so. */
export function featureUsed(
  state: SwitchboardState,
  caller: Party,
  { feature, dialled, holds }: FeatureUse,
  now: Instant,
): SwitchboardOutcome {
  switch (feature.kind) {
    case 'stop':
      return stopped(state, caller, now);
    case 'letIn':
      return feature.isAsked
        ? confirmed(state, caller.leg, 'moderator-let-in', now)
        : inVain(state, caller, dialled, 'nobody-asks-to-listen', now);
    case 'help':
      return feature.refusal === null
        ? confirmed(state, caller.leg, 'help-called', now)
        : inVain(state, caller, dialled, feature.refusal, now);
    case 'ownRecord':
      return ownRecordAsked(state, caller, now);
    case 'pickUp':
      return (
        pickedUp(state, caller, feature.extension, now) ?? inVain(state, caller, dialled, 'nothing-to-pick-up', now)
      );
    case 'parking':
      return (
        fetched(state, caller, feature.place, now) ??
        heldCallParked(state, caller, { holds, place: feature.place }, now) ??
        inVain(state, caller, dialled, 'nobody-parked', now)
      );
    case 'handling':
      return (
        handlingOrdered(state, caller, feature.order, now) ?? inVain(state, caller, dialled, 'forward-refused', now)
      );
  }
}

/** Whoever waits at the place, or comes back from it, talks to the caller; undefined where nobody does. */
function fetched(
  state: SwitchboardState,
  caller: Party,
  place: ParkingPlace,
  now: Instant,
): SwitchboardOutcome | undefined {
  const call = parkedAt(state, place);
  if (!call) return undefined;
  return call.kind === 'parked' ? retrieved(state, call, caller, now) : answeredBy(state, call, caller, now);
}

/** The party on hold at the same telephone waits at the place, and the caller is told which; undefined where none can. */
function heldCallParked(
  state: SwitchboardState,
  { leg }: Party,
  { holds, place }: { readonly holds: LegId | undefined; readonly place: ParkingPlace },
  now: Instant,
): SwitchboardOutcome | undefined {
  const outcome = holds === undefined ? undefined : parkedFromHold(state, holds, place, now);
  if (!outcome) return undefined;
  const items = [
    { kind: 'prompt', name: 'call-parked' },
    { kind: 'digits', digits: String(place) },
  ] as const;
  return { ...outcome, state: confirmedAloud(outcome.state, leg, items, null, now) };
}

/** Monitoring has ended by now what listened; nobody is told whether anything did. */
function stopped(state: SwitchboardState, { leg, line }: Party, now: Instant): SwitchboardOutcome {
  const left = line.kind === 'extension' ? keptPrivate(state, line.number) : state;
  const prompt = state.directory.privateCalls === true ? 'calls-private' : 'listening-stopped';
  return confirmed(left, leg, prompt, now);
}

const confirmed = (state: SwitchboardState, leg: LegId, prompt: PromptName, now: Instant): SwitchboardOutcome => ({
  state: confirmedAloud(state, leg, [{ kind: 'prompt', name: prompt }], null, now),
  notes: [],
  signals: [],
});

const inVain = (
  state: SwitchboardState,
  caller: Party,
  dialled: string,
  prompt: PromptName,
  now: Instant,
): SwitchboardOutcome => ({
  state: refusedAloud(state, caller.leg, { prompt, cause: 'unavailable' }, now),
  notes: [{ type: 'callRefused', from: caller.number, dialled, cause: 'unavailable' }],
  signals: [],
});
