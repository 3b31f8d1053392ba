import type { PortId } from '../primitives/ids.js';
import { type AnalogPort, PhonePort, TrunkPort } from './analog-port.js';
import type { AnalogSettings, PortUse } from './analog-settings.js';
import type { Line } from './line.js';

/** Opens the driver of a port for what the settings connect to it; undefined where the board has no such port. */
export type OpenLine = (use: PortUse) => Line | undefined;

interface PortEvents {
  /** The port exists from now on. */
  opened(port: AnalogPort): void;
  /** It takes no new calls. */
  leaves(port: AnalogPort): void;
  /** The port exists for the last time. */
  closes(port: AnalogPort): void;
}

/**
 * The analog ports in use. Those that the settings change or no longer name take no new calls, and are closed when their last one has
 * ended; then the same port is opened anew, if the settings say so.
 */
export class PortSet {
  #wanted: ReadonlyMap<PortId, PortUse> = new Map();
  #ports: readonly AnalogPort[] = [];
  readonly #leaving = new Set<AnalogPort>();
  readonly #closing = new Map<PortId, Promise<void>>();
  /** Counts closed ports too, so that no two legs ever have the same name. */
  readonly #nextLegs = new Map<PortId, number>();
  #isUpdating = false;
  #isStopped = false;

  constructor(
    private readonly openLine: OpenLine,
    private readonly events: PortEvents,
  ) {}

  get all(): readonly AnalogPort[] {
    return this.#ports;
  }

  /** Sets what the settings connect to the ports from now on. */
  set({ phones, trunks }: AnalogSettings): void {
    const uses: readonly PortUse[] = [
      ...phones.map((settings) => ({ kind: 'fxs', settings }) as const),
      ...trunks.map((settings) => ({ kind: 'fxo', settings }) as const),
    ];
    this.#wanted = new Map(uses.map((use) => [use.settings.port, use]));
    this.#update();
  }

  /** Call when something has happened on a port: a call may have ended. */
  settle(): void {
    if (this.#leaving.size > 0) this.#update();
  }

  /** Closes all lines; one that cannot be closed keeps none of the others open. */
  stop(): Promise<readonly PromiseSettledResult<unknown>[]> {
    this.#isStopped = true;
    return Promise.allSettled([...this.#ports.map(({ line }) => line?.stop()), ...this.#closing.values()]);
  }

  #update(): void {
    if (this.#isUpdating || this.#isStopped) return;
    this.#isUpdating = true;
    for (const port of this.#ports) this.#keepOrClose(port);
    const taken = new Set([...this.#ports.map(({ name }) => name), ...this.#closing.keys()]);
    for (const [name, use] of this.#wanted) if (!taken.has(name)) this.#open(use);
    this.#isUpdating = false;
  }

  #keepOrClose(port: AnalogPort): void {
    const use = this.#wanted.get(port.name);
    if (!this.#leaving.has(port)) {
      if (use && port.take(use)) return;
      this.#leaving.add(port);
      this.events.leaves(port);
    }
    if (!port.hasCall) this.#close(port);
  }

  #close(port: AnalogPort): void {
    const { name, line, nextLeg } = port;
    this.events.closes(port);
    this.#leaving.delete(port);
    this.#ports = this.#ports.filter((other) => other !== port);
    this.#nextLegs.set(name, nextLeg);
    if (!line) return;
    const goOn = () => {
      this.#closing.delete(name);
      this.#update();
    };
    // A line that cannot be put to rest is tried again by whatever is opened in its place.
    const closing = line.stop().then(goOn, goOn);
    this.#closing.set(name, closing);
  }

  #open(use: PortUse): void {
    const port = portFor(use, this.openLine(use), this.#nextLegs.get(use.settings.port) ?? 1);
    this.#ports = [...this.#ports, port];
    this.events.opened(port);
  }
}

function portFor(use: PortUse, line: Line | undefined, firstLeg: number): AnalogPort {
  return use.kind === 'fxs'
    ? new PhonePort(line?.kind === 'fxs' ? line : undefined, use.settings, firstLeg)
    : new TrunkPort(line?.kind === 'fxo' ? line : undefined, use.settings, firstLeg);
}
