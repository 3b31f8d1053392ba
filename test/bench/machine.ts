import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';

const ticksPerSecond = 100;

/** Where the system under test and the load generator run, so that they do not disturb each other. */
export interface Cores {
  readonly system: number;
  readonly generator: number;
}

/** The first and the last core that this process may use: one and the same on a machine with one core. */
export function chooseCores(): Cores {
  const allowed = allowedCores();
  return { system: allowed[0] ?? 0, generator: allowed.at(-1) ?? 0 };
}

/** Moves this process, with all it starts from now on, to a core. */
export function moveTo(core: number): void {
  spawnSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)]);
}

/** What to put before the command of a system under test to keep it on its core, ahead of its neighbours. */
export function ahead({ system }: Cores): string[] {
  return ['setsid', resolve('test/bench/ahead.sh'), String(system)];
}

/** What to put before the command of the load generator, which must never be late. */
export function punctual({ generator }: Cores): string[] {
  return ['taskset', '-c', String(generator), ...(hasRealtime() ? ['chrt', '--fifo', '10'] : [])];
}

/** Whether processes can be given real-time priority here. */
function hasRealtime(): boolean {
  return spawnSync('chrt', ['--fifo', '10', 'true']).status === 0;
}

/** What a reader has to know about the machine to compare figures. */
export function describeMachine() {
  const { model = 'unknown' } = cpus()[0] ?? {};
  return {
    cpu: model.trim(),
    cores: cpus().length,
    kernel: readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim(),
    node: process.version,
    realtime: hasRealtime(),
  };
}

export type Machine = ReturnType<typeof describeMachine>;

/** What a core has done since boot, in seconds. */
export interface CoreUse {
  readonly busy: number;
  /** Taken by the host of a virtual machine. */
  readonly stolen: number;
}

export function useOf(core: number): CoreUse {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(' ').map(Number);
  return { busy: (user + nice + system + irq + softirq) / ticksPerSecond, stolen: steal / ticksPerSecond };
}

function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return list.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
