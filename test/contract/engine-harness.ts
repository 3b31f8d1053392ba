import type { Engine, ExtensionAccount, SoundEngine, TrunkAccount } from '../../src/engine/engine.js';
import type { LineAudio } from '../../src/engine/line-audio.js';
import type { ExtensionNumber, LegId, TrunkId } from '../../src/primitives/ids.js';
import { extensionNumber, trunkId } from '../../src/primitives/ids.js';
import type { TransferProgress } from '../../src/switchboard/leg-commands.js';
import type { NetworkTone } from '../../src/switchboard/network-tones.js';
import type { ReleaseCause } from '../../src/switchboard/release-cause.js';

/** The extensions that every engine under test has accounts for. */
export const extensions = ['101', '102', '103'].map(extensionNumber);
export const passwordOf = (user: string): string => `secret of ${user}`;
export const accountOf = (number: ExtensionNumber, password = passwordOf(number)): ExtensionAccount => ({
  number,
  password,
});
/** Its trunk, which it registers. */
export const trunk = trunkId('city');

/** A far end with a voice and an ear; what they are made of is the harness's business. */
export interface FarEnd {
  /** For messages. */
  readonly name: string;
  /** Says its tone at this level, in dB below full scale, from now on. */
  speak(dbfs: number): void;
  /** How loud the other is heard at the moment, in decibel of any fixed reference; undefined when not at all. */
  level(of: FarEnd): number | undefined;
  /** Whether something that the engine itself plays is heard. */
  hearsBox(): boolean;
}

/** An analog line, as its telephone has it. */
export interface FarLine extends FarEnd {
  readonly sound: LineAudio;
  /** Keys that are heard on it. */
  readonly digits: string;
  press(digits: string): Promise<void>;
  hearsTone(tone: NetworkTone): boolean;
}

/** What a far end does in one call. */
export interface FarCall extends FarEnd {
  readonly progress: 'trying' | 'ringing' | 'earlyMedia' | 'answered' | 'released';
  /** Why the call ended, as the far end was told; undefined while it goes on. */
  readonly endedFor: ReleaseCause | undefined;
  /** Number that was shown to the called far end; empty when withheld. */
  readonly shownNumber: string;
  /** Digits that came in. */
  readonly digits: string;
  /** What was told of the transfers asked for. */
  readonly transfers: readonly TransferProgress[];

  ring(): void;
  openEarlyMedia(): void;
  answer(): void;
  refuse(cause: 'busy' | 'declined' | 'unavailable'): void;
  hangUp(): void;
  hold(): Promise<void>;
  resume(): Promise<void>;
  /** Sends nothing any more. */
  fallSilent(): void;
  press(digits: string, how: 'rfc4733' | 'info'): Promise<void>;
  /** Says from its next answer on that the call has reached this number. */
  showIdentity(number: string): void;
  /** Asks for this call to go on with a number. */
  transferTo(number: string): Promise<void>;
  /** Asks for the other ends of this call and of another one to be joined. */
  transfer(to: FarCall): Promise<void>;
}

/** A phone of an extension, or the other side of the trunk. */
export interface FarPhone {
  call(number: string): Promise<FarCall>;
  /** The newest call that came in and has not been answered. */
  incoming(): Promise<FarCall>;
  unregister(): Promise<void>;
}

/** A telephone provider that the engine has, or may have, a trunk to. */
export interface Provider {
  readonly account: TrunkAccount;
  readonly side: FarPhone;
  /** From now on takes this password too; the account with it. */
  takePassword(password: string): TrunkAccount;
  /** Waits until the engine has registered so often; where nothing does so by itself, it does now. */
  registered(times: number): Promise<void>;
  unregistered(): Promise<void>;
}

/** An engine that is running, and the world it is connected to. */
export interface EngineHarness {
  readonly engine: Engine;
  /** Where the audio of analog lines is opened: the engine under test, or the one behind it. */
  readonly channels: Pick<SoundEngine, 'openChannel' | 'closeChannel'>;
  /** Starts the engine. */
  start(): Promise<void>;
  /** Registers a phone of the extension; its contact comes as an event. Rejects when it is refused. */
  register(extension: ExtensionNumber, password?: string): Promise<FarPhone>;
  /** The trunks that it is started with. */
  readonly trunks: readonly TrunkAccount[];
  /** Another provider. */
  provider(id: TrunkId, kind: TrunkAccount['kind']): Promise<Provider>;
  /** The other side of the trunk. */
  trunkSide(): Promise<FarPhone>;
  /** An analog line, whose sound the engine is to have as this leg. */
  line(leg: LegId): Promise<FarLine>;
  /** Sees to it that what does not loop comes to its end now, where it does not do so by itself. */
  endPlaybacks(leg: LegId): void;
  close(): Promise<void>;
}
