/** Facts of one kind of Arm core, from its Main ID Register; small numbers, as the kernel shows them. */
export interface ArmCore {
  readonly implementer: number;
  readonly variant: number;
  readonly part: number;
  readonly revision: number;
}

/**
 * What identifies a CPU and its board permanently. Left out on purpose, because updates and settings change them: names, speed, caches,
 * flags, microcode, memory, addresses, and Arm's "CPU architecture" (32-bit and 64-bit kernels report it differently for the same chip).
 */
export type CpuFacts =
  | {
      readonly kind: 'arm';
      /** Different kinds of cores (big and little), in any order. */
      readonly cores: readonly ArmCore[];
      readonly coreCount: number;
      readonly boardSerial?: string;
    }
  | {
      readonly kind: 'family';
      readonly vendor: string;
      readonly family: string;
      readonly model: string;
      readonly stepping: string;
      readonly coreCount: number;
      readonly boardSerial?: string;
    };

/** The facts as one text that never changes for the same board; version 1. */
export function canonicalCpuFacts(facts: CpuFacts): string {
  return [
    'modcall-cpu-1',
    ...cpuLines(facts),
    `cores=${facts.coreCount}`,
    `serial=${canonicalSerial(facts.boardSerial)}`,
  ].join('\n');
}

/**
 * The same in version 2: without the number of cores, and with one kind of core only, since a kernel setting hides the others.
 * @param mark What distinguishes the board from others of its kind; undefined if nothing does.
 */
export function canonicalBoardFacts(facts: CpuFacts, mark: string | undefined): string {
  return ['modcall-board-2', ...cpuLines(facts).slice(0, 1), mark ?? 'unmarked'].join('\n');
}

function cpuLines(facts: CpuFacts): string[] {
  switch (facts.kind) {
    case 'arm':
      return [...new Set(facts.cores.map(armLine))].sort();
    case 'family':
      return [`family ${[facts.vendor, facts.family, facts.model, facts.stepping].map(plain).join(' ')}`];
  }
}

function armLine(core: ArmCore): string {
  return `arm ${[core.implementer, core.variant, core.part, core.revision].map((fact) => fact.toString(16)).join(' ')}`;
}

/** Some kernels pad the serial number with zeros; all zeros means that there is none. */
export function canonicalSerial(serial = ''): string {
  return plain(serial).replace(/^0+/, '');
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, '-');
}
