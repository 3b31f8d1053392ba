import type { Lamps } from '../indication/lamps.js';
import type { Panel, PanelEvent } from './panel.js';

/** A panel in memory: what it shows can be read, and its button be pressed. */
export class SimulatedPanel implements Panel {
  #lamps: Lamps = { monitor: 'dark', status: 'dark' };
  #listener: (event: PanelEvent) => void = () => {};

  get lamps(): Lamps {
    return this.#lamps;
  }

  /** Closes or opens the contact of the button. */
  setButton(isClosed: boolean): void {
    this.#listener({ type: 'button', isClosed });
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.show({ monitor: 'dark', status: 'dark' });
  }

  show(lamps: Lamps): void {
    this.#lamps = lamps;
  }

  onEvent(listener: (event: PanelEvent) => void): void {
    this.#listener = listener;
  }
}
