/** An update that was begun, as it is remembered over restarts. */
export interface BegunUpdate {
  readonly version: string;
  /** Which system ran then. */
  readonly slot: string;
  /** Names the start of the machine at which it was begun. */
  readonly boot: string;
  /** Whether it lies complete in the other slot: the next start of the machine is by it. */
  readonly isInstalled: boolean;
  /** Why it could not be installed; null where nothing is known of that. */
  readonly fault: string | null;
}

/** How the machine runs now. */
export type RunningSystem = Pick<BegunUpdate, 'slot' | 'boot'>;

export const courses = ['running', 'failed', 'interrupted', 'waiting', 'inUse', 'fellBack'] as const;

/**
 * How far an update has come.
 * - `running`: it is being installed, or was when the box was last heard of.
 * - `failed`: it could not be installed.
 * - `interrupted`: the machine was started anew before it was complete, so it is not there.
 * - `waiting`: it is complete, and waits for the machine to be started anew.
 * - `inUse`: the machine runs by it.
 * - `fellBack`: the machine does not run by it, or not any more, since it did not come up.
 */
export type Course = (typeof courses)[number];

export function courseOf({ slot, boot, isInstalled, fault }: BegunUpdate, now: RunningSystem): Course {
  if (fault !== null) return 'failed';
  const isStartedAnew = now.boot !== boot;
  if (!isInstalled) return isStartedAnew ? 'interrupted' : 'running';
  if (!isStartedAnew) return 'waiting';
  return now.slot === slot ? 'fellBack' : 'inUse';
}
