import type { LegId } from '../primitives/ids.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Instant } from '../primitives/time.js';
import { confirmedAloud, refusedAloud } from './announcement.js';
import { answeredBy, retrieved } from './answering.js';
import type { Feature } from './feature-codes.js';
import { handlingOrdered } from './handling/handling-codes.js';
import { parkedAt } from './parking.js';
import { pickedUp } from './pick-up.js';
import { keptPrivate } from './private-calls.js';
import type { Party, SwitchboardOutcome, SwitchboardState } from './state.js';

/** What dialling the code of a feature does; a caller for whom there is nothing to do is told so. */
export function featureUsed(
  state: SwitchboardState,
  caller: Party,
  { feature, dialled }: { readonly feature: Feature; readonly dialled: string },
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
    case 'pickUp':
      return (
        pickedUp(state, caller, feature.extension, now) ?? inVain(state, caller, dialled, 'nothing-to-pick-up', now)
      );
    case 'parking': {
      const call = parkedAt(state, feature.place);
      if (!call) return inVain(state, caller, dialled, 'nobody-parked', now);
      return call.kind === 'parked' ? retrieved(state, call, caller, now) : answeredBy(state, call, caller, now);
    }
    case 'handling':
      return (
        handlingOrdered(state, caller, feature.order, now) ?? inVain(state, caller, dialled, 'forward-refused', now)
      );
  }
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
