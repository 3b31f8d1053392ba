import type { LineAudio } from '../../src/engine/line-audio.js';
import type { FxoLine, FxsLine } from '../../src/lines/line.js';
import type { FxoEvent, FxsEvent, PortEvent } from '../../src/lines/line-events.js';
import type { Digit, KeyDetection } from '../../src/primitives/keys.js';
import type { CallerId } from '../../src/switchboard/leg-commands.js';
import type { RingCadence } from '../../src/switchboard/network-tones.js';

const noSound: LineAudio = { kind: 'socket', path: '/nonexistent' };

/** What simulated lines have in common: they work at once, and fail when told to. Events come soon, in order. */
class SimulatedLine<Event> {
  readonly audio: LineAudio;
  /** What it tells of its keys when it works again. */
  keys: KeyDetection = 'reported';
  #listener: (event: Event | PortEvent) => void = () => {};
  #isReady = false;
  #isStopped = false;

  constructor(audio: LineAudio = noSound) {
    this.audio = audio;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  onEvent(listener: (event: Event | PortEvent) => void): void {
    this.#listener = listener;
  }

  start(): void {
    this.recover();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#isReady = false;
    this.rest();
  }

  /** The hardware breaks. */
  fail(reason: string): void {
    if (!this.#isReady) return;
    this.#isReady = false;
    this.rest();
    this.emit({ type: 'lost', reason, advice: null });
  }

  /** The hardware works again. */
  recover(): void {
    if (this.#isReady || this.#isStopped) return;
    this.#isReady = true;
    this.emit({ type: 'ready', digits: this.keys, hardware: 'simulated' });
  }

  protected rest(): void {}

  protected emit(event: Event | PortEvent): void {
    queueMicrotask(() => {
      if (!this.#isStopped) this.#listener(event);
    });
  }
}

/** A telephone in memory: what a person would do with it are its methods. */
export class SimulatedFxsLine extends SimulatedLine<FxsEvent> implements FxsLine {
  readonly kind = 'fxs';
  #isOffHook = false;
  #ringing: { readonly cadence: RingCadence; readonly caller: CallerId } | undefined;

  /** What the telephone rings for; undefined when it does not. */
  get ringing(): { readonly cadence: RingCadence; readonly caller: CallerId } | undefined {
    return this.#ringing;
  }

  ring(cadence: RingCadence, caller: CallerId): void {
    if (this.isReady && !this.#isOffHook) this.#ringing = { cadence, caller };
  }

  stopRinging(): void {
    this.#ringing = undefined;
  }

  override recover(): void {
    super.recover();
    if (this.#isOffHook) this.emit({ type: 'offHook' });
  }

  lift(): void {
    this.#setHook(true);
  }

  hangUp(): void {
    this.#setHook(false);
  }

  flash(): void {
    if (this.isReady && this.#isOffHook) this.emit({ type: 'flash' });
  }

  press(digit: Digit, how: 'dtmf' | 'pulse' = 'dtmf'): void {
    if (this.isReady && this.#isOffHook) this.emit({ type: 'digit', digit, how });
  }

  protected override rest(): void {
    this.#ringing = undefined;
  }

  #setHook(isOffHook: boolean): void {
    if (isOffHook === this.#isOffHook) return;
    this.#isOffHook = isOffHook;
    this.#ringing = undefined;
    if (this.isReady) this.emit({ type: isOffHook ? 'offHook' : 'onHook' });
  }
}

/** An exchange's line in memory: what the exchange would do are its methods. */
export class SimulatedFxoLine extends SimulatedLine<FxoEvent> implements FxoLine {
  readonly kind = 'fxo';
  #isSeized = false;
  #isRinging = false;
  #dialled = '';

  get isSeized(): boolean {
    return this.#isSeized;
  }

  /** All that was dialled since the line was seized. */
  get dialled(): string {
    return this.#dialled;
  }

  seize(): void {
    if (!this.isReady || this.#isSeized) return;
    this.#isSeized = true;
    this.#dialled = '';
    if (!this.#isRinging) this.emit({ type: 'tone', tone: 'dial' });
    this.#isRinging = false;
  }

  drop(): void {
    this.#isSeized = false;
  }

  dial(digits: string): void {
    if (!this.isReady || !this.#isSeized) return;
    this.#dialled += digits;
    this.emit({ type: 'dialled' });
  }

  ringFromOutside(caller?: CallerId): void {
    if (!this.isReady || this.#isRinging || this.#isSeized) return;
    this.#isRinging = true;
    this.emit({ type: 'ringing' });
    if (caller) this.emit({ type: 'callerId', caller });
  }

  stopRinging(): void {
    if (this.#isRinging && this.isReady) this.emit({ type: 'ringStopped' });
    this.#isRinging = false;
  }

  playBusy(): void {
    if (this.isReady) this.emit({ type: 'tone', tone: 'busy' });
  }

  breakLoop(): void {
    if (this.isReady && this.#isSeized) this.emit({ type: 'loopLoss' });
  }

  protected override rest(): void {
    this.#isSeized = false;
    this.#isRinging = false;
  }
}
