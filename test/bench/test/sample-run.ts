import type { LoadPoint, LoadResult } from '../measure/load.js';
import type { WindowResult } from '../measure/window.js';
import { aLaw } from '../plan.js';
import type { BenchResult, SystemResult } from '../results.js';
import type { Mode } from '../roles.js';

const summary = (value: number) => ({ count: 10, p50: value, p95: 2 * value, max: 3 * value });
const delay = (value: number) => ({ packet: summary(value), aligned: summary(value) });
const quality = {
  streams: 1,
  lostPercent: 0,
  latePercent: 0,
  gaps: 0,
  longestGapMs: 21,
  meanLatenessMs: 0,
};

export function sampleWindow(cost: number): WindowResult {
  return {
    seconds: 15,
    cpuSecondsPerCallMinute: cost,
    cpuPercent: cost * 20,
    memory: { rss: 100 * cost, pss: 100 * cost },
    quality: { member: quality, customer: quality },
    delays: { parties: delay(cost), toModerator: delay(20 * cost), fromModerator: delay(10 * cost) },
    misheard: [],
    disturbances: [],
  };
}

function sampleLoad(mode: Mode, cost: number, changes: Partial<LoadPoint> = {}): LoadResult {
  const moderatorsPerCall = mode === 'plain' ? 0 : 1;
  return { point: { calls: 10, mode, moderatorsPerCall, codecs: aLaw, ...changes }, ...sampleWindow(cost) };
}

/** Every figure of a system is proportional to `cost`, and the calls that it can carry to its inverse. */
export function sampleSystem(name: string, cost: number): SystemResult {
  return {
    name,
    startUps: [1, 3, 2].map((factor) => ({
      registeredAfterMs: factor * 500 * cost,
      memory: { rss: factor * 50 * cost, pss: 1 },
    })),
    loads: [sampleLoad('plain', cost), sampleLoad('listen', 2 * cost), sampleLoad('whisper', 3 * cost)],
    moderatorSweep: [
      sampleLoad('plain', cost),
      sampleLoad('listen', 2 * cost),
      sampleLoad('listen', 3 * cost, { moderatorsPerCall: 2 }),
    ],
    codecSweep: [sampleLoad('plain', cost), sampleLoad('listen', 2 * cost)],
    firstAudio: { fromRelease: summary(40 * cost), fromPress: summary(140 * cost), failures: 0 },
    capacity: { calls: 80 / cost, limit: 'packets', steps: [] },
  };
}

export function sampleRun(changes: Partial<BenchResult> = {}): BenchResult {
  return {
    when: '2026-01-02T03:04:05.000Z',
    machine: { cpu: 'A processor', cores: 2, kernel: '6.12', node: 'v20.20.0', realtime: true },
    floor: [{ calls: 10, ...sampleWindow(0.2) }],
    modcall: sampleSystem('Modcall', 0.5),
    asterisk: sampleSystem('Asterisk', 1),
    ...changes,
  };
}
