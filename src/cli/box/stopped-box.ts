import type { AccessFact } from '../../admin/recording.js';
import type { Language } from '../../admin/speaking.js';

/** A box that does not run, opened for one command: nobody else can use its data folder meanwhile. */
export interface StoppedBox {
  /** Path of the socket by which it is asked. */
  readonly socket: string;
  close(): Promise<void>;
}

/** Its files, held for one command in the same way. */
export interface HeldFolder {
  readonly path: string;
  /** Adds a fact to its audit record; rejects where that cannot be written. */
  record(fact: AccessFact): Promise<void>;
  close(): Promise<void>;
}

/** Rejects with an AdminError when the admin can do something about it, as where a box runs meanwhile. */
export type OpenStoppedBox = (dataFolder: string, language: Language) => Promise<StoppedBox>;
export type HoldFolder = (dataFolder: string, language: Language) => Promise<HeldFolder>;

/** Does something with the files of a box that does not run, and cannot be started meanwhile. */
export type Holding = <Result>(action: (held: HeldFolder) => Promise<Result>) => Promise<Result>;

/** The two ways to open a box that does not run. */
export interface StoppedBoxes {
  readonly openStoppedBox: OpenStoppedBox;
  readonly holdFolder: HoldFolder;
}
