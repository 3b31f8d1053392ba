import { readdirSync, readFileSync } from 'node:fs';

/** proc(5): the kernel counts in ticks of 10 ms on every platform that Node runs on. */
const ticksPerSecond = 100;

/** Memory of a process and all its descendants, in MB of 2^20 octets. */
export interface Memory {
  readonly rss: number;
  /** Shared pages counted in part. */
  readonly pss: number;
}

/** A process and all its descendants. */
export class ProcessTree {
  constructor(readonly root: number) {}

  /** User and system time used so far, of the living ones and of those that ended and were waited for, in seconds. */
  cpuSeconds(): number {
    return this.#members().reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;
  }

  memory(): Memory {
    const maps = this.#members().map(({ pid }) => readProc(`${pid}/smaps_rollup`));
    const sum = (field: string) => maps.reduce((total, text) => total + kilobytesIn(text, field), 0) / 1024;
    return { rss: sum('Rss'), pss: sum('Pss') };
  }

  /** Milliseconds since the root process was made, to 10 ms. */
  ageMs(): number {
    const uptime = Number(readProc('uptime').split(' ')[0]);
    const started = statOf(this.root)?.startTicks ?? Number.NaN;
    return (uptime - started / ticksPerSecond) * 1000;
  }

  #members(): Stat[] {
    const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
    const members = all.filter(({ pid }) => pid === this.root);
    // Grows while it is walked: children of children are found too.
    for (const parent of members) members.push(...all.filter((child) => child.parent === parent.pid));
    return members;
  }
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly startTicks: number;
}

/** undefined when there is no such process. */
function statOf(pid: number): Stat | undefined {
  const text = readProc(`${pid}/stat`);
  if (text === '') return undefined;
  // Fields from the third on; the second is a name in brackets that may contain anything.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const field = (number: number) => fields[number - 3] ?? 0;
  return { pid, parent: field(4), ticks: field(14) + field(15) + field(16) + field(17), startTicks: field(22) };
}

function kilobytesIn(text: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}

/** Empty when it is gone, as a process may be between being listed and being read. */
function readProc(name: string): string {
  try {
    return readFileSync(`/proc/${name}`, 'utf8');
  } catch {
    return '';
  }
}
