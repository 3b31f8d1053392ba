import { firstAudioWithinMs, judge, type Verdict } from '../goals.js';
import type { Capacity } from '../measure/capacity.js';
import type { FloorResult } from '../measure/floor.js';
import type { LoadResult } from '../measure/load.js';
import type { WindowResult } from '../measure/window.js';
import { type BenchResult, type SystemResult, windowsOf } from '../results.js';
import { type Summary, summarise } from '../statistics.js';
import type { Table } from './table.js';
import { delayText, describeCodecs, figure, percent, worstQuality } from './words.js';

/** Everything that a reader wants to see of a run. */
export function tablesOf(run: BenchResult): Table[] {
  const systems = [run.modcall, ...(run.asterisk ? [run.asterisk] : [])];
  return [
    loadTable('Load', systems, ({ loads }) => loads, run.floor),
    ...sweepTables(systems),
    onceTable(systems),
    goalTable(judge(run).filter(({ worst }) => run.asterisk || worst)),
  ];
}

/** A heading, and whether the figures can be believed. */
export function summaryLines(run: BenchResult): string[] {
  const { cpu, cores, kernel, node, realtime } = run.machine;
  const windows = windowsOf(run);
  const disturbed = windows.filter(({ disturbances }) => disturbances.length > 0).length;
  const wrong = windows.filter(({ misheard }) => misheard.length > 0).length;
  return [
    `${run.when}, ${cpu}, ${cores} cores, Linux ${kernel}, Node ${node}`,
    realtime
      ? 'Each system goes ahead of its neighbours; the load generator has real-time priority.'
      : 'No real-time priority is allowed here: the load generator may be late.',
    disturbed === 0 ? 'No window was disturbed.' : `DISTURBED: ${disturbed} of ${windows.length} windows, marked *.`,
    ...(wrong === 0 ? [] : [`WRONG AUDIO in ${wrong} windows, marked !: their figures mean nothing.`]),
  ];
}

const loadHead = [
  'system',
  'calls',
  'mode',
  'listeners',
  'codecs',
  'CPU s/call-min',
  'CPU %',
  'lost %',
  'late %',
  'gap ms',
  'parties p50/p95 ms',
  'to listener',
  'from moderator',
  'RSS MB',
];

function loadTable(
  title: string,
  systems: readonly SystemResult[],
  loadsOf: (system: SystemResult) => readonly LoadResult[],
  floor: readonly FloorResult[] = [],
): Table {
  const rows = systems.flatMap((system) => loadsOf(system).map((load) => loadRow(system.name, load)));
  return { title, head: loadHead, rows: [...rows, ...floor.map(floorRow)], notes: [] };
}

function loadRow(name: string, load: LoadResult): string[] {
  const { calls, mode, moderatorsPerCall, codecs } = load.point;
  return [
    name + mark(load),
    String(calls),
    mode,
    String(moderatorsPerCall),
    describeCodecs(codecs),
    ...windowCells(load),
  ];
}

function floorRow(load: FloorResult): string[] {
  return [`bare relay${mark(load)}`, String(load.calls), 'plain', '0', '-', ...windowCells(load)];
}

function windowCells(window: WindowResult): string[] {
  const { lost, late } = worstQuality(window);
  const gap = Math.max(...Object.values(window.quality).map(({ longestGapMs }) => longestGapMs));
  return [
    figure(window.cpuSecondsPerCallMinute),
    figure(window.cpuPercent),
    percent(lost),
    percent(late),
    figure(gap),
    delayText(window, 'parties'),
    delayText(window, 'toModerator'),
    delayText(window, 'fromModerator'),
    figure(window.memory.rss),
  ];
}

function mark({ misheard, disturbances }: WindowResult): string {
  return (misheard.length > 0 ? '!' : '') + (disturbances.length > 0 ? '*' : '');
}

function sweepTables(systems: readonly SystemResult[]): Table[] {
  return [
    loadTable('Listeners in each call', systems, ({ moderatorSweep }) => moderatorSweep),
    loadTable('Codecs', systems, ({ codecSweep }) => codecSweep),
  ].filter(({ rows }) => rows.length > 0);
}

function onceTable(systems: readonly SystemResult[]): Table {
  const row = (title: string, cell: (system: SystemResult) => string) => [title, ...systems.map(cell)];
  return {
    title: 'Once per system',
    head: ['', ...systems.map(({ name }) => name)],
    rows: [
      row('start to first REGISTER answered, ms (p50)', ({ startUps }) =>
        figure(summarise(startUps.map(({ registeredAfterMs }) => registeredAfterMs))?.p50),
      ),
      row('memory idle, RSS MB (p50)', ({ startUps }) =>
        figure(summarise(startUps.map(({ memory }) => memory.rss))?.p50),
      ),
      row('last key released to first audio, ms (p50 / p95)', ({ firstAudio }) => both(firstAudio.fromRelease)),
      row('last key pressed to first audio, ms (p50 / p95)', ({ firstAudio }) => both(firstAudio.fromPress)),
      row('attempts without audio', ({ firstAudio }) => String(firstAudio.failures)),
      row('most calls with a listener each', ({ capacity }) => (capacity ? capacityText(capacity) : 'not searched')),
    ],
    notes: [],
  };
}

function capacityText({ calls, limit }: Capacity): string {
  if (limit === 'untried') return `at least ${calls}`;
  return limit === 'refused' ? `${calls}, then refused` : String(calls);
}

function both(summary: Summary | undefined): string {
  return summary ? `${figure(summary.p50)} / ${figure(summary.p95)}` : '-';
}

function goalTable(verdicts: readonly Verdict[]): Table {
  return {
    title: 'Goals: ratio of Modcall to the peer, at the worst point',
    head: ['goal', 'wanted', 'ratio', 'Modcall', 'other', 'at', 'verdict'],
    rows: verdicts.map((verdict) => {
      const { goal, bound, wanted, worst } = verdict;
      const limit = `${bound === 'most' ? '<=' : '>='} ${wanted}`;
      if (!worst) return [goal, limit, '-', '-', '-', '-', 'not measured'];
      return [goal, limit, worst.ratio.toFixed(2), figure(worst.ours), figure(worst.theirs), worst.at, wordOf(verdict)];
    }),
    notes: [`First audio is also to come within ${firstAudioWithinMs} ms.`],
  };
}

function wordOf({ isMet, wanted, worst }: Verdict): string {
  if (isMet || !worst) return 'met';
  const factor = worst.ratio > wanted ? worst.ratio / wanted : wanted / worst.ratio;
  return `missed by a factor of ${factor.toFixed(2)}`;
}
