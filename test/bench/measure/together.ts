import type { Role } from '../roles.js';
import { median, type Summary } from '../statistics.js';
import type { Delay, Delays, Path } from './clicks.js';
import type { Quality, WindowResult } from './window.js';

/**
 * What the windows of one and the same load, one of each round, say together: of cost, memory and delay the median, of what went
 * wrong the worst. Disturbed windows count where there is no other.
 * @param windows at least one.
 */
export function together(windows: readonly [WindowResult, ...WindowResult[]]): WindowResult {
  const undisturbed = windows.filter(({ disturbances }) => disturbances.length === 0);
  const counted = undisturbed.length > 0 ? undisturbed : windows;
  const middle = (figure: (window: WindowResult) => number) => median(counted.map(figure));
  return {
    seconds: middle(({ seconds }) => seconds),
    cpuSecondsPerCallMinute: middle(({ cpuSecondsPerCallMinute }) => cpuSecondsPerCallMinute),
    cpuPercent: middle(({ cpuPercent }) => cpuPercent),
    memory: { rss: middle(({ memory }) => memory.rss), pss: middle(({ memory }) => memory.pss) },
    quality: Object.fromEntries(
      keysOf<Role>(counted.map(({ quality }) => quality)).map((role) => [
        role,
        worstQuality(counted.flatMap(({ quality }) => quality[role] ?? [])),
      ]),
    ),
    delays: delaysTogether(counted.map(({ delays }) => delays)),
    misheard: [...new Set(counted.flatMap(({ misheard }) => misheard))],
    disturbances: [...new Set(counted.flatMap(({ disturbances }) => disturbances))],
  };
}

function worstQuality(qualities: readonly Quality[]): Quality {
  const most = (figure: (quality: Quality) => number) => Math.max(...qualities.map(figure));
  return {
    streams: most(({ streams }) => streams),
    lostPercent: most(({ lostPercent }) => lostPercent),
    latePercent: most(({ latePercent }) => latePercent),
    gaps: most(({ gaps }) => gaps),
    longestGapMs: most(({ longestGapMs }) => longestGapMs),
    meanLatenessMs: median(qualities.map(({ meanLatenessMs }) => meanLatenessMs)),
  };
}

function delaysTogether(all: readonly Delays[]): Delays {
  return Object.fromEntries(
    keysOf<Path>(all).map((path): [Path, Delay] => {
      const delays = all.flatMap((each) => each[path] ?? []);
      return [
        path,
        {
          packet: summariesTogether(delays.map(({ packet }) => packet)),
          aligned: summariesTogether(delays.map(({ aligned }) => aligned)),
        },
      ];
    }),
  );
}

function summariesTogether(summaries: readonly Summary[]): Summary {
  return {
    count: summaries.reduce((sum, { count }) => sum + count, 0),
    p50: median(summaries.map(({ p50 }) => p50)),
    p95: median(summaries.map(({ p95 }) => p95)),
    max: Math.max(...summaries.map(({ max }) => max)),
  };
}

function keysOf<Key extends string>(records: readonly Partial<Record<Key, unknown>>[]): Key[] {
  return [...new Set(records.flatMap((record) => Object.keys(record) as Key[]))];
}
