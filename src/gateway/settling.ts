import * as monitoring from '../monitoring/desired.js';
import type { PortId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import * as switchboard from '../switchboard/desired.js';
import type { PresenceEvent } from '../switchboard/events.js';
import type { Signal } from '../switchboard/leg-commands.js';
import type { Ports, PortsStep } from './ports.js';
import * as portRules from './ports.js';
import type { BoxSpeaksEvent, Clock, OfficeEvent, World, WorldEvent, WorldStep } from './world.js';

/** What happens in the office and on its ports. */
type SettlingEvent = Exclude<WorldEvent, BoxSpeaksEvent | PresenceEvent>;

/** What an event makes of the world, the analog ports left aside. */
type OfficeStep = (world: World, event: OfficeEvent, clock: Clock) => WorldStep;

/**
 * Lets an event happen, and all that follows from it between the analog ports and the rest of the rules: what happens on a port
 * are events for the office, and what the office wishes of a port's legs are commands for the port, until nothing is left to do.
 */
export function settle(world: World, event: SettlingEvent, clock: Clock, office: OfficeStep): WorldStep {
  const settling = new Settling(world, clock, office);
  settling.begin(event);
  return settling.finish();
}

class Settling {
  readonly #clock: Clock;
  readonly #office: OfficeStep;
  readonly #coming: OfficeEvent[] = [];
  #step: WorldStep;

  constructor(world: World, clock: Clock, office: OfficeStep) {
    this.#clock = clock;
    this.#office = office;
    this.#step = { world, facts: [], notes: [], signals: [], diallings: [], action: null };
  }

  begin(event: SettlingEvent): void {
    switch (event.type) {
      case 'fxs':
      case 'fxo':
        this.#onPorts((ports, now) => portRules.happens(ports, event, now));
        break;
      case 'tick':
        this.#onPorts(portRules.timePassed);
        this.#coming.push(event);
        break;
      case 'digit':
      case 'playbackEnded':
        this.#beginOnLeg(event);
        break;
      default:
        this.#coming.push(event);
    }
  }

  finish(): WorldStep {
    do {
      for (let event = this.#coming.shift(); event; event = this.#coming.shift()) this.#happen(event);
    } while (this.#commandPorts());
    return this.#step;
  }

  /** What the engine tells of a port's sound is about the leg that has it. */
  #beginOnLeg(event: Extract<SettlingEvent, { type: 'digit' | 'playbackEnded' }>): void {
    const port = portRules.channelPort(this.#ports, event.leg);
    if (port === undefined) this.#coming.push(event);
    else if (event.type === 'digit') this.#onPorts((ports, now) => portRules.keyHeard(ports, port, event.digit, now));
    else {
      const leg = portRules.audibleLeg(this.#ports, port);
      if (leg !== null) this.#coming.push({ ...event, leg });
    }
  }

  get #ports(): Ports {
    return this.#step.world.ports;
  }

  #happen(event: OfficeEvent): void {
    const { world, facts, notes, signals, action } = this.#office(this.#step.world, event, this.#clock);
    const before = this.#step;
    this.#step = {
      ...before,
      world,
      facts: [...before.facts, ...facts],
      notes: [...before.notes, ...notes],
      action: action ?? before.action,
    };
    for (const signal of signals) this.#signal(signal);
  }

  #signal(signal: Signal): void {
    const { leg } = signal;
    const port = this.#ports.legs.get(leg)?.port;
    if (port === undefined) this.#toEngine(signal);
    // An analog telephone is told nothing of its transfer: it is hung up.
    else if (signal.type === 'digit') this.#digitOnPort(port, signal);
  }

  #digitOnPort(port: PortId, { leg, digit }: Extract<Signal, { type: 'digit' }>): void {
    if (this.#ports.trunks.has(port)) {
      this.#onPorts((ports, now) => portRules.sendDigit(ports, port, leg, digit, now));
      return;
    }
    const sound = portRules.soundOf(this.#ports, leg);
    if (sound !== null) this.#toEngine({ type: 'digit', leg: sound, digit });
  }

  #toEngine(signal: Signal): void {
    this.#step = { ...this.#step, signals: [...this.#step.signals, signal] };
  }

  #commandPorts(): boolean {
    const { world } = this.#step;
    const wishes = new Map([
      ...switchboard.desiredLegs(world.switchboard),
      ...monitoring.desiredLegs(world.monitoring),
    ]);
    const commands = portRules.commandsFor(world.ports, wishes);
    for (const command of commands) this.#onPorts((ports, now) => portRules.obey(ports, command, now));
    return commands.length > 0;
  }

  #onPorts(happens: (ports: Ports, now: Instant) => PortsStep): void {
    const { ports, events, diallings } = happens(this.#ports, this.#clock.now);
    const { world } = this.#step;
    this.#step = { ...this.#step, world: { ...world, ports }, diallings: [...this.#step.diallings, ...diallings] };
    for (const event of events) this.#coming.push(event);
  }
}
