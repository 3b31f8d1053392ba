import type { LineAudio } from '../engine/line-audio.js';
import type { CallerId } from '../switchboard/leg-commands.js';
import type { RingCadence } from '../switchboard/network-tones.js';
import type { FxoEvent, FxsEvent } from './line-events.js';

interface LineBase<Event> {
  /** The engine opens it as a leg. */
  readonly audio: LineAudio;
  /** Begins to connect to the hardware, retrying until it succeeds. Results arrive as events. */
  start(): void;
  /** Puts the line at rest and closes it; no event follows. May be called twice. */
  stop(): Promise<void>;
  /** Set before `start`. Events never arrive within the call of a command. */
  onEvent(listener: (event: Event) => void): void;
}

/** The box powers and rings a telephone. Commands return at once and never throw; on a lost line they do nothing. */
export interface FxsLine extends LineBase<FxsEvent> {
  readonly kind: 'fxs';
  /**
   * Rings until the telephone is lifted, which ends it by itself, or `stopRinging`. A cadence has 2, 4, 6 or 8 durations of
   * 50 to 10 000 ms in turn; the hardware rounds to 10 ms. Has no effect while the telephone is off hook.
   */
  ring(cadence: RingCadence, caller: CallerId): void;
  stopRinging(): void;
}

/** The box acts as a telephone on an exchange's line. Commands return at once and never throw; on a lost line they do nothing. */
export interface FxoLine extends LineBase<FxoEvent> {
  readonly kind: 'fxo';
  /** Goes off hook, which answers a ringing call or asks for a dial tone. */
  seize(): void;
  /** Goes on hook. */
  drop(): void;
  /** Dials 1 to 32 characters of `0`-`9`, `*`, `#`, `A`-`D` by DTMF on a seized line; `dialled` follows when all are sent. */
  dial(digits: string): void;
}

export type Line = FxsLine | FxoLine;
