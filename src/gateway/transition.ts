import * as frontPanel from '../indication/front-panel.js';
import * as monitoring from '../monitoring/monitoring.js';
import type { AuditFact } from '../monitoring/records.js';
import type { LegId, ProfileId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { callOn } from '../switchboard/calls.js';
import { route } from '../switchboard/dial-plan.js';
import type { LegEvent, MonitoringRequest } from '../switchboard/events.js';
import type { Signal } from '../switchboard/leg-commands.js';
import type { Liveness } from '../switchboard/liveness.js';
import * as liveness from '../switchboard/liveness.js';
import type { CallNote } from '../switchboard/state.js';
import { partyOn, transferor } from '../switchboard/state.js';
import * as switchboard from '../switchboard/switchboard.js';
import { talkingCalls } from '../switchboard/talking-calls.js';
import type { Clock, OfficeEvent, World, WorldEvent, WorldStep } from './world.js';

/** What an event makes of the world. */
export function transition(world: World, event: WorldEvent, clock: Clock): WorldStep {
  if (event.type === 'mediaSilent' || event.type === 'mediaHeard' || event.type === 'probed')
    return withLiveness(world, liveness.transition(world.liveness, event, canEnd(world), clock.now));
  const watched = event.type === 'tick' ? withLiveness(world, timePassed(world, clock.now)) : only(world);
  const step = officeStep(watched.world, asKnown(world, event), clock);
  const present = event.type === 'released' ? liveness.forgotten(step.world.liveness, event.leg) : step.world.liveness;
  return {
    ...step,
    world: { ...step.world, liveness: present },
    notes: [...watched.notes, ...step.notes],
  };
}

const timePassed = (world: World, now: Instant): Liveness => liveness.timePassed(world.liveness, canEnd(world), now);

/** Who is in a conversation, or in the moderators' dialogue. An emergency call is ended by those who are in it, and by nobody else. */
function canEnd(world: World): liveness.CanEnd {
  const calls = talkingCalls(world.switchboard.calls);
  const inTransfer = legsInTransfer(world);
  return (leg) => {
    if (callOn(world.switchboard, leg)?.route.kind === 'emergency') return false;
    return world.monitoring.sessions.has(leg) || calls.byLeg.has(leg) || inTransfer.has(leg);
  };
}

/** The world in which some are found to be gone. */
function withLiveness(world: World, after: Liveness): WorldStep {
  const lost = liveness.lostLegs(after).filter((leg) => !liveness.isLost(world.liveness, leg));
  const notes = lost.map((leg): CallNote => ({ type: 'peerSilent', leg, number: numberOn(world, leg) }));
  return { ...only({ ...world, liveness: after }), notes };
}

function numberOn({ switchboard, monitoring }: World, leg: LegId): string {
  const call = talkingCalls(switchboard.calls).byLeg.get(leg);
  return (call && partyOn(call, leg)?.number) ?? monitoring.sessions.get(leg)?.caller ?? '';
}

/** Drivers report that a leg has ended; that nobody was there any more is known here alone. */
function asKnown<Event extends WorldEvent>(world: World, event: Event): Event {
  return event.type === 'released' && liveness.isLost(world.liveness, event.leg)
    ? { ...event, cause: 'peerSilent' }
    : event;
}

/** Nothing follows but the world itself. */
function only(world: World): WorldStep {
  return { world, facts: [], notes: [], signals: [], action: null };
}

/**
 * What an event makes of calls and monitors. The front panel comes first: what it closes is closed before anything else. Then
 * monitoring, while the calls are as they were; it may ask the switchboard for something. Then the switchboard; at last the
 * monitors are brought in line with the calls as they are now.
 */
function officeStep(world: World, event: OfficeEvent, clock: Clock): WorldStep {
  const panel = frontPanelStep(world, event, clock);
  const service = event.type === 'incoming' ? serviceOf(world, event) : undefined;
  const before = monitoringSteps(
    { ...world, frontPanel: panel.state },
    [...panel.closures, ...forMonitoring(event, service)],
    clock,
  );
  const after = switchboardSteps(before.world, [...before.requests, ...forSwitchboard(world, event, service)], clock);
  const reviewed = monitoring.review(after.world.monitoring, monitoringContext(after.world, clock));
  return {
    ...after,
    world: { ...after.world, monitoring: reviewed.state },
    facts: [...before.facts, ...reviewed.facts],
    action: panel.action,
  };
}

/** When time itself is the next event; undefined when nothing is due. */
export function nextDeadline(world: World, { now, nextMinute }: Clock): Instant | undefined {
  const deadlines = [
    switchboard.nextDeadline(world.switchboard),
    monitoring.nextDeadline(world.monitoring, talkingCalls(world.switchboard.calls), nextMinute),
    frontPanel.nextDeadline(world.frontPanel, now),
    liveness.nextDeadline(world.liveness),
  ];
  const due = deadlines.filter((instant) => instant !== undefined);
  return due.length === 0 ? undefined : Math.min(...due);
}

/** The legs of parties whose conversation a transfer has interrupted: the transferee and the transferor, until the target answers. */
function legsInTransfer({ switchboard }: World): ReadonlySet<LegId> {
  const waiting = [...switchboard.calls.values()].flatMap((call) =>
    call.kind === 'ringing' && call.transfer !== null ? [call.caller, transferor(call) ?? []].flat() : [],
  );
  return new Set(waiting.map(({ leg }) => leg));
}

function monitoringContext(world: World, clock: Clock): monitoring.MonitoringContext {
  return { calls: talkingCalls(world.switchboard.calls), inTransfer: legsInTransfer(world), ...clock };
}

function frontPanelStep(world: World, event: OfficeEvent, { now }: Clock): frontPanel.FrontPanelOutcome {
  return event.type === 'button' || event.type === 'buttonLost' || event.type === 'tick'
    ? frontPanel.transition(world.frontPanel, event, now)
    : { state: world.frontPanel, action: null, closures: [] };
}

interface MonitoringSteps {
  readonly world: World;
  readonly facts: readonly AuditFact[];
  readonly requests: readonly MonitoringRequest[];
}

function monitoringSteps(world: World, events: readonly monitoring.MonitoringEvent[], clock: Clock): MonitoringSteps {
  let state = world.monitoring;
  const facts: AuditFact[] = [];
  const requests: MonitoringRequest[] = [];
  for (const event of events) {
    const step = monitoring.transition(state, event, monitoringContext(world, clock));
    state = step.state;
    for (const fact of step.facts) facts.push(fact);
    for (const request of step.requests) requests.push(request);
  }
  return { world: { ...world, monitoring: state }, facts, requests };
}

function forMonitoring(event: OfficeEvent, service: ProfileId | undefined): readonly monitoring.MonitoringEvent[] {
  switch (event.type) {
    case 'incoming': {
      const { leg, origin, caller } = event;
      return service ? [{ type: 'serviceDialled', leg, profile: service, line: origin, caller }] : [];
    }
    case 'contactBound':
    case 'contactUnbound':
    case 'contactSilent':
    case 'contactHeard':
    case 'trunkUp':
    case 'trunkDown':
    case 'transfer':
    case 'transferTo':
    case 'button':
    case 'buttonLost':
      return [];
    default:
      return [event];
  }
}

/** The profile whose service number was dialled; undefined for any other number. */
function serviceOf(world: World, event: Extract<LegEvent, { type: 'incoming' }>): ProfileId | undefined {
  const target = route(world.switchboard.directory, event.origin, event.dialled, event.alsoDialled);
  return target.kind === 'service' ? target.profile : undefined;
}

function forSwitchboard(
  world: World,
  event: OfficeEvent,
  service: ProfileId | undefined,
): readonly switchboard.SwitchboardEvent[] {
  switch (event.type) {
    case 'pinChecked':
    case 'recorded':
    case 'boxStops':
    case 'closed':
    case 'reopened':
    case 'button':
    case 'buttonLost':
      return [];
    case 'incoming':
      return service ? [] : [event];
    case 'digit':
      // A moderator's keys belong to the dialogue alone.
      return world.monitoring.sessions.has(event.leg) ? [] : [event];
    default:
      return [event];
  }
}

function switchboardSteps(
  world: World,
  events: readonly (switchboard.SwitchboardEvent | MonitoringRequest)[],
  { now }: Clock,
): WorldStep {
  let state = world.switchboard;
  const notes: CallNote[] = [];
  const signals: Signal[] = [];
  for (const event of events) {
    const step = switchboard.transition(state, event, now);
    state = step.state;
    for (const note of step.notes) notes.push(note);
    for (const signal of step.signals) signals.push(signal);
  }
  return { ...only({ ...world, switchboard: state }), notes, signals };
}
