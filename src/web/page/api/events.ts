import { signal } from '@preact/signals';
import type { EventKind } from '../../../admin/event-kinds.js';
import { checkSession, endSession } from './session.js';

/** Whether the box tells what happens. */
export const isConnected = signal(true);

const firstPauseMs = 1000;
const longestPauseMs = 30_000;
/** The box says every 15 s that it is there; one that has lost its power says nothing, and nothing closes the connection to it. */
const longestSilenceMs = 40_000;

/**
 * Watches what happens in the box. A browser comes back by itself where a connection was cut; where the box has refused it, or does not
 * run, this tries again at growing intervals.
 * @param onEvent Told each event by its kind and data; null at the beginning, and where events are missing, so that everything has to be asked for.
 * @returns what ends that.
 */
export function watchEvents(
  kinds: readonly EventKind[],
  onEvent: (kind: EventKind | null, data: unknown) => void,
): () => void {
  const query = new URLSearchParams(kinds.map((kind) => ['kinds', kind])).toString();
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = firstPauseMs;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      isConnected.value = false;
      again();
    }, longestSilenceMs);
  };

  const open = () => {
    const opened = new EventSource(`/api/events?${query}`);
    source = opened;
    heard();
    opened.addEventListener('open', () => {
      isConnected.value = true;
      pauseMs = firstPauseMs;
      heard();
      onEvent(null, {});
    });
    opened.addEventListener('error', () => {
      isConnected.value = false;
      if (opened.readyState !== EventSource.CLOSED) return;
      // A browser does not tell why the box has refused it.
      void checkSession();
      again();
    });
    opened.addEventListener('beat', heard);
    opened.addEventListener('reset', () => onEvent(null, {}));
    opened.addEventListener('cut', ({ data }) => {
      if (JSON.parse(data).reason === 'signedOut') endSession('ended');
    });
    for (const kind of kinds) opened.addEventListener(kind, ({ data }) => onEvent(kind, JSON.parse(data)));
  };

  const again = () => {
    clearTimeout(silence);
    source?.close();
    timer = setTimeout(open, pauseMs);
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
  };

  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(silence);
    source?.close();
    isConnected.value = true;
  };
}
