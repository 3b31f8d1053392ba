import type { BegunUpdate } from './rules/course.js';
import type { SystemImage } from './rules/refusal.js';

/** The system that runs. */
export type Running = SystemImage & Pick<BegunUpdate, 'slot' | 'boot'>;

/** How an installation is going. */
export interface Progress {
  readonly isRunning: boolean;
  /** From 0 to 100. */
  readonly percent: number;
  /** What it has come to, once it has ended; null if all is well. */
  readonly fault: string | null;
}

/** What puts updates into the slot that does not run. */
export interface Installer {
  running(): Promise<Running>;
  /**
   * Looks into an update, whose signature it checks.
   * @param source Path of a file, or an address.
   * @throws UpdateError
   */
  inspect(source: string): Promise<SystemImage>;
  /**
   * Begins to install it; the system that runs is not touched.
   * @throws UpdateError
   */
  begin(source: string): Promise<void>;
  progress(): Promise<Progress>;
}
