import type { LineAudio } from '../../engine/line-audio.js';
import { HeldPart } from '../../parts/held-part.js';
import type { PartTrouble } from '../../parts/part.js';
import type { Country } from '../../primitives/country.js';
import type { RingCadence } from '../../switchboard/network-tones.js';
import type { FxsLine } from '../line.js';
import type { FxsEvent } from '../line-events.js';
import { type HookSwitch, loopChanged, nextDeadline, restingHook, timePassed } from './hook-switch.js';
import { RingGenerator } from './ring-generator.js';
import { SlicModule, type SlicWiring } from './slic-module.js';

export interface SlicOptions {
  readonly wiring: SlicWiring;
  readonly audio: LineAudio;
  readonly country: Country;
}

/** How often a missing module is looked for, and a present one checked. */
const keepUpMs = 1000;

/**
 * A telephone on a SLIC module: hook, pulses and flash by the timing of the loop, ringing by its control pins, keys in the sound. It shows
 * no caller ID, as that would have to be sent as sound before the telephone is answered.
 */
export class SlicFxsLine implements FxsLine {
  readonly kind = 'fxs';
  readonly audio: LineAudio;
  readonly #module: HeldPart<SlicModule>;
  readonly #bell: RingGenerator;
  #hook: HookSwitch = restingHook;
  #isReady = false;
  #isStopped = false;
  #keepUp: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #listener: (event: FxsEvent) => void = () => {};

  constructor({ wiring, audio, country }: SlicOptions) {
    this.audio = audio;
    const onLoop = (isClosed: boolean) => this.#onLoop(isClosed);
    const onLost = (error: unknown) => this.#module.fail(error);
    this.#module = new HeldPart(
      () => new SlicModule(wiring, onLoop, onLost),
      (trouble) => this.#onTrouble(trouble),
    );
    this.#bell = new RingGenerator(
      {
        setRingMode: (isOn) => this.#module.use((module) => module.setRingMode(isOn)),
        setReversed: (isReversed) => this.#module.use((module) => module.setReversed(isReversed)),
      },
      country,
    );
  }

  onEvent(listener: (event: FxsEvent) => void): void {
    this.#listener = listener;
  }

  start(): void {
    if (this.#keepUp !== undefined) return;
    this.#keepUp = setInterval(() => this.#check(), keepUpMs);
    setImmediate(() => this.#check());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#keepUp);
    clearTimeout(this.#deadline);
    this.#bell.stop();
    this.#module.close();
  }

  ring(cadence: RingCadence): void {
    if (this.#isReady && !this.#hook.isOffHook) this.#bell.start(cadence);
  }

  stopRinging(): void {
    this.#bell.stop();
  }

  #check(): void {
    if (this.#isStopped) return;
    this.#module.keepUp();
    this.#module.use((module) => {
      if (!this.#isReady) this.#becomeReady();
      this.#onLoop(module.isLoopClosed);
    });
  }

  #becomeReady(): void {
    this.#isReady = true;
    this.#emit({ type: 'ready', digits: 'inBand', hardware: 'SLIC module on GPIO lines' });
  }

  #onTrouble(trouble: PartTrouble | null): void {
    if (trouble === null) return;
    const wasReady = this.#isReady;
    this.#isReady = false;
    this.#hook = restingHook;
    clearTimeout(this.#deadline);
    this.#bell.stop();
    this.#emit({ type: wasReady ? 'lost' : 'fault', ...trouble });
  }

  #onLoop(isClosed: boolean): void {
    if (!this.#isReady) return;
    this.#take(loopChanged(this.#hook, isClosed, performance.now()));
  }

  /** A program that stood still may have missed what the loop did meanwhile, so it is read before anything follows from the time. */
  #onDeadline(): void {
    this.#module.use((module) => this.#onLoop(module.isLoopClosed));
    this.#take(timePassed(this.#hook, performance.now(), this.#bell.isRinging));
  }

  #take({ hook, events }: ReturnType<typeof timePassed>): void {
    this.#hook = hook;
    if (hook.isOffHook) this.#bell.stop();
    this.#awaitDeadline();
    for (const event of events) this.#emit(event);
  }

  #awaitDeadline(): void {
    clearTimeout(this.#deadline);
    const due = nextDeadline(this.#hook, this.#bell.isRinging);
    if (due !== undefined) this.#deadline = setTimeout(() => this.#onDeadline(), Math.ceil(due - performance.now()));
  }

  #emit(event: FxsEvent): void {
    if (!this.#isStopped) this.#listener(event);
  }
}
