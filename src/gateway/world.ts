import * as monitoring from '../monitoring/monitoring.js';
import type { LocalTime } from '../monitoring/profile.js';
import type { AuditFact } from '../monitoring/records.js';
import { route } from '../switchboard/dial-plan.js';
import type { LegEvent, LineEvent, MonitoringRequest, TickEvent } from '../switchboard/events.js';
import type { ExtensionNumber, Instant, LegId } from '../switchboard/ids.js';
import type { CallNote, SwitchboardState, TalkingCall } from '../switchboard/state.js';
import * as switchboard from '../switchboard/switchboard.js';
import type { DigitSignal } from '../switchboard/wishes.js';

/** All that the rules know. */
export interface World {
  readonly switchboard: SwitchboardState;
  readonly monitoring: monitoring.MonitoringState;
}

export type WorldEvent =
  | LegEvent
  | LineEvent
  | TickEvent
  | monitoring.ClosureEvent
  | {
      readonly type: 'pinChecked';
      readonly leg: LegId;
      readonly check: number;
      readonly moderator: ExtensionNumber | null;
    };

export interface Clock {
  readonly now: Instant;
  readonly local: LocalTime;
}

export interface WorldStep {
  readonly world: World;
  readonly facts: readonly AuditFact[];
  readonly notes: readonly CallNote[];
  readonly signals: readonly DigitSignal[];
}

/**
 * What an event makes of the world. Monitoring sees it first, while the calls are as they were, and may ask the switchboard
 * for something; then the switchboard; at last the monitors are brought in line with the calls as they are now.
 */
export function transition(world: World, event: WorldEvent, clock: Clock): WorldStep {
  const before = monitoringStep(world, event, clock);
  const between = { ...world, monitoring: before.state };
  const after = switchboardSteps(between, [...before.requests, ...forSwitchboard(world, event)], clock);
  const reviewed = monitoring.review(after.world.monitoring, surroundings(after.world, clock));
  return {
    ...after,
    world: { ...after.world, monitoring: reviewed.state },
    facts: [...before.facts, ...reviewed.facts],
  };
}

/** When time itself is the next event; undefined when nothing is due. */
export function nextDeadline(world: World): Instant | undefined {
  const deadlines = [switchboard.nextDeadline(world.switchboard), monitoring.nextDeadline(world.monitoring)];
  const due = deadlines.filter((instant) => instant !== undefined);
  return due.length === 0 ? undefined : Math.min(...due);
}

/** Calls in which two parties talk, oldest first. */
export function talkingCalls({ switchboard }: World): readonly TalkingCall[] {
  return [...switchboard.calls.values()].flatMap((call) => (call.kind === 'talking' ? [call] : []));
}

function surroundings(world: World, clock: Clock): monitoring.Surroundings {
  return { calls: talkingCalls(world), ...clock };
}

function monitoringStep(world: World, event: WorldEvent, clock: Clock): monitoring.MonitoringStep {
  const translated = forMonitoring(world, event);
  return translated
    ? monitoring.transition(world.monitoring, translated, surroundings(world, clock))
    : { state: world.monitoring, facts: [], requests: [] };
}

function forMonitoring(world: World, event: WorldEvent): monitoring.MonitoringEvent | undefined {
  switch (event.type) {
    case 'incoming': {
      const profile = serviceOf(world, event);
      const { leg, origin, caller } = event;
      return profile && { type: 'serviceDialled', leg, profile, line: origin, caller };
    }
    case 'contactBound':
    case 'contactUnbound':
    case 'trunkUp':
    case 'trunkDown':
      return undefined;
    default:
      return event;
  }
}

function serviceOf(world: World, event: Extract<LegEvent, { type: 'incoming' }>) {
  const target = route(world.switchboard.directory, event.origin, event.dialled);
  return target.kind === 'service' ? target.profile : undefined;
}

function forSwitchboard(world: World, event: WorldEvent): readonly switchboard.SwitchboardEvent[] {
  if (event.type === 'pinChecked' || event.type === 'closed' || event.type === 'reopened') return [];
  if (event.type === 'incoming' && serviceOf(world, event)) return [];
  // A moderator's keys belong to the dialogue alone.
  if (event.type === 'digit' && world.monitoring.sessions.has(event.leg)) return [];
  return [event];
}

function switchboardSteps(
  world: World,
  events: readonly (switchboard.SwitchboardEvent | MonitoringRequest)[],
  { now }: Clock,
): WorldStep {
  let state = world.switchboard;
  const notes: CallNote[] = [];
  const signals: DigitSignal[] = [];
  for (const event of events) {
    const step = switchboard.transition(state, event, now);
    state = step.state;
    notes.push(...step.notes);
    signals.push(...step.signals);
  }
  return { world: { ...world, switchboard: state }, facts: [], notes, signals };
}
