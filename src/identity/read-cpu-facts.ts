import { join } from 'node:path';
import type { CpuFacts } from '../licensing/cpu-facts.js';
import { readRegular } from '../store/files/regular-file.js';
import { absent } from './absent.js';
import { cpuFactsFrom } from './cpu-info.js';

/**
 * Reads what identifies the CPU and its board. On Linux from the kernel's files alone, which every user may read and no tool changes;
 * elsewhere (a developer's machine) through systeminformation.
 * @param root Where `proc` and `sys` are; another folder in tests.
 */
export async function readCpuFacts(root = '/'): Promise<CpuFacts> {
  const [cpuInfo, presentCpus, serialNumber] = await Promise.all([
    readIfThere(join(root, 'proc/cpuinfo')),
    readIfThere(join(root, 'sys/devices/system/cpu/present')),
    readIfThere(join(root, 'proc/device-tree/serial-number')),
  ]);
  const facts = cpuFactsFrom({
    cpuInfo: cpuInfo ?? '',
    ...(presentCpus === undefined ? {} : { presentCpus }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  });
  return facts ?? factsOfOtherSystem();
}

/** The board's name for people, such as `Raspberry Pi 4 Model B Rev 1.5`; undefined if unknown. Not part of any ID. */
export async function readBoardName(root = '/'): Promise<string | undefined> {
  const names = await Promise.all(
    ['proc/device-tree/model', 'sys/devices/virtual/dmi/id/product_name'].map((path) =>
      readRegular(join(root, path)).catch(() => undefined),
    ),
  );
  return names.map((name) => name?.replaceAll('\0', '').trim()).find(Boolean);
}

/** Loaded only where it is needed: it is large. */
async function factsOfOtherSystem(): Promise<CpuFacts> {
  const { cpu } = await import('systeminformation');
  const { vendor, family, model, stepping, physicalCores } = await cpu();
  return { kind: 'family', vendor, family, model, stepping, coreCount: physicalCores };
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readRegular(path).catch(absent);
}
