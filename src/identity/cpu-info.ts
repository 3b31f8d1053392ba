import type { ArmCore, CpuFacts } from '../licensing/cpu-facts.js';

/** What the kernel says, as the raw text of its files. */
export interface KernelTexts {
  /** /proc/cpuinfo */
  readonly cpuInfo: string;
  /** /sys/devices/system/cpu/present, such as `0-3`: includes cores that are switched off at the moment. */
  readonly presentCpus?: string;
  /** /proc/device-tree/serial-number: every kernel has it if the firmware passes it on; Debian's has no line in cpuinfo. */
  readonly serialNumber?: string;
}

type Block = ReadonlyMap<string, string>;

/** The facts of an Arm or x86 CPU; undefined for any other. */
export function cpuFactsFrom(texts: KernelTexts): CpuFacts | undefined {
  const blocks = texts.cpuInfo.split(/\n\s*\n/).map(toBlock);
  const processors = blocks.filter((block) => /^\d+$/.test(block.get('processor') ?? ''));
  const coreCount = countCpus(texts.presentCpus) ?? processors.length;
  const boardSerial = printable(texts.serialNumber) ?? serialIn(blocks);
  const common = { coreCount, ...(boardSerial === undefined ? {} : { boardSerial }) };
  const cores = processors.flatMap(armCore);
  if (cores.length > 0) return { kind: 'arm', cores, ...common };
  const family = processors.map(x86Family).find((each) => each !== undefined);
  return family && { ...family, ...common };
}

function toBlock(text: string): Block {
  const lines = text.split('\n').map((line) => /^([^:]+?)\s*:\s*(.*?)\s*$/.exec(line));
  return new Map(lines.flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? ''] as const] : [])));
}

function armCore(block: Block): ArmCore[] {
  const [implementer, variant, part, revision] = ['implementer', 'variant', 'part', 'revision'].map((name) =>
    Number(block.get(`CPU ${name}`) ?? Number.NaN),
  );
  if (implementer === undefined || variant === undefined || part === undefined || revision === undefined) return [];
  const core = { implementer, variant, part, revision };
  return Object.values(core).some(Number.isNaN) ? [] : [core];
}

function x86Family(
  block: Block,
): { kind: 'family'; vendor: string; family: string; model: string; stepping: string } | undefined {
  const vendor = block.get('vendor_id');
  const family = block.get('cpu family');
  const model = block.get('model');
  const stepping = block.get('stepping');
  if (!vendor || !family || !model || !stepping) return undefined;
  return { kind: 'family', vendor, family, model, stepping };
}

function serialIn(blocks: readonly Block[]): string | undefined {
  return printable(blocks.map((block) => block.get('Serial')).find((serial) => serial !== undefined));
}

/** Device-tree texts end with a zero byte. */
function printable(text: string | undefined): string | undefined {
  return text?.replaceAll('\0', '').trim() || undefined;
}

function countCpus(list: string | undefined): number | undefined {
  const ranges = (list ?? '').trim().split(',').filter(Boolean);
  if (ranges.length === 0) return undefined;
  return ranges.reduce((count, range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return count + last - first + 1;
  }, 0);
}
