/** The digits of RFC 4733 in the order of their event codes. */
const digitCodes = '0123456789*#ABCD';

const stepSamples = 160;
const volume = 10; // -10 dBm0
const endRepeats = 3;
const pauseSteps = 3;

/** One packet of a telephone event. */
export interface EventPacket {
  readonly payload: Uint8Array;
  /** Begins a new event: the marker is set and the timestamp is taken anew. */
  readonly isFirst: boolean;
}

/** Key presses that wait to be sent, handed out one packet for each 20 ms. */
export class KeyQueue {
  readonly #steps: (EventPacket | (() => void) | undefined)[] = [];

  /** Appends key presses; resolves when the last packet of the last one has been taken. */
  press(digits: string, durationMs: number): Promise<void> {
    for (const digit of digits) this.#steps.push(...keyPress(digit, durationMs));
    return new Promise((resolve) => this.#steps.push(resolve));
  }

  /** The packet for the next 20 ms; undefined when the voice has its turn. */
  next(): EventPacket | undefined {
    const step = this.#steps.shift();
    if (typeof step !== 'function') return step;
    step();
    return this.next();
  }
}

/** The end is sent three times, as RFC 4733, 2.5.1.4 asks; then comes a pause. */
function keyPress(digit: string, durationMs: number): (EventPacket | undefined)[] {
  const code = digitCodes.indexOf(digit.toUpperCase());
  if (code < 0) throw new RangeError(`"${digit}" is no digit`);
  const steps = Math.max(1, Math.round(durationMs / 20));
  return [
    ...Array.from({ length: steps }, (_, step) => ({ payload: event(code, step + 1, false), isFirst: step === 0 })),
    ...Array.from({ length: endRepeats }, () => ({ payload: event(code, steps, true), isFirst: false })),
    ...Array.from({ length: pauseSteps }, () => undefined),
  ];
}

/** The digit of an event payload. */
export function digitOf(payload: Uint8Array): string {
  return digitCodes[payload[0] ?? -1] ?? '?';
}

function event(code: number, steps: number, isEnd: boolean): Uint8Array {
  const duration = steps * stepSamples;
  return Uint8Array.of(code, (isEnd ? 0x80 : 0) | volume, duration >> 8, duration & 0xff);
}
