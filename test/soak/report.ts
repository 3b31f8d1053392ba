import { element, line, polyline, text } from '../bench/report/svg.js';

/** The state of things at the end of one minute of the soak. */
export interface Sample {
  readonly minute: number;
  /** Resident memory of the appliance and its children. */
  readonly megabytes: number;
  /** Open file descriptors of the appliance. */
  readonly files: number;
  /** Packets of the long calls that did not come in this minute. */
  readonly lost: number;
  /** The longest time in which a party of a long call got no packet. */
  readonly longestGapMs: number;
  /** What was wrong with the sound of the long calls. */
  readonly complaints: readonly string[];
}

export interface SoakResult {
  readonly samples: readonly Sample[];
  /** How many calls went how. */
  readonly fates: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
  /** Of the appliance, which was asked to stop at the end. */
  readonly exitCode: number | null;
}

/** The first minutes fill caches and pools. */
const settledMinute = 10;
const mostGrowth = 1.2;
const mostFurtherFiles = 20;
const mostLostShare = 0.0005;
const packetsAMinute = 3000;
const longCallEars = 4;

/** What went wrong; empty when all went well. */
export function verdict({ samples, failures, exitCode }: SoakResult): readonly string[] {
  const settled = samples[Math.min(settledMinute, samples.length) - 1];
  const last = samples.at(-1);
  const lost = samples.reduce((sum, sample) => sum + sample.lost, 0);
  const faults = [
    ...failures.map((failure) => `a call failed: ${failure}`),
    ...samples.flatMap(({ minute, complaints }) => complaints.map((each) => `minute ${minute}: ${each}`)),
  ];
  if (!settled || !last) return [...faults, 'it did not last a minute'];
  if (last.megabytes > settled.megabytes * mostGrowth) {
    faults.push(`memory grew from ${settled.megabytes.toFixed(0)} to ${last.megabytes.toFixed(0)} MB`);
  }
  if (last.files > settled.files + mostFurtherFiles)
    faults.push(`open files grew from ${settled.files} to ${last.files}`);
  if (lost > samples.length * packetsAMinute * longCallEars * mostLostShare) faults.push(`${lost} packets were lost`);
  if (exitCode !== 0) faults.push(`the appliance ended with ${exitCode}`);
  return faults;
}

/** What happened, in a few lines of Markdown. */
export function summary({ samples, fates, failures }: SoakResult): string {
  const calls = Object.values(fates).reduce((sum, count) => sum + count, 0);
  const lost = samples.reduce((sum, sample) => sum + sample.lost, 0);
  const rows = Object.entries(fates).map(([fate, count]) => `| ${fate} | ${count} |`);
  return [
    `${calls} random calls in ${samples.length} minutes, ${failures.length} of which failed, beside two long calls:`,
    `${lost} packets lost of ${samples.length * packetsAMinute * longCallEars}, longest gap ${Math.max(...samples.map(({ longestGapMs }) => longestGapMs))} ms.`,
    '',
    '| how a call went | calls |',
    '| --- | ---: |',
    ...rows,
  ].join('\n');
}

const width = 760;
const panelHeight = 130;
const margin = { left: 70, right: 20, top: 30 };

/** Memory, open files and lost packets over the minutes. */
export function chart(samples: readonly Sample[]): string {
  const panels = [
    { title: 'Resident memory, MB', values: samples.map(({ megabytes }) => megabytes) },
    { title: 'Open files', values: samples.map(({ files }) => files) },
    { title: 'Packets of the long calls lost in the minute', values: samples.map(({ lost }) => lost) },
  ];
  const height = panels.length * (panelHeight + margin.top) + margin.top;
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': 'sans-serif',
      'font-size': 12,
      role: 'img',
      'aria-labelledby': 'title',
    },
    element('title', { id: 'title' }, 'Memory, open files and lost packets over the minutes of the soak'),
    element('rect', { width, height, fill: '#ffffff' }),
    ...panels.flatMap((panel, index) => drawn(panel, index * (panelHeight + margin.top) + margin.top)),
    text('minutes', width - margin.right, height - 8, { 'text-anchor': 'end' }),
  )}\n`;
}

function drawn({ title, values }: { title: string; values: readonly number[] }, top: number): readonly string[] {
  const most = Math.max(1, ...values);
  const right = width - margin.right;
  const bottom = top + panelHeight - margin.top;
  const x = (index: number) => margin.left + (index / Math.max(1, values.length - 1)) * (right - margin.left);
  const y = (value: number) => bottom - (value / most) * (bottom - top);
  return [
    text(title, margin.left, top - 8, { 'font-weight': 'bold' }),
    line([margin.left, bottom], [right, bottom], { stroke: '#888888' }),
    text(most.toFixed(0), margin.left - 8, top + 4, { 'text-anchor': 'end' }),
    text('0', margin.left - 8, bottom + 4, { 'text-anchor': 'end' }),
    text(String(values.length), right, bottom + 14, { 'text-anchor': 'end' }),
    polyline(
      values.map((value, index) => [x(index), y(value)] as const),
      { stroke: '#1f5fa8', 'stroke-width': 2 },
    ),
  ];
}
