import type { Message } from '../locales/codes.js';
import type { Digit, KeyDetection } from '../primitives/keys.js';
import type { CallerId } from '../switchboard/leg-commands.js';

/** Why a port does not work, for the log, and what to do about it; null where nothing can be said. */
export interface PortTrouble {
  readonly reason: string;
  readonly advice: Message | null;
}

/** What every analog port reports. */
export type PortEvent =
  /**
   * The port works, and is on hook unless `offHook` follows. Where the hardware does not detect DTMF, the keys must be
   * found in the audio. `hardware` names maker, model and revision.
   */
  | { readonly type: 'ready'; readonly digits: KeyDetection; readonly hardware: string }
  /** The port has stopped working, and whatever it was doing is over. */
  | ({ readonly type: 'lost' } & PortTrouble)
  /** Something needs a person's attention; whatever still works keeps working. */
  | ({ readonly type: 'fault' } & PortTrouble)
  /** Events were lost. The hook state is correct again, but digits may be missing. */
  | { readonly type: 'missed' }
  | { readonly type: 'digit'; readonly digit: Digit; readonly how: 'dtmf' | 'pulse' };

/** What happens on a port that feeds an analog telephone. */
export type FxsEvent =
  | PortEvent
  | { readonly type: 'offHook' }
  | { readonly type: 'onHook' }
  | { readonly type: 'flash' };

/** What happens on a port that is a telephone on an exchange's line. */
export type FxoEvent =
  | PortEvent
  /** The exchange begins to ring; once per call. */
  | { readonly type: 'ringing' }
  /** The exchange stopped ringing some seconds ago. */
  | { readonly type: 'ringStopped' }
  | { readonly type: 'callerId'; readonly caller: CallerId }
  /** A tone of the exchange; `busy` stands for congestion too. */
  | { readonly type: 'tone'; readonly tone: 'busy' | 'dial' }
  /** The exchange interrupted the loop current: the far end has hung up. */
  | { readonly type: 'loopLoss' }
  /** All digits of the last `dial` have been sent. */
  | { readonly type: 'dialled' };
