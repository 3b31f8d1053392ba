import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import { Resource } from '../api/resource.js';
import { hasRole, session } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import { say, sayIfKnown } from '../texts.js';
import { browserCall } from './browser-call.js';

export type OwnMonitor = OutputOf<'GET', '/own/monitors'>['entries'][number];

/** What no event tells shows within this time. */
const askEveryMs = 2000;

/** The own listening of whoever is signed in, as it is in the box. */
export const ownMonitors = new Resource(() => ask('GET', '/own/monitors', {}));

/** Said in the language of the page, whenever that is chosen. */
export type News = () => string;

export const nothing: News = () => '';

/** What has come of the own listening last, for everybody to see. */
export const latestNews = signal<News>(nothing);

/** The dialogue by which the moderator has become a party, by the browser: there is no listening any more, but a call. */
export const partyIn = signal<number | null>(null);

/** Whether the person can listen by this page at all: as a moderator who has an extension. The box has the last word. */
export const mayListen = (): boolean => hasRole('moderator') && Boolean(session.value?.extension);

/** Whether a moderator has no extension, without which nobody listens. */
export const lacksExtension = (): boolean =>
  (session.value?.roles.includes('moderator') ?? false) && !session.value?.extension;

/** Whether it is this call that the person listens to. */
export const isListenedTo = (call: number): boolean =>
  ownMonitors.value.value?.entries.some((monitor) => monitor.call === call) ?? false;

/** Whether the box cannot play calls in a browser. */
export const lacksBrowsers = (): boolean => mayListen() && ownMonitors.value.value?.hasBrowsers === false;

// From signing in to signing out, so that nothing is missed between one place and the next.
effect(() => {
  if (!mayListen()) return undefined;
  return watchEvents(['monitors'], (_, fact) => {
    tellNews(fact);
    ownMonitors.refresh();
  });
});

/** Keeps the own listening as it is in the box while a place that shows it is open. */
export function useOwnMonitors(): readonly OwnMonitor[] {
  useEffect(() => {
    if (!mayListen()) return undefined;
    ownMonitors.refresh();
    const timer = setInterval(() => ownMonitors.refresh(), askEveryMs);
    return () => clearInterval(timer);
  }, []);
  return mayListen() ? (ownMonitors.value.value?.entries ?? []) : [];
}

/** Says why the own listening has ended, or what of it was refused. */
function tellNews(fact: unknown): void {
  const { type, reason, moderator, session: serial } = Object(fact);
  if (type === 'ended' && reason === 'tookOver' && browserCall.value?.session === serial) partyIn.value = serial;
  if (type === 'dialogueEnded' && browserCall.value?.session === serial && partyIn.value !== serial)
    browserCall.value?.close();
  if (moderator !== session.value?.extension) return;
  const because = () => sayIfKnown('listening.because', String(reason));
  if (type === 'ended') latestNews.value = () => say('listening.ended', { reason: because() });
  // A refused key, such as that for the next call, leaves the listening as it is.
  if (type === 'refused') latestNews.value = because;
}
