import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardState } from '../page/messages.js';
import { ButtonDevice } from './button-device.js';
import { LampFile } from './lamp-file.js';
import type { BoardNotice, PortLabels } from './notice.js';
import { Port, type PortOrder } from './port.js';

export interface SimulatedBoardOptions {
  /** Where ttys, sockets, lamp files and the button are made. */
  readonly folder: string;
  readonly ports: readonly PortOrder[];
  /** The key code that the button sends (linux/input-event-codes.h). */
  readonly buttonCode: number;
}

interface Parts {
  readonly monitorLamp: LampFile;
  readonly statusLamp: LampFile;
  readonly button: ButtonDevice;
  readonly ports: readonly Port[];
}

/** The hardware of the simulated board: lines, lamps and the button, where the drivers of the box find them. */
export class SimulatedBoard {
  readonly #parts: Parts;
  /** Until when the button keeps monitoring closed, by `performance.now`; null when it does not. */
  #privateUntil: number | null = null;
  #labels: PortLabels = {};
  readonly #watchers = new Set<(state: BoardState) => void>();

  private constructor(parts: Parts) {
    this.#parts = parts;
    const notify = () => this.#notify();
    for (const lamp of [parts.monitorLamp, parts.statusLamp]) lamp.onSwitch(notify);
    for (const port of parts.ports) port.onChange(notify);
    parts.button.onChange(notify);
  }

  /** Rejects if the folder is not writable, or socat or mkfifo are not installed. */
  static async start({ folder, ports, buttonCode }: SimulatedBoardOptions): Promise<SimulatedBoard> {
    await mkdir(folder, { recursive: true });
    return new SimulatedBoard({
      monitorLamp: await LampFile.open(join(folder, 'leds', 'monitor')),
      statusLamp: await LampFile.open(join(folder, 'leds', 'status')),
      button: await ButtonDevice.open(join(folder, 'button'), buttonCode),
      ports: await Promise.all(ports.map((order) => Port.open(folder, order))),
    });
  }

  get state(): BoardState {
    const { monitorLamp, statusLamp, button, ports } = this.#parts;
    return {
      ports: ports.map(({ state }) => state),
      labels: this.#labels,
      lamps: { monitor: monitorLamp.isLit, status: statusLamp.isLit },
      isButtonPressed: button.isPressed,
      privateForMs: this.#privateUntil === null ? null : Math.max(0, this.#privateUntil - performance.now()),
    };
  }

  port(name: string): Port | undefined {
    return this.#parts.ports.find(({ state }) => state.name === name);
  }

  pressButton(isPressed: boolean): void {
    this.#parts.button.press(isPressed);
  }

  /** No real board shows this, but somebody who tries the box out wants to know. */
  show(notice: BoardNotice): void {
    if ('labels' in notice) this.#labels = notice.labels;
    else this.#privateUntil = notice.privateForMs === null ? null : performance.now() + notice.privateForMs;
    this.#notify();
  }

  /** Calls with the new state after every change, until the returned function is called. */
  watch(watcher: (state: BoardState) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async stop(): Promise<void> {
    const { monitorLamp, statusLamp, button, ports } = this.#parts;
    for (const part of [...ports, button, statusLamp, monitorLamp]) await part.close();
  }

  #notify(): void {
    const state = this.state;
    for (const watcher of this.#watchers) watcher(state);
  }
}
