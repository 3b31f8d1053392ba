import type { Circuit, Reporting } from './circuit.js';
import { constantText } from './report-text.js';
import { Ringer } from './ringer.js';

/** The telephone on the other end of the wires. */
export interface Bell {
  onBell(isOn: boolean): void;
  onCaller(number: string, name: string): void;
}

/** Times of PROTOCOL.md, 5, in milliseconds. */
const shortestBreak = 20;
const longestPulse = 87;
const onHookAfter = 410;
const offHookAfter = 30;
const digitEndsAfter = 200;
const digitHeardAfter = 50;
/** The shortest silence that has room for caller ID. */
const shortestSilence = 1500;

const ringSyntax = /^\[(\d{1,4}(?:,\d{1,4})*)\](?:,"([^"]*)"(?:,"([^"]*)")?)?$/;

/** Feeds a telephone, watches its loop and rings it. */
export class FxsCircuit implements Circuit {
  readonly kind = 'fxs';
  readonly select = 2;
  readonly events: number;
  isFed = true;
  readonly #report: Reporting;
  readonly #bell: Bell;
  readonly #ringer: Ringer;
  #isLoopClosed = false;
  #isOffHook = false;
  #openedAt = 0;
  #couldBePulse = false;
  #pulses = 0;
  #hookTimer: NodeJS.Timeout | undefined;
  #pulseTimer: NodeJS.Timeout | undefined;
  #digitTimer: NodeJS.Timeout | undefined;
  #toneTimer: NodeJS.Timeout | undefined;

  constructor(detectsDigits: boolean, report: Reporting, bell: Bell) {
    this.events = detectsDigits ? 0x08800000 : 0x00800000;
    this.#report = report;
    this.#bell = bell;
    this.#ringer = new Ringer((isOn) => bell.onBell(isOn));
  }

  get isOffHook(): boolean {
    return this.#isOffHook;
  }

  get isRinging(): boolean {
    return this.#ringer.isRinging;
  }

  perform(command: string, value: string): boolean {
    if (command === '+VLS') return value === '2';
    return command === '+VRL' && (value === '0' ? this.#silence() : this.#ring(value));
  }

  rest(): void {
    this.#ringer.stop();
  }

  /** The telephone closes or opens the loop. */
  setLoop(isClosed: boolean): void {
    if (isClosed === this.#isLoopClosed) return;
    this.#isLoopClosed = isClosed;
    clearTimeout(this.#hookTimer);
    clearTimeout(this.#pulseTimer);
    clearTimeout(this.#digitTimer);
    if (isClosed) this.#closed();
    else this.#opened();
  }

  /** A DTMF tone begins or ends on the loop. */
  setTone(digit: string | undefined): void {
    clearTimeout(this.#toneTimer);
    if (digit === undefined || !this.#isOffHook) return;
    this.#toneTimer = setTimeout(() => this.#report(digit, 'D'), digitHeardAfter);
  }

  #opened(): void {
    this.#openedAt = performance.now();
    this.#couldBePulse = true;
    // A timer fires after the shorter ones of the telephone, however long the machine stands still; a clock would take a pulse for a flash.
    this.#pulseTimer = setTimeout(() => {
      this.#couldBePulse = false;
    }, longestPulse);
    if (this.#isOffHook) this.#hookTimer = setTimeout(() => this.#setHook(false), onHookAfter);
  }

  #closed(): void {
    this.#ringer.stop();
    if (this.#isOffHook) this.#broken(performance.now() - this.#openedAt);
    else this.#hookTimer = setTimeout(() => this.#setHook(true), offHookAfter);
  }

  /** The loop of a lifted telephone was open for this many milliseconds. */
  #broken(ms: number): void {
    if (ms >= shortestBreak) {
      if (this.#couldBePulse) this.#pulses += 1;
      else this.#report('F');
    }
    if (this.#pulses > 0) this.#digitTimer = setTimeout(() => this.#pulsesEnded(), digitEndsAfter);
  }

  #pulsesEnded(): void {
    if (this.#pulses <= 10) this.#report(String(this.#pulses % 10), 'P');
    this.#pulses = 0;
  }

  #setHook(isOffHook: boolean): void {
    this.#isOffHook = isOffHook;
    this.#pulses = 0;
    this.#report(isOffHook ? 'H' : 'h');
  }

  #silence(): boolean {
    this.#ringer.stop();
    return true;
  }

  #ring(value: string): boolean {
    const [, list, number, name = ''] = ringSyntax.exec(value) ?? [];
    const cadence = (list ?? '').split(',').map((units) => Number(units) * 10);
    const isFitting = [2, 4, 6, 8].includes(cadence.length) && cadence.every((ms) => ms >= 50 && ms <= 10_000);
    if (!isFitting || this.#isOffHook) return false;
    const showCaller = () => {
      if (number !== undefined) this.#bell.onCaller(constantText(number), constantText(name));
    };
    const isAfterRing = (cadence[1] ?? 0) >= shortestSilence;
    if (!isAfterRing) showCaller();
    this.#ringer.start(cadence, isAfterRing ? showCaller : () => {});
    return true;
  }
}
