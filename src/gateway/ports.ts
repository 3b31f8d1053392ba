import * as analogPhone from '../lines/analog/phone.js';
import type { AnalogPhone, PhoneInput, PhoneOutput } from '../lines/analog/phone-state.js';
import * as phoneState from '../lines/analog/phone-state.js';
import type { AnalogTrunk, TrunkInput } from '../lines/analog/trunk.js';
import * as analogTrunk from '../lines/analog/trunk.js';
import type { AnalogSettings } from '../lines/analog-settings.js';
import type { FxoEvent, FxsEvent } from '../lines/line-events.js';
import type { LegId, PortId } from '../primitives/ids.js';
import { legId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { Instant } from '../primitives/time.js';
import type { DesiredLeg, Destination } from '../switchboard/leg-commands.js';
import { legCommands, withOrphansReleased } from './leg-difference.js';

/** The analog ports of the box: what hangs on them, and what they were told to do with their legs. */
export interface Ports {
  readonly phones: ReadonlyMap<PortId, AnalogPhone>;
  readonly trunks: ReadonlyMap<PortId, AnalogTrunk>;
  readonly legs: ReadonlyMap<LegId, { readonly port: PortId; readonly told: DesiredLeg }>;
}

/** What a line reports. */
export type PortEvent =
  | { readonly type: 'fxs'; readonly port: PortId; readonly event: FxsEvent }
  | { readonly type: 'fxo'; readonly port: PortId; readonly event: FxoEvent };

/** Digits that the line of an exchange is to dial now. */
export interface Dialling {
  readonly port: PortId;
  readonly digits: string;
}

export interface PortsStep {
  readonly ports: Ports;
  readonly events: readonly PhoneOutput[];
  readonly diallings: readonly Dialling[];
}

/** A new wish for a leg of a port. */
export interface PortCommand {
  readonly port: PortId;
  readonly leg: LegId;
  readonly wish: DesiredLeg;
}

export function newPorts({ phones, trunks }: AnalogSettings): Ports {
  return {
    phones: new Map(phones.map((settings) => [settings.port, phoneState.newPhone(settings)])),
    trunks: new Map(trunks.map((settings) => [settings.port, analogTrunk.newTrunk(settings)])),
    legs: new Map(),
  };
}

/** The leg that stands for the sound of a port. */
export const channelLeg = (port: PortId): LegId => legId(port);

/** The port whose sound this leg stands for. */
export function channelPort(ports: Ports, leg: LegId): PortId | undefined {
  return allPorts(ports).find((port) => channelLeg(port) === leg);
}

/** The leg that has the sound of a port at the moment. */
export function audibleLeg({ phones, trunks }: Ports, port: PortId): LegId | null {
  const [phone, trunk] = [phones.get(port), trunks.get(port)];
  return (phone && phoneState.desired(phone).leg) ?? (trunk ? analogTrunk.talkingLeg(trunk) : null);
}

/** The leg through which the engine has the sound of this one; null for one of a port that has its sound elsewhere. */
export function soundOf(ports: Ports, leg: LegId): LegId | null {
  const port = ports.legs.get(leg)?.port;
  if (port === undefined) return leg;
  return audibleLeg(ports, port) === leg ? channelLeg(port) : null;
}

/** When time itself is the next event of a port; undefined when nothing is due. */
export function nextDeadlines({ phones, trunks }: Ports): readonly (Instant | undefined)[] {
  return [
    ...[...phones.values()].map(phoneState.nextDeadline),
    ...[...trunks.values()].map((trunk) => analogTrunk.nextDeadline(trunk)),
  ];
}

export function happens(ports: Ports, { type, port, event }: PortEvent, now: Instant): PortsStep {
  return type === 'fxs' ? phoneStep(ports, port, event, now) : trunkStep(ports, port, event, now);
}

export function timePassed(ports: Ports, now: Instant): PortsStep {
  const tick = { type: 'tick' } as const;
  return allPorts(ports).reduce<PortsStep>((before, port) => {
    const step = anyStep(before.ports, port, tick, tick, now);
    return {
      ports: step.ports,
      events: [...before.events, ...step.events],
      diallings: [...before.diallings, ...step.diallings],
    };
  }, quiet(ports));
}

/** A key was heard in the sound of a port. */
export function keyHeard(ports: Ports, port: PortId, digit: Digit, now: Instant): PortsStep {
  const key = { type: 'digit', digit, how: 'dtmf' } as const;
  return anyStep(ports, port, key, key, now);
}

/** The other party of a call on the line of an exchange has pressed a key. */
export function sendDigit(ports: Ports, port: PortId, leg: LegId, digit: Digit, now: Instant): PortsStep {
  return trunkStep(ports, port, { type: 'sendDigit', leg, digit }, now);
}

/** What differs between the wishes for legs and what the ports were told. */
export function commandsFor(ports: Ports, wishes: ReadonlyMap<LegId, DesiredLeg>): readonly PortCommand[] {
  const told = new Map([...ports.legs].map(([leg, entry]) => [leg, entry.told]));
  const own = [...wishes].filter(([leg, wish]) => portFor(ports, leg, wish) !== undefined);
  return [...withOrphansReleased(told, new Map(own))].flatMap(([leg, wish]) => {
    const port = portFor(ports, leg, wish);
    const isNew = legCommands(leg, told.get(leg), wish).length > 0;
    return port !== undefined && isNew ? [{ port, leg, wish }] : [];
  });
}

export function obey(before: Ports, { port, leg, wish }: PortCommand, now: Instant): PortsStep {
  const ports = { ...before, legs: new Map(before.legs).set(leg, { port, told: wish }) };
  switch (wish.kind) {
    case 'dial': {
      const number = wish.to.kind === 'trunk' ? wish.to.number : '';
      const caller = wish.callerId;
      return anyStep(ports, port, { type: 'dial', leg, caller }, { type: 'dial', leg, number }, now);
    }
    case 'ring':
      return phoneStep(ports, port, { type: 'ring', leg }, now);
    case 'openEarlyMedia':
      return phoneStep(ports, port, { type: 'openEarlyMedia', leg }, now);
    case 'answer':
      return anyStep(ports, port, { type: 'answer', leg }, { type: 'answer', leg }, now);
    case 'release': {
      const release = { type: 'release', leg, cause: wish.cause } as const;
      return anyStep(ports, port, release, release, now);
    }
    case 'stay':
      return quiet(ports);
  }
}

const allPorts = ({ phones, trunks }: Ports): readonly PortId[] => [...phones.keys(), ...trunks.keys()];

function portFor(ports: Ports, leg: LegId, wish: DesiredLeg): PortId | undefined {
  return ports.legs.get(leg)?.port ?? (wish.kind === 'dial' ? portAt(ports, wish.to) : undefined);
}

function portAt({ phones, trunks }: Ports, to: Destination): PortId | undefined {
  return to.kind === 'contact'
    ? [...phones.values()].find(({ settings }) => phoneState.contactOf(settings) === to.contact)?.settings.port
    : [...trunks.values()].find(({ settings }) => settings.trunk === to.trunk)?.settings.port;
}

/** To whatever hangs on the port. */
function anyStep(ports: Ports, port: PortId, toPhone: PhoneInput, toTrunk: TrunkInput, now: Instant): PortsStep {
  return ports.phones.has(port) ? phoneStep(ports, port, toPhone, now) : trunkStep(ports, port, toTrunk, now);
}

function phoneStep(ports: Ports, port: PortId, input: PhoneInput, now: Instant): PortsStep {
  const phone = ports.phones.get(port);
  if (!phone) return quiet(ports);
  const step = analogPhone.transition(phone, input, now);
  return {
    ...quiet(withLegs({ ...ports, phones: new Map(ports.phones).set(port, step.phone) }, port, step.events)),
    events: step.events,
  };
}

function trunkStep(ports: Ports, port: PortId, input: TrunkInput, now: Instant): PortsStep {
  const trunk = ports.trunks.get(port);
  if (!trunk) return quiet(ports);
  const { trunk: after, events, dial } = analogTrunk.transition(trunk, input, now);
  return {
    ports: withLegs({ ...ports, trunks: new Map(ports.trunks).set(port, after) }, port, events),
    events,
    diallings: dial === '' ? [] : [{ port, digits: dial }],
  };
}

/** Legs begin with `incoming`, or a wish to dial, and end with `released`. */
function withLegs(ports: Ports, port: PortId, events: readonly PhoneOutput[]): Ports {
  const legs = new Map(ports.legs);
  for (const event of events) {
    if (event.type === 'incoming') legs.set(event.leg, { port, told: { kind: 'stay' } });
    if (event.type === 'released') legs.delete(event.leg);
  }
  return { ...ports, legs };
}

const quiet = (ports: Ports): PortsStep => ({ ports, events: [], diallings: [] });
