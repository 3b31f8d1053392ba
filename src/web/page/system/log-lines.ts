import { signal } from '@preact/signals';
import { type ApiProblem, asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import type { OutputOf } from '../api/table.js';

export type LogLine = OutputOf<'GET', '/log'>['entries'][number];

/** From the most to the least severe. */
export const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type Level = (typeof levels)[number];

const mostLines = 500;

/** The latest lines of the log, and each one as it is written. */
export class LogLines {
  /** The newest first. */
  readonly lines = signal<readonly LogLine[]>([]);
  readonly problem = signal<ApiProblem | null>(null);

  /** @returns what ends it. */
  follow(): () => void {
    return watchEvents(['log'], (kind, data) => {
      if (kind === null) void this.#load();
      else this.#add(lineOf(data as Readonly<Record<string, unknown>>));
    });
  }

  async #load(): Promise<void> {
    try {
      const { entries } = await ask('GET', '/log', { lines: mostLines });
      this.lines.value = entries.toReversed();
      this.problem.value = null;
    } catch (error) {
      this.problem.value = asProblem(error);
    }
  }

  #add(line: LogLine): void {
    this.lines.value = [line, ...this.lines.value].slice(0, mostLines);
  }
}

/** A line as the live events tell it. */
function lineOf({ at, level, msg, ...fields }: Readonly<Record<string, unknown>>): LogLine {
  return { time: String(at), level: level as Level, message: String(msg), fields };
}

/** Whether a line is as severe as asked for, and has the words in it. */
export function fits({ level, message, fields }: LogLine, least: Level, words: string): boolean {
  if (levels.indexOf(level) > levels.indexOf(least)) return false;
  return words === '' || `${message} ${fieldsText(fields)}`.toLowerCase().includes(words.toLowerCase());
}

/** What a line tells besides its message, by names: `monitoring.member: 101`. */
export function fieldsText(fields: Readonly<Record<string, unknown>>, place = ''): string {
  return Object.entries(fields)
    .map(([name, value]) =>
      typeof value === 'object' && value !== null
        ? fieldsText(value as Readonly<Record<string, unknown>>, `${place}${name}.`)
        : `${place}${name}: ${value}`,
    )
    .join('  ');
}
