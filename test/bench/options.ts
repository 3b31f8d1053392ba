import { parseArgs } from 'node:util';
import { type Mode, modes } from './roles.js';

export interface Options {
  readonly calls: readonly number[];
  readonly modes: readonly Mode[];
  /** Length of a measuring window. */
  readonly seconds: number;
  /** How often the loads are measured. */
  readonly rounds: number;
  /** A run of about a minute, for a first look. */
  readonly quick: boolean;
  /** Files to write. */
  readonly json: string | undefined;
  readonly report: string | undefined;
  readonly chart: string | undefined;
  readonly help: boolean;
}

/** The command line is wrong; the message says what is right. */
export class OptionError extends Error {}

export const usage = `npm run bench -- [options]

  --calls N,N         numbers of calls to measure (default 10,25,50; at most 250)
  --modes MODE,MODE   out of ${modes.join(', ')} (default all of them)
  --seconds S         length of a measuring window (default 15)
  --rounds N          how often each load is measured, the systems in turn (default 3); the medians count
  --quick             a minute or two: 10 calls, plain and listen, one round, windows of 6 s, no search for the limit
  --json FILE         write everything that was measured
  --report FILE       write the tables as Markdown
  --chart FILE        write the chart of the cost as SVG

With BENCH_DIR set to the folder of the peer, Asterisk is measured too, and compared.
Measured by themselves: npm run bench -- page, settings-change, emergency-call or analog-delay.`;

const most = { calls: 250, seconds: 600, rounds: 20 };

/** @throws OptionError */
export function parseOptions(argumentsOf: readonly string[]): Options {
  const { values } = parse(argumentsOf);
  const quick = values.quick === true;
  return {
    quick,
    calls: numbers('--calls', values.calls ?? (quick ? '10' : '10,25,50'), most.calls),
    modes: chosenModes(values.modes ?? (quick ? 'plain,listen' : modes.join(','))),
    seconds: number('--seconds', values.seconds ?? (quick ? '6' : '15'), most.seconds),
    rounds: number('--rounds', values.rounds ?? (quick ? '1' : '3'), most.rounds),
    json: values.json,
    report: values.report,
    chart: values.chart,
    help: values.help === true,
  };
}

function parse(argumentsOf: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...argumentsOf],
      options: {
        calls: text,
        modes: text,
        seconds: text,
        rounds: text,
        quick: flag,
        json: text,
        report: text,
        chart: text,
        help: flag,
      },
    });
  } catch (error) {
    throw new OptionError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function numbers(name: string, list: string, largest: number): number[] {
  const found = [...new Set(list.split(',').map((each) => number(name, each, largest)))];
  return found.sort((a, b) => a - b);
}

/** @throws OptionError for anything but a whole number from 1 to the largest. */
export function number(name: string, text: string, largest: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= largest) return value;
  throw new OptionError(`${name}: "${text}" is not a whole number from 1 to ${largest}`);
}

function chosenModes(list: string): Mode[] {
  const wanted = list.split(',');
  const unknown = wanted.find((each) => !modes.some((mode) => mode === each));
  if (unknown !== undefined) throw new OptionError(`--modes: "${unknown}" is none of ${modes.join(', ')}`);
  return modes.filter((mode) => wanted.includes(mode));
}
