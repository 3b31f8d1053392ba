import { readFile, realpath, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Message } from '../../locales/codes.js';

/** How the disk or card of a folder is, as far as the kernel knows. */
export interface DiskHealth {
  /** Null where it is not known. */
  readonly space: DiskSpace | null;
  readonly hasErrors: boolean;
  /** Whether most of its life is over, as the memory of a board says of itself; a card that is plugged in says nothing. */
  readonly isWorn: boolean;
}

/** Of a disk that says nothing of itself. */
export const unknownHealth: DiskHealth = { space: null, hasErrors: false, isWorn: false };

export interface DiskSpace {
  readonly freeMegabytes: number;
  /** Of what the box can use. */
  readonly usedPercent: number;
}

/** What somebody has to look after, and what to do. */
export interface DiskTrouble {
  readonly code: 'diskFull' | 'diskFailing' | 'diskWorn' | 'diskSilent';
  readonly advice: Message;
}

/** Of JEDEC's eMMC: lives in tenths, and how much of what replaces broken blocks is used up. */
const mostTenths = 9;
const normalReserve = 1;

/** @param system Where the kernel tells of its devices. */
export async function diskHealth(folder: string, system = '/sys'): Promise<DiskHealth> {
  const [space, device] = await Promise.all([spaceOf(folder), deviceOf(folder, system)]);
  if (device === null) return { ...unknownHealth, space };
  const errors = await numbersIn(join(system, 'fs/ext4', basename(device), 'errors_count'));
  return { space, hasErrors: errors.some((count) => count > 0), isWorn: await isWorn(device) };
}

/** While there is still time to free some: a tenth of a large disk is plenty, though. */
const mostPercent = 90;
const plentyMegabytes = 2048;
/** Less is used up by the log alone. */
const leastMegabytes = 32;

/** Of a disk that has not answered for a while, whatever it was asked. */
export const silentDisk: DiskTrouble = { code: 'diskSilent', advice: { code: 'storage.silent' } };

export function diskTroubles({ space, hasErrors, isWorn }: DiskHealth): readonly DiskTrouble[] {
  const isFull = space !== null && isAlmostFull(space);
  return [
    ...(isFull ? [{ code: 'diskFull', advice: { code: 'storage.almostFull', params: { ...space } } } as const] : []),
    ...(hasErrors ? [{ code: 'diskFailing', advice: { code: 'storage.failing' } } as const] : []),
    ...(isWorn ? [{ code: 'diskWorn', advice: { code: 'storage.worn' } } as const] : []),
  ];
}

const isAlmostFull = ({ usedPercent, freeMegabytes }: DiskSpace): boolean =>
  freeMegabytes < (usedPercent < mostPercent ? leastMegabytes : plentyMegabytes);

/** How full the disk of a folder is; null where that is not known. */
function spaceOf(folder: string): Promise<DiskSpace | null> {
  return statfs(folder).then(
    ({ blocks, bfree, bavail, bsize }) => ({
      freeMegabytes: Math.floor((bavail * bsize) / 1024 ** 2),
      // Some of what is free is kept for the system.
      usedPercent: Math.ceil((100 * (blocks - bfree)) / Math.max(1, blocks - bfree + bavail)),
    }),
    () => null,
  );
}

/** The folder of a block device; null for what lies on none. */
async function deviceOf(folder: string, system: string): Promise<string | null> {
  try {
    const { dev } = await stat(folder);
    // As the kernel splits the number (new_decode_dev).
    const [major, minor] = [(dev >>> 8) & 0xfff, (dev & 0xff) | ((dev >>> 12) & 0xfff00)];
    return await realpath(join(system, `dev/block/${major}:${minor}`));
  } catch {
    return null;
  }
}

async function isWorn(device: string): Promise<boolean> {
  // The folder of a partition lies in that of its disk.
  const memory = join(dirname(device), 'device');
  const [lives, reserve] = await Promise.all([
    numbersIn(join(memory, 'life_time')),
    numbersIn(join(memory, 'pre_eol_info')),
  ]);
  return lives.some((tenths) => tenths > mostTenths) || reserve.some((state) => state > normalReserve);
}

/** The numbers in a file, which may be in hexadecimal; none where there is no such file. */
async function numbersIn(path: string): Promise<readonly number[]> {
  const content = await readFile(path, 'latin1').catch(() => '');
  return content.split(/\s+/).filter(Boolean).map(Number);
}
