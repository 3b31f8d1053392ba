import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import { Resource } from '../api/resource.js';
import { hasRole, session } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import { say, sayIfKnown } from '../texts.js';
import { browserCall } from './browser-call.js';

type Call = OutputOf<'GET', '/calls'>['entries'][number];
export type OwnMonitor = OutputOf<'GET', '/own/monitors'>['entries'][number];

/** What no event tells shows within this time. */
const askEveryMs = 2000;

/** The own listening of whoever is signed in, as it is in the box. */
export const ownMonitors = new Resource(() => ask('GET', '/own/monitors', {}));

export interface News {
  /** In the language of the page, whenever that is chosen. */
  readonly text: () => string;
  /** Whether it is why something did not work. */
  readonly isProblem: boolean;
}

export const nothing: News = { text: () => '', isProblem: false };

export const problem = (text: () => string): News => ({ text, isProblem: true });

/** What has come of the own listening last, for everybody to see. */
export const latestNews = signal<News>(nothing);

/** The dialogue by which the moderator has become a party, by the browser: there is no listening any more, but a call. */
export const partyIn = signal<number | null>(null);

/** The other party of a call, as far as it is known. */
export function otherOf({ other, otherName }: Pick<OwnMonitor, 'other' | 'otherName'>): string {
  const isKnown = other !== null && other !== 'anonymous';
  return isKnown ? `${other} ${otherName}`.trim() : say('listening.anonymous');
}

/** The call that was taken over at the telephone, and what was said of that. */
const takenOverCall = signal<{ readonly call: number; readonly news: News } | null>(null);

/** How many changes of who hears the moderator the box has not been asked about since. */
const unconfirmed = signal(0);

/** Waits for a change of who hears the moderator, and until the box has told what has come of it. */
export async function confirmed(change: Promise<unknown>): Promise<void> {
  unconfirmed.value += 1;
  await change;
  await ownMonitors.fresh();
  unconfirmed.value -= 1;
}

/** Whether who hears the moderator may be different already from what the box has told last. */
export const isUnconfirmed = ({ changingTo }: OwnMonitor): boolean =>
  changingTo !== null || unconfirmed.value > 0 || ownMonitors.problem.value !== null;

/** Whether the person can listen by this page at all: as a moderator who has an extension. The box has the last word. */
export const mayListen = (): boolean => hasRole('moderator') && Boolean(session.value?.extension);

/** Whether a moderator has no extension, without which nobody listens. */
export const lacksExtension = (): boolean =>
  (session.value?.roles.includes('moderator') ?? false) && !session.value?.extension;

/** Whether it is this call that the person listens to. */
export const isListenedTo = (call: number): boolean =>
  ownMonitors.value.value?.entries.some((monitor) => monitor.call === call) ?? false;

/** Whether the person talks in it: a moderator who has taken over would lose the call by listening to it. */
export const isOwnCall = ({ from, to }: Call): boolean =>
  [from, to].some(({ number, trunk }) => trunk === null && number === session.value?.extension);

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

// No event tells that a change is recorded.
effect(() => {
  if (ownMonitors.value.value?.entries.some(({ changingTo }) => changingTo !== null)) ownMonitors.refresh();
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

// Whoever has hung up after taking over talks to nobody any more.
effect(() => {
  if (partyIn.value === null || partyIn.value === browserCall.value?.session) return;
  partyIn.value = null;
  latestNews.value = { ...nothing, text: () => say('listening.because.callEnded') };
});

// No event tells the page of a call that is taken over at the telephone when the moderator has left it.
effect(() => {
  const taken = takenOverCall.value;
  const present = ownMonitors.value.value;
  if (!taken || !present || ownMonitors.problem.value || present.talksIn.includes(taken.call)) return;
  takenOverCall.value = null;
  if (latestNews.peek() === taken.news) latestNews.value = { ...nothing, text: () => say('listening.leftCall') };
});

/** Says why the own listening has ended, or what of it was refused. */
function tellNews(fact: unknown): void {
  const { type, reason, moderator, session: serial } = Object(fact);
  if (type === 'ended' && reason === 'tookOver' && browserCall.value?.session === serial) partyIn.value = serial;
  if (type === 'dialogueEnded' && browserCall.value?.session === serial && partyIn.value !== serial)
    browserCall.value?.close();
  if (moderator !== session.value?.extension) return;
  // By a key of the telephone, too.
  if (type === 'modeChanged') void confirmed(Promise.resolve());
  const because = () => sayIfKnown('listening.because', String(reason));
  if (type === 'ended') latestNews.value = reason === 'tookOver' ? takenOver(Object(fact)) : ended(because);
  if (type === 'ended' && reason === 'tookOver' && partyIn.value !== serial) void followTaken(Object(fact).call);
  // A refused key, such as that for the next call, leaves the listening as it is.
  if (type === 'refused') latestNews.value = problem(because);
}

/** What the box has told before it was taken over says nothing of it. */
async function followTaken(call: number): Promise<void> {
  const news = latestNews.value;
  await ownMonitors.fresh();
  takenOverCall.value = { call, news };
}

const ended = (because: () => string): News => ({
  ...nothing,
  text: () => say('listening.ended', { reason: because() }),
});

function takenOver({ session: serial, other }: Pick<OwnMonitor, 'session' | 'other'>): News {
  const known = ownMonitors.value.value?.entries.find((monitor) => monitor.session === serial);
  const party = { other, otherName: known?.otherName ?? '' };
  return { ...nothing, text: () => say('listening.tookOver', { other: otherOf(party) }) };
}
