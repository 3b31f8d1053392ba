import type { CallModeratorEvent, MonitoringEvent } from '../monitoring/monitoring-event.js';
import { legId } from '../primitives/ids.js';
import type { Origin, Route } from '../switchboard/dial-plan.js';
import { route } from '../switchboard/dial-plan.js';
import { phonesOf } from '../switchboard/reach.js';
import type { SwitchboardEvent } from '../switchboard/switchboard.js';
import type { MonitorAskedForEvent, OfficeEvent, World } from './world.js';

/** The events that monitoring and the switchboard each get for an event of the world. */
export interface Recipients {
  readonly monitoring: readonly MonitoringEvent[];
  readonly switchboard: readonly SwitchboardEvent[];
}

export function recipients(world: World, event: OfficeEvent): Recipients {
  switch (event.type) {
    case 'incoming': {
      const { origin, dialled, alsoDialled } = event;
      return ofCall(event, route(world.switchboard.directory, origin, dialled, alsoDialled));
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
      return { monitoring: [], switchboard: [] };
    case 'pinChecked':
    case 'recorded':
    case 'monitorEnded':
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
      return { monitoring: [], switchboard: [event] };
    case 'digit':
      // A moderator's keys belong to the dialogue alone.
      return { monitoring: [event], switchboard: world.monitoring.sessions.has(event.leg) ? [] : [event] };
    default:
      return { monitoring: [event], switchboard: [event] };
  }
}

/** A service number leads to the moderators' dialogue, any other to the switchboard. */
function ofCall(event: Extract<OfficeEvent, { type: 'incoming' }>, to: Route): Recipients {
  const { leg, origin: line, caller } = event;
  if (to.kind !== 'service') return { monitoring: stopsBy(line, to), switchboard: [{ ...event, route: to }] };
  return { monitoring: [{ type: 'serviceDialled', leg, profile: to.profile, line, caller }], switchboard: [] };
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
