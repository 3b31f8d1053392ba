import type { PageFigures } from './figures.js';

/** A goal that the page has by itself, without a peer. */
export interface PageVerdict {
  readonly goal: string;
  readonly most: number;
  readonly measured: number;
  readonly isMet: boolean;
}

interface PageGoal {
  readonly name: string;
  /** So much at most. */
  readonly most: number;
  readonly of: (figures: PageFigures) => number;
}

const goals: readonly PageGoal[] = [
  { name: 'first load until one can sign in, kB', most: 100, of: ({ firstLoad }) => firstLoad.wayIn.kilobytes },
  {
    name: 'box: an open Live page, % of a core',
    most: 2,
    of: ({ live: { watched, unwatched } }) => watched.box - unwatched.box,
  },
  {
    name: 'box: the same while calls come and go',
    most: 5,
    of: ({ live: { changing, changingUnwatched } }) => changing.box - changingUnwatched.box,
  },
  { name: 'browser: an open Live page, % of a core', most: 5, of: ({ live }) => live.watched.browser },
  {
    name: 'box: each who listens in a browser, % of a core',
    most: 1.5,
    of: ({ listening: { cost, before, moderators } }) => (cost.box - before.box) / moderators,
  },
  {
    name: 'click to first audio, ms (p95)',
    most: 700,
    of: ({ firstAudio }) => firstAudio.heard?.p95 ?? Number.NaN,
  },
  {
    name: 'clicks after which nothing was heard',
    most: 0,
    of: ({ firstAudio, listening }) => firstAudio.failures + listening.failures,
  },
  {
    name: 'listeners who did not hear just the call',
    most: 0,
    of: ({ firstAudio, listening }) => firstAudio.misheard.length + listening.misheard.length,
  },
];

export const judgePage = (figures: PageFigures): PageVerdict[] =>
  goals.map(({ name, most, of }) => {
    const measured = of(figures);
    return { goal: name, most, measured, isMet: measured <= most };
  });
