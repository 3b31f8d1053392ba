import { fromText } from './bytes.js';
import { type CpuFacts, canonicalBoardFacts } from './cpu-facts.js';
import { type HardwareId, hardwareIdFrom, hardwareIdOf, type Sha256 } from './hardware-id.js';

/** What tells one board from another of the same kind. */
export interface BoardMark {
  /** Serial number of the board, of its system on a chip, or the address of its first network port. */
  readonly kind: 'serial' | 'soc' | 'mac';
  readonly value: string;
}

/** All that is known of a machine. The marks are in the order in which they count. */
export interface BoxFacts {
  readonly cpu: CpuFacts;
  readonly marks: readonly BoardMark[];
}

export interface HardwareIds {
  /** The ID to order with. */
  readonly id: HardwareId;
  /** Others by which licences may have been issued for this box: of the first version, and of when a better mark could not be seen. */
  readonly former: readonly HardwareId[];
}

/** The first version counted the cores, which a kernel setting (`nr_cpus`) changes, so any number of them is this box. */
const mostCores = 64;

/** The IDs of a box: the CPU's kind and the first mark of its board, beside its key. */
export function hardwareIds({ cpu, marks }: BoxFacts, hostKey: Uint8Array, sha256: Sha256): HardwareIds {
  const [first, ...others] = marks.length === 0 ? [undefined] : marks;
  const ofMark = (mark: BoardMark | undefined) =>
    hardwareIdOf(2, fromText(canonicalBoardFacts(cpu, mark && `${mark.kind}=${mark.value}`)), hostKey, sha256);
  const counts = [cpu.coreCount, ...Array.from({ length: mostCores }, (_, index) => index + 1)];
  return {
    id: ofMark(first),
    former: [
      ...others.map(ofMark),
      ...counts.map((coreCount) => hardwareIdFrom({ ...cpu, coreCount }, hostKey, sha256)),
    ],
  };
}
