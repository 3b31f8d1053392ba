import type { Circuit, Reporting } from './circuit.js';
import { stringConstant } from './report-text.js';

/** The exchange on the other end of the wires. */
export interface Subscriber {
  /** The line went off or on hook. */
  onHook(isOffHook: boolean): void;
  /** A digit was dialled. */
  onDigit(digit: string): void;
}

/** Times of PROTOCOL.md, 4 and 5, in milliseconds. */
const ringEvery = 400;
const ringMemory = 6000;
const breakAfter = 300;
const digitEvery = 160;
const dialToneAfter = 500;
const busyAfter = 1920;
const busyEvery = 5000;

/** A telephone without a person: answers, dials and listens for the tones of the exchange. */
export class FxoCircuit implements Circuit {
  readonly kind = 'fxo';
  readonly events = 0x98041800;
  select = 0;
  isFed = true;
  readonly #report: Reporting;
  readonly #subscriber: Subscriber;
  #rungAt = Number.NEGATIVE_INFINITY;
  #ring: NodeJS.Timeout | undefined;
  #loop: NodeJS.Timeout | undefined;
  #tone: NodeJS.Timeout | undefined;
  #dialling: NodeJS.Timeout | undefined;

  constructor(report: Reporting, subscriber: Subscriber) {
    this.#report = report;
    this.#subscriber = subscriber;
  }

  get isOffHook(): boolean {
    return this.select === 1;
  }

  get isRinging(): boolean {
    return performance.now() - this.#rungAt < ringMemory;
  }

  perform(command: string, value: string): boolean {
    if (command === '+VLS') return this.#setSelect(value);
    return command === '+VTS' && this.#dial(value);
  }

  rest(): void {
    this.#setSelect('0');
  }

  /** Ringing voltage comes or goes. */
  setRingVoltage(isOn: boolean): void {
    clearInterval(this.#ring);
    if (!isOn) return;
    const heard = () => {
      this.#rungAt = performance.now();
      this.#report('R');
    };
    heard();
    this.#ring = setInterval(heard, ringEvery);
  }

  /** The exchange sent caller ID. */
  hearCaller(number: string, name: string): void {
    this.#report('I', `${stringConstant(number)},${stringConstant(name)}`);
  }

  /** Loop current comes or goes. */
  setLoopCurrent(isOn: boolean): void {
    clearTimeout(this.#loop);
    if (!isOn && this.isOffHook) this.#loop = setTimeout(() => this.#report('l'), breakAfter);
  }

  /** A tone of the exchange begins; undefined when it ends. */
  hearTone(tone: 'busy' | 'dial' | undefined): void {
    clearInterval(this.#tone);
    if (tone === 'dial') this.#tone = setTimeout(() => this.#report('d'), dialToneAfter);
    if (tone === 'busy') {
      this.#tone = setTimeout(() => {
        this.#report('b');
        this.#tone = setInterval(() => this.#report('b'), busyEvery);
      }, busyAfter);
    }
  }

  #setSelect(value: string): boolean {
    if (value !== '0' && value !== '1') return false;
    const isChange = Number(value) !== this.select;
    this.select = Number(value);
    if (!isChange) return true;
    this.#rungAt = Number.NEGATIVE_INFINITY;
    clearTimeout(this.#loop);
    clearInterval(this.#dialling);
    this.#subscriber.onHook(this.isOffHook);
    return true;
  }

  #dial(value: string): boolean {
    const digits = value.split(',');
    const isFitting = digits.length <= 32 && digits.every((digit) => /^[0-9*#A-D]$/.test(digit));
    if (!isFitting || !this.isOffHook) return false;
    const left = [...digits];
    clearInterval(this.#dialling);
    this.#dialling = setInterval(() => {
      const digit = left.shift();
      if (digit !== undefined) this.#subscriber.onDigit(digit);
      if (left.length > 0) return;
      clearInterval(this.#dialling);
      this.#report('t', digits.join(''));
    }, digitEvery);
    return true;
  }
}
