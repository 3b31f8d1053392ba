import type { Engine } from '../../src/engine/engine.js';
import type { ExtensionNumber, LegId } from '../../src/switchboard/ids.js';
import { extensionNumber, trunkId } from '../../src/switchboard/ids.js';
import type { ReleaseCause } from '../../src/switchboard/release-cause.js';

/** The extensions that every engine under test has accounts for. */
export const extensions = ['101', '102', '103'].map(extensionNumber);
/** Its trunk, admitted by address. */
export const trunk = trunkId('city');

/** What a far end says and hears in one call; how it does that is the harness's business. */
export interface FarCall {
  /** For messages. */
  readonly name: string;
  readonly progress: 'trying' | 'ringing' | 'earlyMedia' | 'answered' | 'released';
  /** Why the call ended, as the far end was told; undefined while it goes on. */
  readonly endedFor: ReleaseCause | undefined;
  /** Number that was shown to the called far end; empty when withheld. */
  readonly shownNumber: string;
  /** Digits that came in. */
  readonly digits: string;

  ring(): void;
  openEarlyMedia(): void;
  answer(): void;
  refuse(cause: 'busy' | 'declined' | 'unavailable'): void;
  hangUp(): void;
  hold(): Promise<void>;
  resume(): Promise<void>;
  press(digits: string, how: 'rfc4733' | 'info'): Promise<void>;
  /** How loud the other is heard at the moment, in decibel of any fixed reference; undefined when not at all. */
  level(of: FarCall): number | undefined;
  /** Whether something that the engine itself plays is heard. */
  hearsBox(): boolean;
}

/** A phone of an extension, or the other side of the trunk. */
export interface FarPhone {
  call(number: string): Promise<FarCall>;
  /** The newest call that came in and has not been answered. */
  incoming(): Promise<FarCall>;
  unregister(): Promise<void>;
}

/** An engine that is running, and the world it is connected to. */
export interface EngineHarness {
  readonly engine: Engine;
  /** Starts the engine. */
  start(): Promise<void>;
  /** Registers a phone of the extension; its contact comes as an event. */
  register(extension: ExtensionNumber): Promise<FarPhone>;
  /** The other side of the trunk. */
  trunkSide(): Promise<FarPhone>;
  /** Sees to it that what does not loop comes to its end now, where it does not do so by itself. */
  endPlaybacks(leg: LegId): void;
  close(): Promise<void>;
}
