import type { Lamps } from '../../src/indication/lamps.js';
import { Blinker } from '../../src/panel/blinker.js';
import type { Panel, PanelEvent, PanelParts } from '../../src/panel/panel.js';

/** A panel in memory: what it shows can be read, its button be pressed, and its parts be taken away. */
export class SimulatedPanel implements Panel {
  readonly #lit = { monitorLamp: false, statusLamp: false };
  readonly #monitor = new Blinker((isOn) => this.#light('monitorLamp', isOn));
  readonly #status = new Blinker((isOn) => this.#light('statusLamp', isOn));
  readonly #missing = new Map<keyof PanelParts, string>();
  #isRunning = false;
  #lamps: Lamps = { monitor: 'dark', status: 'dark' };
  #listener: (event: PanelEvent) => void = () => {};

  /** The patterns that it was told to show. */
  get lamps(): Lamps {
    return this.#lamps;
  }

  /** Whether a lamp is lit at this moment. */
  isLit(lamp: 'monitorLamp' | 'statusLamp'): boolean {
    return this.#lit[lamp];
  }

  /** Closes or opens the contact of the button. */
  setButton(isClosed: boolean): void {
    if (!this.#missing.has('button')) this.#emit({ type: 'button', isClosed });
  }

  takeAway(part: keyof PanelParts): void {
    const reason = `${part} was taken away`;
    this.#missing.set(part, reason);
    this.#relight();
    this.#emit({ type: 'fault', part, reason, advice: null });
  }

  putBack(part: keyof PanelParts): void {
    this.#missing.delete(part);
    this.#relight();
    this.#emit({ type: 'recovered', part });
  }

  async start(): Promise<void> {
    this.#isRunning = true;
    for (const [part, reason] of this.#missing) this.#emit({ type: 'fault', part, reason, advice: null });
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.show({ monitor: 'dark', status: 'dark' });
  }

  show(lamps: Lamps): void {
    this.#lamps = lamps;
    this.#monitor.show(lamps.monitor);
    this.#status.show(lamps.status);
  }

  onEvent(listener: (event: PanelEvent) => void): void {
    this.#listener = listener;
  }

  #emit(event: PanelEvent): void {
    if (this.#isRunning) this.#listener(event);
  }

  #relight(): void {
    this.#light('monitorLamp', this.#monitor.isOn);
    this.#light('statusLamp', this.#status.isOn);
  }

  #light(lamp: 'monitorLamp' | 'statusLamp', isOn: boolean): void {
    this.#lit[lamp] = isOn && !this.#missing.has(lamp);
  }
}
