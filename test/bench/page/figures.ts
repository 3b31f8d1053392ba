import type { Summary } from '../statistics.js';

/** What the processes of the box, with Janus, and those of the browser use, in percent of one core. */
export interface Cost {
  readonly box: number;
  readonly browser: number;
}

/** What a browser that has never been there fetches, compressed as it comes over the line, and how long it takes. */
export interface Load {
  readonly kilobytes: number;
  readonly milliseconds: number;
}

export interface FirstLoad {
  /** Until one can sign in. */
  readonly wayIn: Load;
  /** Until all calls are shown to whoever is signed in: with all that the box is asked for. */
  readonly live: Load;
}

/** What Live costs while all calls run. */
export interface LiveCost {
  readonly calls: number;
  /** With nobody at the page. */
  readonly unwatched: Cost;
  /** With one page open. */
  readonly watched: Cost;
  /** The same, while one call after the other ends and another one begins: without the page, and with it. */
  readonly changingUnwatched: Cost;
  readonly changing: Cost;
}

/** From a click, in milliseconds. */
export interface Heard {
  /** The box has said what the browser is called with. */
  readonly offered: number;
  /** The box has passed on what the browser says to it. */
  readonly answered: number;
  /** Sound comes out of the loudspeaker. */
  readonly heard: number;
}

/** Whether it was a measurement at all. */
export interface Doubts {
  /** Clicks after which nothing was heard in time. */
  readonly failures: number;
  /** Who did not hear what they should. */
  readonly misheard: readonly string[];
}

/** How soon one moderator, whose browser does nothing else, hears a call after a click. */
export interface FirstAudio extends Doubts {
  /** The very first click, with the PIN, for which Janus is started. */
  readonly first: Heard | undefined;
  /** From each later click, in milliseconds. */
  readonly offered: Summary | undefined;
  readonly answered: Summary | undefined;
  readonly heard: Summary | undefined;
  /** What else the machine did. */
  readonly load: string;
}

/** Moderators who listen in browsers, each to another call. */
export interface Listening extends Doubts {
  /** Those who hear something. */
  readonly moderators: number;
  /** Before anybody listens, with all pages open. */
  readonly before: Cost;
  readonly cost: Cost;
}

/** What was measured of the page. */
export interface PageFigures {
  readonly firstLoad: FirstLoad;
  readonly live: LiveCost;
  readonly firstAudio: FirstAudio;
  readonly listening: Listening;
}
