import type { Codecs } from './load/office.js';
import type { LoadPoint } from './measure/load.js';
import type { Options } from './options.js';
import type { Mode } from './roles.js';

/** What is measured, of every system alike. */
export interface Plan {
  readonly seconds: number;
  /** How often each system in its turn is started, and measured with the loads. */
  readonly rounds: number;
  /** Calls and modes, as asked for. */
  readonly loads: readonly LoadPoint[];
  /** For the chart: moderators in each call, and codecs, at one and the same number of calls. */
  readonly moderatorSweep: readonly LoadPoint[];
  readonly codecSweep: readonly LoadPoint[];
  /** Attempts to measure the time to first audio. */
  readonly firstAudio: number;
  /** The search for the limit ends at so many calls; 0 leaves it out. */
  readonly mostCalls: number;
  /** Members, customers and moderators to set up. */
  readonly phones: number;
}

export const aLaw: Codecs = { member: 'PCMA', customer: 'PCMA', moderator: 'PCMA' };
const muLaw: Codecs = { member: 'PCMU', customer: 'PCMU', moderator: 'PCMU' };
const mixed: Codecs = { member: 'PCMA', customer: 'PCMU', moderator: 'PCMA' };

const sweepCalls = 20;
/** Asterisk 22 carries 80 to 104 on one core; three times of that is the goal. */
const mostCalls = 320;
const spare = 10;

export function makePlan({ calls, modes, seconds, rounds, quick }: Options): Plan {
  const point = (count: number, mode: Mode, moderators = 1, codecs = aLaw): LoadPoint => ({
    calls: count,
    mode,
    moderatorsPerCall: mode === 'plain' ? 0 : moderators,
    codecs,
  });
  return {
    seconds,
    rounds,
    loads: calls.flatMap((count) => modes.map((mode) => point(count, mode))),
    moderatorSweep: quick
      ? []
      : [point(sweepCalls, 'plain'), ...[1, 2, 4].map((moderators) => point(sweepCalls, 'listen', moderators))],
    codecSweep: quick
      ? []
      : [aLaw, muLaw, mixed].flatMap((codecs) => [
          point(sweepCalls, 'plain', 0, codecs),
          point(sweepCalls, 'listen', 1, codecs),
        ]),
    firstAudio: quick ? 3 : 20,
    mostCalls: quick ? 0 : mostCalls,
    phones: Math.max(...calls, quick ? 0 : mostCalls) + spare,
  };
}
