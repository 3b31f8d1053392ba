import type { GeneratorReport, StreamReport } from '../load/events.js';
import type { Generator, Stream } from '../load/generator.js';
import { misheard, toneFrequencies } from '../load/voices.js';
import { type Cores, useOf } from '../machine.js';
import type { Memory, ProcessTree } from '../process-tree.js';
import { type Mode, type Role, roles } from '../roles.js';
import { Clicks, type Delays, type ProbeCall } from './clicks.js';

/** All streams of a call; those of a probe carry clicks, those of the others tones. */
export interface LoadedCall extends Omit<ProbeCall, 'moderator'> {
  readonly moderators: readonly Stream[];
  readonly isProbe: boolean;
}

/** What happened to the packets that a role should have received. */
export interface Quality {
  readonly streams: number;
  readonly lostPercent: number;
  readonly latePercent: number;
  readonly gaps: number;
  readonly longestGapMs: number;
  readonly meanLatenessMs: number;
}

/** One measuring window. */
export interface WindowResult {
  readonly seconds: number;
  /** User and system time of the system's processes per minute of all its calls. */
  readonly cpuSecondsPerCallMinute: number;
  /** Of one core. */
  readonly cpuPercent: number;
  readonly memory: Memory;
  readonly quality: Partial<Record<Role, Quality>>;
  readonly delays: Delays;
  /** Who does not hear what they should: then it is no measurement. */
  readonly misheard: readonly string[];
  /** What else went on: a reason not to believe the figures. */
  readonly disturbances: readonly string[];
}

const packetsPerSecond = 50;
/** The edges of the window cost each stream up to so many packets. */
const edgePackets = 1.5;
const foreignPercentAllowed = 10;
const stolenPercentAllowed = 3;

/** What is needed to measure a system: its processes and what generates the load. */
export interface Rig {
  readonly generator: Generator;
  readonly tree: ProcessTree;
  readonly cores: Cores;
}

/** Measures again when a window was disturbed, so many times in all; the least disturbed one counts. */
export async function measureUndisturbed(
  attempts: number,
  measure: () => Promise<WindowResult>,
): Promise<WindowResult> {
  let best = await measure();
  for (let attempt = 1; attempt < attempts && best.disturbances.length > 0; attempt += 1) {
    const again = await measure();
    if (again.disturbances.length < best.disturbances.length) best = again;
  }
  return best;
}

export async function measureWindow(
  { generator, tree, cores }: Rig,
  calls: readonly LoadedCall[],
  mode: Mode,
  seconds: number,
): Promise<WindowResult> {
  const clicks = new Clicks(generator, calls.filter(({ isProbe }) => isProbe).map(probeOf), mode);
  const before = { cpu: tree.cpuSeconds(), core: useOf(cores.system) };
  generator.begin();
  await clicks.run(seconds);
  const report = await generator.report(toneFrequencies);
  const cpu = tree.cpuSeconds() - before.cpu;
  const core = useOf(cores.system);
  const { delays, complaints } = clicks.finish();
  return {
    seconds: report.seconds,
    cpuSecondsPerCallMinute: (cpu / report.seconds) * (60 / Math.max(1, calls.length)),
    cpuPercent: (cpu / report.seconds) * 100,
    memory: tree.memory(),
    quality: qualities(calls, report),
    delays,
    misheard: [...new Set([...complaints, ...mishearings(calls, mode, report)])],
    disturbances: [
      ...generatorDisturbances(report),
      ...neighbourDisturbances(report.seconds, {
        foreign: cores.system === cores.generator ? 0 : core.busy - before.core.busy - cpu,
        stolen: core.stolen - before.core.stolen,
      }),
    ],
  };
}

function probeOf({ member, customer, moderators }: LoadedCall): ProbeCall {
  return { member, customer, moderator: moderators[0] };
}

export function streamsOf(call: LoadedCall, role: Role): readonly Stream[] {
  return role === 'moderator' ? call.moderators : [call[role]];
}

function qualities(calls: readonly LoadedCall[], report: GeneratorReport): Partial<Record<Role, Quality>> {
  const byStream = new Map(report.streams.map((stream) => [stream.stream, stream]));
  return Object.fromEntries(
    roles.flatMap((role) => {
      const streams = calls.flatMap((call) => streamsOf(call, role)).flatMap(({ id }) => byStream.get(id) ?? []);
      return streams.length === 0 ? [] : [[role, qualityOf(streams, report.seconds)]];
    }),
  );
}

/** A packet that never came, or whose place in the sequence stayed empty, whichever is more, is lost. */
export function qualityOf(streams: readonly StreamReport[], seconds: number): Quality {
  const expected = seconds * packetsPerSecond;
  const lost = streams.map((stream) => Math.max(0, expected - stream.received - edgePackets, stream.lost));
  const percent = (values: readonly number[]) => (100 * sum(values)) / (expected * streams.length);
  return {
    streams: streams.length,
    lostPercent: percent(lost),
    latePercent: percent(streams.map(({ late }) => late)),
    gaps: sum(streams.map(({ gaps }) => gaps)),
    longestGapMs: Math.max(...streams.map(({ longestGapMs }) => longestGapMs)),
    meanLatenessMs: sum(streams.map(({ meanLatenessMs }) => meanLatenessMs)) / streams.length,
  };
}

function mishearings(calls: readonly LoadedCall[], mode: Mode, report: GeneratorReport): string[] {
  const levels = new Map(report.streams.map((stream) => [stream.stream, stream.levels]));
  return calls
    .filter(({ isProbe }) => !isProbe)
    .flatMap((call) => roles.flatMap((role) => streamsOf(call, role).map(({ id }) => ({ role, id }))))
    .flatMap(({ role, id }) => misheard(role, mode, levels.get(id) ?? []) ?? []);
}

function generatorDisturbances({ streams }: GeneratorReport): string[] {
  const late = sum(streams.map(({ sentLate20 }) => sentLate20));
  return late === 0 ? [] : [`the generator sent ${late} packets more than 20 ms late`];
}

function neighbourDisturbances(seconds: number, { foreign, stolen }: { foreign: number; stolen: number }): string[] {
  const percent = (used: number) => (100 * used) / seconds;
  return [
    ...(percent(foreign) > foreignPercentAllowed
      ? [`other programs used ${percent(foreign).toFixed(0)} % of the system's core`]
      : []),
    ...(percent(stolen) > stolenPercentAllowed
      ? [`the host took ${percent(stolen).toFixed(0)} % of the system's core`]
      : []),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
