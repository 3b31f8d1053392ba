import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { say } from '../texts.js';
import { namesOf } from './monitor-names.js';
import type { Monitor } from './sources.js';

/** Whether the person may end somebody else's listening; the own one is ended where it is steered. */
export const mayEndMonitor = (): boolean => hasRole('council', 'member');

/** Ends that somebody listens, at once: nobody loses a call by it. */
export function EndMonitor({ monitor, onEnded }: { readonly monitor: Monitor; readonly onEnded?: () => void }) {
  const end = async () => {
    await ask('POST', '/monitors/{session}/end', { session: monitor.session }).then(
      () => announce(say('live.listeningEnded')),
      (error: unknown) => announce(asProblem(error).message),
    );
    onEnded?.();
  };
  return (
    <button type="button" aria-label={say('live.endListeningOf', namesOf(monitor))} onClick={() => void end()}>
      {say('listening.end')}
    </button>
  );
}
