import * as frontPanel from '../indication/front-panel.js';
import { closureChange } from '../licensing/licence-closure.js';
import { nextDeadline as nextMonitoringDeadline } from '../monitoring/deadlines.js';
import * as monitoring from '../monitoring/monitoring.js';
import type { ClosureEvent, MonitoringEvent } from '../monitoring/monitoring-event.js';
import type { AuditFact } from '../monitoring/records.js';
import { licenceClosureIn } from '../monitoring/records.js';
import { review } from '../monitoring/review-all.js';
import type { LegId } from '../primitives/ids.js';
import { earliest, type Instant } from '../primitives/time.js';
import type { MonitoringRequest } from '../switchboard/events.js';
import type { Signal } from '../switchboard/leg-commands.js';
import * as liveness from '../switchboard/liveness.js';
import type { SwitchboardEvent } from '../switchboard/switchboard.js';
import * as switchboard from '../switchboard/switchboard.js';
import { talkingCalls } from '../switchboard/talking-calls.js';
import { boxState } from './box-state.js';
import type { Effect } from './effect.js';
import { monitoringContext } from './monitoring-context.js';
import * as presence from './presence.js';
import { protectedAs, unprotected } from './protected-legs.js';
import { recipients, starsGivenBack } from './recipients.js';
import type { Clock, Moment, OfficeEvent, World, WorldEvent } from './world.js';

/** The world after an event, and the effects of that event. */
export interface WorldOutcome {
  readonly world: World;
  readonly effects: readonly Effect[];
}

export function transition(world: World, event: WorldEvent, moment: Moment): WorldOutcome {
  if (event.type === 'mediaSilent' || event.type === 'mediaHeard' || event.type === 'probed')
    return presence.heardFrom(world, event, moment.now);
  const watched = beforehand(world, event, moment);
  const office = officeOutcome(watched.world, presence.asKnown(world, event), moment);
  const after = event.type === 'released' ? forgotten(office.world, event.leg) : office.world;
  return { world: after, effects: [...watched.effects, ...office.effects, ...toBeKept(world, after, event)] };
}

/** What is known of the legs before calls and monitors are looked at. */
function beforehand(world: World, event: OfficeEvent, { now }: Moment): WorldOutcome {
  if (event.type === 'tick') return presence.timePassed(world, now);
  return event.type === 'protection' ? protectedAs(world, event) : { world, effects: [] };
}

const forgotten = (world: World, leg: LegId): World => unprotected(presence.forgotten(world, leg), leg);

/**
 * Handles an event for calls and monitors. First the front panel and the licence close what they close. Then comes monitoring, while
 * the calls are still as they were; it may ask the switchboard for something. Then the switchboard; finally the monitors are brought in
 * line with the calls as they are now.
 */
function officeOutcome(world: World, event: OfficeEvent, moment: Moment): WorldOutcome {
  const panel = frontPanelOutcome(world, event, moment);
  const to = recipients(world, event, moment);
  const before = monitored(
    { ...world, frontPanel: panel.state },
    [...panel.closures, ...licenceChange(world, moment), ...to.monitoring],
    moment,
  );
  const switched = connected(before.world, [...before.requests, ...to.switchboard], moment);
  const reviewed = review(switched.world.monitoring, monitoringContext(switched.world, moment));
  const reviewedWorld = { ...switched.world, monitoring: reviewed.state };
  const { world: after, signals } = connected(reviewedWorld, starsGivenBack(world, reviewedWorld, event), moment);
  return {
    world: after,
    effects: [
      ...switched.notes,
      ...[...before.facts, ...reviewed.facts].map((fact) => ({ kind: 'record', fact }) as const),
      ...asked(panel.action, after, moment),
      ...switched.signals,
      ...signals,
    ],
  };
}

/** When the next deadline passes; undefined when none is set. */
export function nextDeadline(world: World, { now, nextMinute }: Clock): Instant | undefined {
  return earliest([
    switchboard.nextDeadline(world.switchboard),
    nextMonitoringDeadline(world.monitoring, talkingCalls(world.switchboard.calls), nextMinute),
    frontPanel.nextDeadline(world.frontPanel, now),
    liveness.nextDeadline(world.liveness),
  ]);
}

function frontPanelOutcome(world: World, event: OfficeEvent, { now }: Moment): frontPanel.FrontPanelOutcome {
  if (event.type === 'settingsChanged')
    return { state: { ...world.frontPanel, blockMs: event.privacyMs }, action: null, closures: [] };
  switch (event.type) {
    case 'diskSeen':
    case 'buttonBackup':
    case 'button':
    case 'buttonLost':
    case 'tick':
      return frontPanel.transition(world.frontPanel, event, now);
    default:
      return { state: world.frontPanel, action: null, closures: [] };
  }
}

function licenceChange({ monitoring: { closures } }: World, { licence }: Moment): readonly ClosureEvent[] {
  return closureChange(licenceClosureIn(closures), licence);
}

/** What a press of the button causes, apart from closing monitoring. */
function asked(action: frontPanel.FrontPanelOutcome['action'], world: World, { now }: Moment): readonly Effect[] {
  if (action === 'reportState') return [{ kind: 'reportState', state: boxState(world, now) }];
  return action === 'resetAdminPassword' ? [{ kind: 'resetAdminPassword' }] : [];
}

/** Saved when it changes, and once the disk is writable again, since earlier attempts may have failed. */
function toBeKept(before: World, after: World, event: WorldEvent): readonly Effect[] {
  const { records } = after.monitoring;
  const { blockedUntil } = after.frontPanel;
  const hasChanged = records !== before.monitoring.records || blockedUntil !== before.frontPanel.blockedUntil;
  const { handlings } = after.switchboard;
  const isWritableAgain = event.type === 'reopened' && event.closure === 'recordUnavailable';
  return [
    ...(hasChanged || isWritableAgain
      ? [{ kind: 'keep', state: { ...records, privateUntil: blockedUntil } } as const]
      : []),
    ...(handlings !== before.switchboard.handlings || isWritableAgain
      ? [{ kind: 'keepHandlings', handlings } as const]
      : []),
  ];
}

interface Monitored {
  readonly world: World;
  readonly facts: readonly AuditFact[];
  readonly requests: readonly MonitoringRequest[];
}

function monitored(world: World, events: readonly MonitoringEvent[], clock: Clock): Monitored {
  let state = world.monitoring;
  const facts: AuditFact[] = [];
  const requests: MonitoringRequest[] = [];
  for (const event of events) {
    const outcome = monitoring.transition(state, event, monitoringContext(world, clock));
    state = outcome.state;
    for (const fact of outcome.facts) facts.push(fact);
    for (const request of outcome.requests) requests.push(request);
  }
  return { world: { ...world, monitoring: state }, facts, requests };
}

interface Connected {
  readonly world: World;
  readonly notes: readonly Effect[];
  readonly signals: readonly Signal[];
}

function connected(world: World, events: readonly (SwitchboardEvent | MonitoringRequest)[], { now }: Clock): Connected {
  let state = world.switchboard;
  const notes: Effect[] = [];
  const signals: Signal[] = [];
  for (const event of events) {
    const outcome = switchboard.transition(state, event, now);
    state = outcome.state;
    for (const note of outcome.notes) notes.push({ kind: 'note', note });
    for (const signal of outcome.signals) signals.push(signal);
  }
  return { world: { ...world, switchboard: state }, notes, signals };
}
