import type { ExtensionNumber } from '../../primitives/ids.js';
import type { PromptName } from '../../primitives/prompts.js';
import type { Instant } from '../../primitives/time.js';
import { confirmedAloud } from '../announcement.js';
import type { Utterance } from '../audio.js';
import type { HandlingOrder } from '../feature-codes.js';
import type { Party, SwitchboardOutcome, SwitchboardState } from '../state.js';
import type { CallHandling, Forwarding } from './call-handling.js';
import { handlingOf, withHandling } from './call-handling.js';
import { orderedTarget } from './ordered-target.js';

/** What somebody has ordered by a code for their own calls, and hears confirmed. Undefined where that cannot be. */
export function handlingOrdered(
  state: SwitchboardState,
  { leg, line }: Party,
  order: HandlingOrder,
  now: Instant,
): SwitchboardOutcome | undefined {
  if (line.kind !== 'extension') return undefined;
  const extension = line.number;
  const before = handlingOf(state.handlings, extension);
  const after = ordered(state, extension, before, order);
  if (after === undefined) return undefined;
  const items = spoken(after, whatOf(order));
  if (order.kind === 'ask') return { state: confirmedAloud(state, leg, items, null, now), notes: [], signals: [] };
  const changed = handlingSet(state, extension, after, null);
  return { ...changed, state: confirmedAloud(changed.state, leg, items, changed.state.handlings.serial, now) };
}

/** The extension's calls are handled like this from now on. */
export function handlingSet(
  state: SwitchboardState,
  extension: ExtensionNumber,
  handling: CallHandling,
  by: string | null,
): SwitchboardOutcome {
  if (!state.directory.extensions.has(extension)) return { state, notes: [], signals: [] };
  return {
    state: { ...state, handlings: withHandling(state.handlings, extension, handling) },
    notes: [{ type: 'handlingChanged', extension, by, handling }],
    signals: [],
  };
}

function ordered(
  state: SwitchboardState,
  extension: ExtensionNumber,
  before: CallHandling,
  order: HandlingOrder,
): CallHandling | undefined {
  if (order.kind === 'ask') return before;
  if (order.kind === 'doNotDisturb') return { ...before, doNotDisturb: order.isOn };
  const { when, to } = order;
  const isPossible = to === null || !('cause' in orderedTarget(state, extension, when, to));
  return isPossible ? { ...before, [when]: to } : undefined;
}

function whatOf(order: HandlingOrder): keyof CallHandling {
  if (order.kind === 'doNotDisturb') return 'doNotDisturb';
  return order.kind === 'ask' ? order.what : order.when;
}

const prompts: Readonly<Record<Forwarding, { readonly on: PromptName; readonly off: PromptName }>> = {
  always: { on: 'forward-always', off: 'forward-always-off' },
  busy: { on: 'forward-busy', off: 'forward-busy-off' },
  noAnswer: { on: 'forward-no-answer', off: 'forward-no-answer-off' },
};

function spoken(handling: CallHandling, what: keyof CallHandling): readonly Utterance[] {
  if (what === 'doNotDisturb') return [said(handling.doNotDisturb ? 'do-not-disturb-on' : 'do-not-disturb-off')];
  const to = handling[what];
  const { on, off } = prompts[what];
  return to === null ? [said(off)] : [said(on), { kind: 'digits', digits: to }];
}

const said = (name: PromptName): Utterance => ({ kind: 'prompt', name });
