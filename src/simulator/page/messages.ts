/** Messages over the WebSocket between the page and the simulated board. Sound goes over it, too, as binary frames of 320 bytes. */

/** What can be keyed on a telephone. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

export interface Caller {
  readonly number: string;
  readonly name: string;
}

/** What the person at the page does, as JSON. */
export type PageAction =
  /** With a telephone. */
  | { readonly do: 'lift' | 'hangUp' | 'flash'; readonly port: string }
  /** A finger goes onto a key of the telephone, or off it. */
  | { readonly do: 'hold' | 'release'; readonly port: string; readonly key: Key }
  /** With the exchange. */
  | { readonly do: 'ring'; readonly port: string; readonly caller: Caller }
  | { readonly do: 'stopRinging' | 'hangUpFarEnd'; readonly port: string }
  /** Takes the device at the port to ear and mouth, away from whoever had it; null puts it down. */
  | { readonly do: 'listenAt'; readonly port: string | null }
  /** With the button of the box. */
  | { readonly do: 'pressButton' | 'releaseButton' };

export type TelephoneState =
  | { readonly state: 'onHook' }
  /** The bell goes on and off; the caller is known once the box has sent it. */
  | { readonly state: 'ringing'; readonly isBellOn: boolean; readonly caller: Caller | null }
  | { readonly state: 'offHook'; readonly key: Key | null };

export type ExchangeState =
  | { readonly state: 'onHook' }
  | { readonly state: 'ringing'; readonly caller: Caller }
  /** The box is off hook, and has dialled these digits. */
  | { readonly state: 'seized'; readonly dialled: string };

/** A port of the box with the device on it: a telephone (FXS) or an exchange (FXO). */
export type PortState =
  | { readonly kind: 'fxs'; readonly name: string; readonly line: TelephoneState }
  | { readonly kind: 'fxo'; readonly name: string; readonly line: ExchangeState };

/** What a port is used for. */
export interface PortLabel {
  /** Of the extension, or the exchange line. */
  readonly name: string;
  /** The extension's number, or what is dialled before a number that shall go out by the line. */
  readonly number: string;
}

export interface BoardState {
  readonly ports: readonly PortState[];
  /** By the names of the ports; one that is not used has none. */
  readonly labels: Readonly<Record<string, PortLabel>>;
  /** Whether they are lit at this moment. */
  readonly lamps: { readonly monitor: boolean; readonly status: boolean };
  readonly isButtonPressed: boolean;
  /** For how long the button still keeps monitoring closed; null when it does not. */
  readonly privateForMs: number | null;
}

/** What the page is told, as JSON. */
export type BoardMessage =
  /** At the beginning and after every change. */
  | { readonly type: 'board'; readonly board: BoardState }
  /** Which port this page has at its ear. */
  | { readonly type: 'ear'; readonly port: string | null };

/** One frame of sound: 20 ms, 8 kHz, 16 bit signed linear little endian. */
export const frameSamples = 160;
export const frameBytes = 320;
