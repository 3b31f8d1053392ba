import type { Path } from './measure/clicks.js';
import type { LoadResult } from './measure/load.js';
import type { BenchResult, SystemResult } from './results.js';
import { median, type Summary } from './statistics.js';

/** Both sides of a comparison, measured at the same point. */
interface Pair {
  /** Where it was measured. */
  readonly at: string;
  readonly ours: number;
  readonly theirs: number;
}

interface Goal {
  readonly name: string;
  /** `most`: ours divided by theirs may be at most so much; `least`: it must be at least so much. */
  readonly bound: 'most' | 'least';
  readonly ratio: number;
  /** All points at which it is measured: the worst one counts. */
  readonly pairs: (run: BenchResult) => readonly Pair[];
}

/** What became of a goal. */
export interface Verdict {
  readonly goal: string;
  readonly bound: 'most' | 'least';
  readonly wanted: number;
  /** Of the worst point; undefined when nothing was measured for it. */
  readonly worst: (Pair & { readonly ratio: number }) | undefined;
  readonly isMet: boolean;
}

const isPlain = ({ point }: LoadResult) => point.mode === 'plain';
const isListenedTo = ({ point }: LoadResult) => point.mode === 'listen';
const isWhisper = ({ point }: LoadResult) => point.mode === 'whisper';

/** What a media path has to reach against the peer and against the floor, the peer's figure being 1. */
const goals: readonly Goal[] = [
  delayGoal('delay between the parties, plain', 1, isPlain, 'parties'),
  delayGoal('delay between the parties, listened to', 1, isListenedTo, 'parties'),
  delayGoal('delay to the listener', 0.6, isListenedTo, 'toModerator'),
  delayGoal('delay from the whispering moderator', 0.6, isWhisper, 'fromModerator'),
  {
    name: 'last key to first audio',
    bound: 'most',
    ratio: 0.5,
    pairs: against(({ firstAudio }) => quantiles('', firstAudio.fromRelease)),
  },
  loadGoal('CPU, plain', 0.5, isPlain, ({ cpuSecondsPerCallMinute }) => cpuSecondsPerCallMinute),
  loadGoal('CPU, one listener a call', 0.35, isListenedTo, ({ cpuSecondsPerCallMinute }) => cpuSecondsPerCallMinute),
  {
    name: 'calls with a listener each',
    bound: 'least',
    ratio: 3,
    pairs: against(({ capacity }) => (capacity ? [['', capacity.calls]] : [])),
  },
  {
    name: 'memory idle',
    bound: 'most',
    ratio: 0.8,
    pairs: against(({ startUps }) => [['', median(startUps.map(({ memory }) => memory.rss))]]),
  },
  loadGoal('memory under load, one listener a call', 0.8, isListenedTo, ({ memory }) => memory.rss),
  {
    name: 'start to first REGISTER answered',
    bound: 'most',
    ratio: 1,
    pairs: against(({ startUps }) => [['', median(startUps.map(({ registeredAfterMs }) => registeredAfterMs))]]),
  },
  { name: 'CPU, plain, against the bare relay', bound: 'most', ratio: 1.5, pairs: floorPairs },
];

/** The bound on the time to first audio that holds without a peer, in milliseconds. */
export const firstAudioWithinMs = 70;

export function judge(run: BenchResult): Verdict[] {
  return goals.map(({ name, bound, ratio, pairs }) => {
    const rated = pairs(run)
      .map((pair) => ({ ...pair, ratio: pair.ours / pair.theirs }))
      .sort((a, b) => (bound === 'most' ? b.ratio - a.ratio : a.ratio - b.ratio));
    const worst = rated[0];
    const isMet = worst !== undefined && (bound === 'most' ? worst.ratio <= ratio : worst.ratio >= ratio);
    return { goal: name, bound, wanted: ratio, worst, isMet };
  });
}

type Figures = readonly (readonly [at: string, value: number])[];

/** Compares figures that both systems have. */
function against(figures: (system: SystemResult) => Figures): Goal['pairs'] {
  return ({ modcall, asterisk }) => {
    const theirs = new Map(asterisk ? figures(asterisk) : []);
    return figures(modcall).flatMap(([at, ours]) => {
      const other = theirs.get(at);
      return other === undefined ? [] : [{ at, ours, theirs: other }];
    });
  };
}

function loadGoal(
  name: string,
  ratio: number,
  belongs: (load: LoadResult) => boolean,
  value: (load: LoadResult) => number,
): Goal {
  const figures = ({ loads }: SystemResult): Figures =>
    loads.filter(belongs).map((load) => [`${load.point.calls} calls`, value(load)]);
  return { name, bound: 'most', ratio, pairs: against(figures) };
}

function delayGoal(name: string, ratio: number, belongs: (load: LoadResult) => boolean, path: Path): Goal {
  const figures = ({ loads }: SystemResult): Figures =>
    loads.filter(belongs).flatMap(({ point, delays }) => quantiles(`${point.calls} calls, `, delays[path]?.packet));
  return { name, bound: 'most', ratio, pairs: against(figures) };
}

function quantiles(at: string, summary: Summary | undefined): Figures {
  return summary
    ? [
        [`${at}p50`, summary.p50],
        [`${at}p95`, summary.p95],
      ]
    : [];
}

function floorPairs({ floor, modcall }: BenchResult): Pair[] {
  return modcall.loads.filter(isPlain).flatMap((load) => {
    const bare = floor.find(({ calls }) => calls === load.point.calls);
    if (!bare) return [];
    const theirs = bare.cpuSecondsPerCallMinute;
    return [{ at: `${load.point.calls} calls`, ours: load.cpuSecondsPerCallMinute, theirs }];
  });
}
