import type { Destination } from '../../switchboard/leg-commands.js';

/** A browser as a telephone: the box calls it, and whoever sits there picks up by an answer to what it is offered. */
export interface BrowserPhone {
  readonly to: Destination;
  /** What the box offers once it calls, as SDP. */
  offer(): Promise<string>;
  /** @param address Where the browser sends from; null where that is not known. */
  answer(sdp: string, address: string | null): Promise<void>;
  /** Ends the call that it is in; another one that it is called for later goes on. */
  hangUp(): void;
  /** Gives it back where the box has not called it. */
  giveBack(): void;
}

/** The browsers in which calls can be heard. */
export interface Browsers {
  /** Whether the box has what it needs for that. */
  readonly isThere: boolean;
  /** One that is free; null if all are taken. */
  take(): Promise<BrowserPhone | null>;
  /** All of them are lost at once. */
  onLost(listener: () => void): void;
}
