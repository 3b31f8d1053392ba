import type { Language } from '../../admin/speaking.js';

/** A box that does not run, opened for one command: nobody else can use its data folder meanwhile. */
export interface StoppedBox {
  /** Path of the socket by which it is asked. */
  readonly socket: string;
  close(): Promise<void>;
}

/** Rejects with an AdminError when the admin can do something about it, as where a box runs meanwhile. */
export type OpenStoppedBox = (dataFolder: string, language: Language) => Promise<StoppedBox>;
