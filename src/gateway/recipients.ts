import { soleAskerOf } from '../monitoring/admission.js';
import { heldStars, keysPassedOn } from '../monitoring/admission-answers.js';
import type { HelpFound } from '../monitoring/help.js';
import type { CallModeratorEvent, MonitoringEvent } from '../monitoring/monitoring-event.js';
import { type LegId, legId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { Origin, Route } from '../switchboard/dial-plan.js';
import { route } from '../switchboard/dial-plan.js';
import { phonesOf } from '../switchboard/reach.js';
import type { SwitchboardEvent } from '../switchboard/switchboard.js';
import { talkingCalls } from '../switchboard/talking-calls.js';
import { helpFor, refusalPrompts } from './help.js';
import type { Clock, MonitorAskedForEvent, OfficeEvent, World } from './world.js';

/** The events that monitoring and the switchboard each get for an event of the world. */
export interface Recipients {
  readonly monitoring: readonly MonitoringEvent[];
  readonly switchboard: readonly SwitchboardEvent[];
}

export function recipients(world: World, event: OfficeEvent, clock: Clock): Recipients {
  switch (event.type) {
    case 'incoming': {
      const { origin, dialled, alsoDialled } = event;
      return ofCall(world, event, route(world.switchboard.directory, origin, dialled, alsoDialled), clock);
    }
    case 'monitorAskedFor':
      return { monitoring: [toCall(world, event)], switchboard: [] };
    case 'settingsChanged':
      return {
        monitoring: [{ type: 'policyChanged', policy: event.policy }],
        switchboard: [{ type: 'directoryChanged', directory: event.directory }],
      };
    case 'protection':
    case 'button':
    case 'buttonLost':
    case 'diskSeen':
    case 'buttonBackup':
      return { monitoring: [], switchboard: [] };
    case 'pinChecked':
    case 'recorded':
    case 'drawn':
    case 'monitorEnded':
    case 'memberLetsIn':
    case 'helpAsked':
    case 'helpWithdrawn':
    case 'accessEnded':
    case 'boxStops':
    case 'closed':
    case 'reopened':
      return { monitoring: [event], switchboard: [] };
    case 'contactBound':
    case 'contactRefreshed':
    case 'contactUnbound':
    case 'contactUnresponsive':
    case 'contactResponsive':
    case 'trunkUp':
    case 'trunkDown':
    case 'transfer':
    case 'transferTo':
    case 'hangUp':
    case 'handlingSet':
    case 'handlingsKept':
    case 'ownRecordRead':
      return { monitoring: [], switchboard: [event] };
    case 'digit':
      return { monitoring: [event], switchboard: ofDigit(world, event, clock.now) };
    default:
      return { monitoring: [event], switchboard: [event] };
  }
}

/** A service number leads to the moderators' dialogue, any other to the switchboard. */
function ofCall(world: World, event: Extract<OfficeEvent, { type: 'incoming' }>, to: Route, clock: Clock): Recipients {
  const { leg, origin: line, caller } = event;
  if (to.kind === 'feature' && to.feature.kind === 'help') return ofHelp(world, event, clock);
  if (to.kind === 'feature' && to.feature.kind === 'letIn') return ofLetIn(world, event);
  if (to.kind !== 'service') return { monitoring: stopsBy(line, to), switchboard: [{ ...event, route: to }] };
  return { monitoring: [{ type: 'serviceDialled', leg, profile: to.profile, line, caller }], switchboard: [] };
}

/** Monitoring knows whether the code is an answer, and the switchboard says so. */
function ofLetIn({ monitoring: { sessions } }: World, event: Extract<OfficeEvent, { type: 'incoming' }>): Recipients {
  const { origin } = event;
  const asker = origin.kind === 'extension' ? soleAskerOf(sessions, origin.number) : undefined;
  const route: Route = { kind: 'feature', feature: { kind: 'letIn', isAsked: asker !== undefined } };
  const answers: readonly MonitoringEvent[] =
    origin.kind === 'extension' && asker
      ? [{ type: 'memberLetsIn', extension: origin.number, session: asker.serial, way: 'code' }]
      : [];
  return { monitoring: answers, switchboard: [{ ...event, route }] };
}

/** Monitoring knows whom it calls, and the switchboard says so. */
function ofHelp(world: World, event: Extract<OfficeEvent, { type: 'incoming' }>, clock: Clock): Recipients {
  const { origin, leg } = event;
  const found: HelpFound =
    origin.kind === 'extension'
      ? helpFor(world, { member: origin.number, mode: 'whisper', isDialled: true, leg: legId(`help-${leg}`) }, clock)
      : { kind: 'none', reason: 'nobody' };
  const refusal = found.kind === 'none' ? refusalPrompts[found.reason] : null;
  const route: Route = { kind: 'feature', feature: { kind: 'help', refusal } };
  const asked: readonly MonitoringEvent[] =
    found.kind === 'none' ? [] : [{ type: 'helpAsked', help: found.help, helpers: found.helpers, by: { way: 'code' } }];
  return { monitoring: asked, switchboard: [{ ...event, route }] };
}

/** A moderator's keys belong to the dialogue alone, and so does an answer to one who asks to be let in. */
function ofDigit(
  { monitoring, switchboard: { calls } }: World,
  event: Extract<OfficeEvent, { type: 'digit' }>,
  now: Instant,
): readonly SwitchboardEvent[] {
  if (monitoring.sessions.has(event.leg)) return [];
  return keysPassedOn(monitoring, talkingCalls(calls), event, now).map((digit) => ({ ...event, digit }));
}

/** A `*` that is no longer held back and has begun no answer reaches the other party after all. */
export function starsGivenBack(before: World, after: World, event: OfficeEvent): readonly SwitchboardEvent[] {
  const still = heldStars(after.monitoring);
  // Where a key has followed, the `*` has gone before it, or was part of an answer.
  const isFollowed = (leg: LegId) => event.type === 'digit' && event.leg === leg;
  return [...heldStars(before.monitoring)]
    .filter((leg) => !still.has(leg) && !isFollowed(leg))
    .map((leg) => ({ type: 'digit', leg, digit: '*' }));
}

/** What ends by the code that is dialled. */
const stopsBy = (line: Origin, to: Route): readonly MonitoringEvent[] =>
  to.kind === 'feature' && to.feature.kind === 'stop' && line.kind === 'extension'
    ? [{ type: 'memberStops', extension: line.number }]
    : [];

/** The telephones of a moderator who asks to be called, and the numbers that these show. */
function toCall({ switchboard }: World, event: MonitorAskedForEvent): CallModeratorEvent {
  const { browser, ...asked } = event;
  const browsers = browser ? [browser] : [];
  const places = event.on === 'browser' ? browsers : phonesOf(switchboard, [event.moderator]);
  const phones = places.map((to, index) => ({ leg: legId(`${event.leg}-${index + 1}`), to }));
  const internal = switchboard.directory.services.filter(({ from }) => from.kind === 'extensions');
  const services = new Map(internal.map(({ profile, number }) => [profile, number]));
  return { ...asked, type: 'callModerator', phones, services };
}
