import type { LoadResult } from '../measure/load.js';
import type { WindowResult } from '../measure/window.js';
import type { BenchResult, SystemResult } from '../results.js';
import { element, line, polyline, text } from './svg.js';
import { describeCodecs } from './words.js';

/** A line in a panel, or a row of bars when the places along x are words. */
interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { readonly x: string; readonly y: number }[];
}

interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
  readonly shape: 'lines' | 'bars';
}

const panelSize = { width: 380, height: 320 };
const plot = { left: 48, right: 12, top: 40, bottom: 120 };
const legendLine = 15;
const gridLines = 4;
const ink = '#333333';
const faint = '#dddddd';
/** Told apart by lightness too, for those who do not see colours. */
const colours = {
  modcallPlain: '#08519c',
  modcallListen: '#6baed6',
  asteriskPlain: '#a63603',
  asteriskListen: '#fd8d3c',
  floor: '#777777',
};

/** How the cost grows with calls, listeners and codecs: an SVG document; undefined when nothing was measured that grows. */
export function drawChart(run: BenchResult): string | undefined {
  const panels = [callsPanel(run), listenersPanel(run), codecsPanel(run)].filter(({ series }) => series.length > 0);
  if (panels.length === 0) return undefined;
  const width = panels.length * panelSize.width;
  const drawn = panels.map((panel, index) =>
    element('g', { transform: `translate(${index * panelSize.width} 0)` }, ...drawPanel(panel)),
  );
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${panelSize.height}`,
      role: 'img',
      'font-family': 'sans-serif',
      'font-size': 11,
      fill: ink,
    },
    element('title', {}, 'Cost of calls in percent of a processor core'),
    element('rect', { width, height: panelSize.height, fill: '#ffffff' }),
    ...drawn,
  )}\n`;
}

function callsPanel({ modcall, asterisk, floor }: BenchResult): Panel {
  const series = [
    ...systemSeries(
      modcall,
      asterisk,
      ({ loads }) => loads,
      ({ point }) => String(point.calls),
    ),
    { name: 'bare relay', colour: colours.floor, points: floor.map((at) => ({ x: String(at.calls), y: cost(at) })) },
  ];
  return { title: 'by calls', unit: 'calls', series: series.filter(hasPoints), shape: 'lines' };
}

function listenersPanel({ modcall, asterisk }: BenchResult): Panel {
  const of = (system: SystemResult | undefined, name: string, colour: string): Series => ({
    name,
    colour,
    points: (system?.moderatorSweep ?? []).map((load) => ({
      x: String(load.point.moderatorsPerCall),
      y: cost(load),
    })),
  });
  const series = [of(modcall, 'Modcall', colours.modcallPlain), of(asterisk, 'Asterisk', colours.asteriskPlain)].filter(
    hasPoints,
  );
  const calls = modcall.moderatorSweep[0]?.point.calls ?? 0;
  return { title: `by listeners in each of ${calls} calls`, unit: 'listeners a call', series, shape: 'lines' };
}

function codecsPanel({ modcall, asterisk }: BenchResult): Panel {
  const series = systemSeries(
    modcall,
    asterisk,
    ({ codecSweep }) => codecSweep,
    ({ point }) => describeCodecs(point.codecs),
  );
  const calls = modcall.codecSweep[0]?.point.calls ?? 0;
  return {
    title: `by codecs, ${calls} calls`,
    unit: 'member / customer',
    series: series.filter(hasPoints),
    shape: 'bars',
  };
}

function systemSeries(
  modcall: SystemResult,
  asterisk: SystemResult | undefined,
  loadsOf: (system: SystemResult) => readonly LoadResult[],
  x: (load: LoadResult) => string,
): Series[] {
  const of = (system: SystemResult | undefined, mode: 'plain' | 'listen', name: string, colour: string): Series => ({
    name,
    colour,
    points: (system ? loadsOf(system) : [])
      .filter(({ point }) => point.mode === mode)
      .map((load) => ({ x: x(load), y: cost(load) })),
  });
  return [
    of(modcall, 'plain', 'Modcall, plain', colours.modcallPlain),
    of(modcall, 'listen', 'Modcall, one listener a call', colours.modcallListen),
    of(asterisk, 'plain', 'Asterisk, plain', colours.asteriskPlain),
    of(asterisk, 'listen', 'Asterisk, one listener a call', colours.asteriskListen),
  ];
}

const cost = ({ cpuPercent }: WindowResult): number => cpuPercent;
const hasPoints = ({ points }: Series): boolean => points.length > 0;

function drawPanel(panel: Panel): string[] {
  const places = [...new Set(panel.series.flatMap(({ points }) => points.map(({ x }) => x)))];
  const top = niceCeiling(Math.max(1, ...panel.series.flatMap(({ points }) => points.map(({ y }) => y))));
  const width = panelSize.width - plot.left - plot.right;
  const height = panelSize.height - plot.top - plot.bottom;
  const placeAt = scaleOf(places, panel.shape, width);
  const yAt = (value: number) => plot.top + height * (1 - value / top);
  const grid = Array.from({ length: gridLines + 1 }, (_, index) => (top * index) / gridLines);
  const shapes = panel.shape === 'lines' ? drawLines : drawBars;
  return [
    text(`CPU, % of a core, ${panel.title}`, plot.left, 20, { 'font-size': 13, 'font-weight': 'bold' }),
    ...grid.flatMap((value) => [
      line([plot.left, yAt(value)], [plot.left + width, yAt(value)], { stroke: faint }),
      text(String(value), plot.left - 6, yAt(value) + 4, { 'text-anchor': 'end' }),
    ]),
    ...places.map((place) => text(place, placeAt(place), plot.top + height + 16, { 'text-anchor': 'middle' })),
    text(panel.unit, plot.left + width / 2, plot.top + height + 31, { 'text-anchor': 'middle' }),
    ...shapes(panel.series, placeAt, yAt),
    ...panel.series.flatMap((series, index) => drawLegend(series, plot.top + height + 42 + legendLine * index)),
  ];
}

/** Numbers stand where they belong, words side by side. */
function scaleOf(places: readonly string[], shape: Panel['shape'], width: number): (place: string) => number {
  if (shape === 'bars') return (place) => plot.left + (width * (places.indexOf(place) + 0.5)) / places.length;
  const most = Math.max(1, ...places.map(Number));
  return (place) => plot.left + (width * Number(place)) / (most * 1.05);
}

type Draw = (
  series: readonly Series[],
  xAt: (place: string) => number,
  yAt: (value: number) => number,
) => readonly string[];

const drawLines: Draw = (series, xAt, yAt) =>
  series.flatMap(({ colour, points }) => {
    const at = points.map(({ x, y }): [number, number] => [xAt(x), yAt(y)]);
    return [
      polyline(at, { stroke: colour, 'stroke-width': 2 }),
      ...at.map(([cx, cy]) => element('circle', { cx, cy, r: 3, fill: colour })),
    ];
  });

const barWidth = 16;

const drawBars: Draw = (series, xAt, yAt) =>
  series.flatMap(({ colour, points }, index) =>
    points.map(({ x, y }) =>
      element('rect', {
        x: xAt(x) + (index - series.length / 2) * barWidth,
        y: yAt(y),
        width: barWidth - 2,
        height: yAt(0) - yAt(y),
        fill: colour,
      }),
    ),
  );

function drawLegend({ name, colour }: Series, y: number): string[] {
  return [
    element('rect', { x: plot.left, y: y - 8, width: 10, height: 10, fill: colour }),
    text(name, plot.left + 16, y + 1),
  ];
}

/** The next of these times a power of ten: a quarter of it is a short number. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10);
}
