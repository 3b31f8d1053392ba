import { type HelpFound, type HelpRefusal, helpersFor, type PossibleHelper, type Wish } from '../monitoring/help.js';
import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import { legId } from '../primitives/ids.js';
import type { PromptName } from '../primitives/prompts.js';
import { handlingOf, wantsGroupCalls } from '../switchboard/handling/call-handling.js';
import { phonesOf } from '../switchboard/reach.js';
import type { SwitchboardState } from '../switchboard/state.js';
import { monitoringContext } from './monitoring-context.js';
import type { Clock, World } from './world.js';

/** A member asks for help. */
export interface HelpAsking extends Wish {
  /** A new name, after which those of the telephones that ring are made. */
  readonly leg: LegId;
}

/** Whom a member gets called who asks for help now, or why nobody. */
export function helpFor(world: World, { leg, ...wish }: HelpAsking, clock: Clock): HelpFound {
  const { monitoring, switchboard } = world;
  const { profiles, groups } = monitoring.policy;
  const moderators = new Set([...profiles.values()].flatMap((profile) => groups.get(profile.moderators) ?? []));
  const possible = new Map([...moderators].map((moderator) => [moderator, helperAt(switchboard, moderator, leg)]));
  return helpersFor(monitoring, wish, possible, monitoringContext(world, clock));
}

/** As with the number of a group, whoever wants no calls, or sends all of them on, is not rung. */
function helperAt(switchboard: SwitchboardState, moderator: ExtensionNumber, leg: LegId): PossibleHelper {
  const own = legId(`${leg}-${moderator}`);
  const isRung = wantsGroupCalls(handlingOf(switchboard.handlings, moderator));
  const phones = isRung ? phonesOf(switchboard, [moderator]) : [];
  return { leg: own, phones: phones.map((to, index) => ({ leg: legId(`${own}-${index + 1}`), to })) };
}

/** What whoever has dialled the code is told. */
export const refusalPrompts: Readonly<Record<HelpRefusal, PromptName | null>> = {
  // They are being called, or one helps.
  alreadyAsked: null,
  noCall: 'no-live-call',
  excluded: 'excluded',
  privateCall: 'excluded',
  colleague: 'nobody-can-help',
  closed: 'not-available',
  modeNotAllowed: 'nobody-can-help',
  nobody: 'nobody-can-help',
};
