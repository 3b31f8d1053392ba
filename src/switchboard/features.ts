import type { PromptName } from '../primitives/prompts.js';
import type { Instant } from '../primitives/time.js';
import { announced } from './announcement.js';
import { retrieved } from './answering.js';
import type { Feature } from './feature-codes.js';
import { parkedAt } from './parking.js';
import { pickedUp } from './pick-up.js';
import type { Party, SwitchboardOutcome, SwitchboardState } from './state.js';

/** What dialling the code of a feature does; a caller for whom there is nothing to do is told so. */
export function featureUsed(
  state: SwitchboardState,
  caller: Party,
  { feature, dialled }: { readonly feature: Feature; readonly dialled: string },
  now: Instant,
): SwitchboardOutcome {
  return used(state, caller, feature, now) ?? inVain(state, caller, dialled, emptyHanded[feature.kind], now);
}

function used(state: SwitchboardState, caller: Party, feature: Feature, now: Instant): SwitchboardOutcome | undefined {
  if (feature.kind === 'pickUp') return pickedUp(state, caller, feature.extension, now);
  const call = parkedAt(state, feature.place);
  return call && retrieved(state, call, caller, now);
}

const emptyHanded: Readonly<Record<Feature['kind'], PromptName>> = {
  pickUp: 'nothing-to-pick-up',
  parking: 'nobody-parked',
};

const inVain = (
  state: SwitchboardState,
  caller: Party,
  dialled: string,
  prompt: PromptName,
  now: Instant,
): SwitchboardOutcome => ({
  state: announced(state, caller.leg, { prompt, cause: 'unavailable' }, now),
  notes: [{ type: 'callRefused', from: caller.number, dialled, cause: 'unavailable' }],
  signals: [],
});
