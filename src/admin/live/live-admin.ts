import type { Gateway } from '../../gateway/gateway.js';
import type { Clock } from '../../gateway/world.js';
import type { Dismissal } from '../../monitoring/records.js';
import type { ExtensionNumber } from '../../primitives/ids.js';
import { AdminError } from '../../store/admin-error.js';
import type { ControlFact } from '../../store/audit/control-fact.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { isEmergencyCall } from '../../switchboard/emergency-call.js';
import { numberingPlans } from '../../switchboard/numbering-plans.js';
import type { Caller } from '../operation.js';
import { byOf } from '../recording.js';
import { linesIn, registrationsIn } from './lines-view.js';
import {
  asksFor,
  callOf,
  callsFor,
  callView,
  extensionNamesIn,
  type LiveMonitor,
  monitorsFor,
  monitorsIn,
  monitorView,
  namesIn,
  numberOf,
  roleIn,
} from './live-view.js';
import { noSuchMonitor } from './no-such-monitor.js';
import { ownExtension } from './own-extension.js';

/** What is needed to show calls and monitors, and to end them. */
export interface LivePlace {
  readonly gateway: Pick<Gateway, 'world' | 'dispatch'>;
  readonly clock: { read(): Clock; readonly wall: { readonly time: number } };
  readonly settings: { readonly current: { readonly settings: Settings } };
  /** Writes the fact to the record; failures are logged. */
  record(fact: ControlFact): void;
}

/** Shows running calls and monitors to those who may see them, and ends them for those who may. */
export class LiveAdmin {
  constructor(private readonly place: LivePlace) {}

  /** The calls that the caller may know of, each with its monitors; null if the caller may not know of any. */
  calls(caller: Caller) {
    const { gateway, clock, settings } = this.place;
    const { world } = gateway;
    const names = namesIn(settings.current.settings);
    const mayKnow = (['admin', 'council', 'moderator'] as const).some((role) => caller.roles.has(role));
    const monitors = this.monitors(caller);
    return callsFor(world, clock.read().local, caller).map((call) => ({
      ...callView(world, call, this.#timeOf(), names),
      monitors: mayKnow ? monitors.filter((monitor) => monitor.call === call.id) : null,
    }));
  }

  monitors(caller: Caller) {
    const { gateway, settings } = this.place;
    const nameOf = extensionNamesIn(settings.current.settings);
    return monitorsFor(gateway.world, caller).map((monitor) => monitorView(monitor, this.#timeOf(), nameOf));
  }

  registrations() {
    return registrationsIn(this.place.gateway.world, this.#timeOf());
  }

  lines() {
    const { gateway, settings } = this.place;
    return linesIn(gateway.world, settings.current.settings, this.#timeOf());
  }

  emergencyNumbers(): readonly string[] {
    return numberingPlans[this.place.settings.current.settings.country].emergency;
  }

  /** @throws AdminError when there is no such call, or it may be one to the emergency services. */
  endCall(id: number, note: string | null, caller: Caller): void {
    const { gateway, record } = this.place;
    const { calls, directory } = gateway.world.switchboard;
    const call = [...calls.values()].find((each) => each.id === id);
    if (!call) throw new AdminError({ code: 'live.noSuchCall', params: { call: id } }, { kind: 'missing' });
    if (isEmergencyCall(directory.country, call))
      throw new AdminError({ code: 'live.emergency' }, { kind: 'conflict' });
    const other = call.kind === 'talking' ? call.callee.number : numberOf(call.route);
    gateway.dispatch({ type: 'hangUp', call: call.id, by: caller.name });
    record({ type: 'callHungUp', ...byOf(caller), call: call.id, caller: call.caller.number, other, note });
  }

  /** @throws AdminError if there is none that the caller may know of. */
  endMonitor(session: number, note: string | null, caller: Caller): void {
    const found = monitorsFor(this.place.gateway.world, caller).find((monitor) => monitor.session.serial === session);
    const reason = found && this.#dismissal(found, caller);
    if (!found || !reason) throw noSuchMonitor(session);
    this.#end(found, reason, note, caller);
  }

  /** Ends all monitors of the caller's own calls, without saying whether there were any, and without keeping who wanted that. */
  endOwn(caller: Caller): void {
    this.place.gateway.dispatch({ type: 'memberStops', extension: ownExtension(caller) });
  }

  /** Lets a moderator into the caller's own call. @throws AdminError where that moderator does not ask the caller, and for that call. */
  letIn({ session, call }: { readonly session: number; readonly call: number }, caller: Caller): void {
    const { gateway } = this.place;
    const extension = ownExtension(caller);
    const asks = (monitor: LiveMonitor) =>
      isNumbered(monitor, session) && callOf(monitor) === call && asksFor(monitor, extension);
    if (!monitorsIn(gateway.world).some(asks)) throw noSuchMonitor(session);
    gateway.dispatch({ type: 'memberLetsIn', extension, session, way: 'page', by: caller.name });
  }

  #dismissal(monitor: LiveMonitor, { roles, extension }: Caller): Dismissal | undefined {
    // Whoever is asked turns the moderator down, whatever else they are.
    if (extension !== null && asksFor(monitor, extension)) return 'endedByMember';
    if (roles.has('admin')) return 'endedByAdmin';
    if (roles.has('council')) return 'endedByCouncil';
    return isParty(this.place.gateway.world, monitor, extension) ? 'endedByMember' : undefined;
  }

  #end(monitor: LiveMonitor, reason: Dismissal, note: string | null, caller: Caller): void {
    const { gateway, record } = this.place;
    const { serial: session } = monitor.session;
    const {
      moderator,
      monitor: { member },
    } = monitor.stage;
    gateway.dispatch({ type: 'monitorEnded', session, reason });
    // Whoever is listened to may end that without being kept in mind for it.
    if (reason !== 'endedByMember') record({ type: 'monitorEnded', ...byOf(caller), session, moderator, member, note });
  }

  #timeOf(): (instant: number) => string {
    const { clock } = this.place;
    const offset = clock.wall.time - clock.read().now;
    return (instant) => new Date(Math.round(instant + offset)).toISOString();
  }
}

const isNumbered = ({ session }: LiveMonitor, serial: number): boolean => session.serial === serial;

const isParty = (world: Gateway['world'], monitor: LiveMonitor, extension: ExtensionNumber | null): boolean =>
  extension !== null && roleIn(world, monitor, extension) !== undefined;
