import { isConnected, watchEvents } from '../api/events.js';

/** The box tells only so many pages at a time what happens; any other asks in this time, well before a moderator gives up. */
const askEveryMs = 5000;

interface FollowOptions {
  /** Asks the box anew. */
  readonly refresh: () => void;
  /** Told what has happened, null where everything may be different. @returns whether the box is to be asked anew; it always is otherwise. */
  readonly hear?: (fact: unknown) => boolean;
}

/** Asks the box now, after whatever happens to monitoring, and again and again while it does not tell. @returns what ends that. */
export function followMonitors({ refresh, hear = () => true }: FollowOptions): () => void {
  refresh();
  const end = watchEvents(['monitors'], (kind, fact) => {
    if (hear(kind === null ? null : fact)) refresh();
  });
  const timer = setInterval(() => {
    if (!isConnected.value) refresh();
  }, askEveryMs);
  return () => {
    clearInterval(timer);
    end();
  };
}
