import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileTooLarge, NotAFile, openRegular, readRegular } from './regular-file.js';

const pendingSuffix = '.pending';

/** Of what this process writes. */
export const ownPendingSuffix = `.${process.pid}${pendingSuffix}`;

/**
 * Replaces a file as a whole, readable by its owner only; its content may come piece by piece. When the promise resolves, the new content survives a power cut; at any
 * moment before, the old one does. Calls for the same path must follow one another.
 *
 * Written out here because the usual packages accept a short write on a full disk and do not sync the folder that holds the name.
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const pending = `${path}${ownPendingSuffix}`;
  try {
    const file = await openRegular(pending, 'replace');
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await file.writeFile(content);
      else for await (const piece of content) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(pending, path);
  } catch (error) {
    await rm(pending, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Makes a folder and those above it, for the owner only, so that they survive a power cut. Node's recursive mkdir syncs none of them, and tries forever where the kernel
 * says ENOENT, as in /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isMade(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path, 0o700);
  await syncFolder(dirname(path));
}

/** False when the folder above is missing. */
async function isMade(path: string): Promise<boolean> {
  try {
    await mkdir(path, 0o700);
  } catch (error) {
    if (hasCode(error, 'ENOENT') && dirname(path) !== path) return false;
    if (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return true;
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

/** Makes created, renamed and removed names in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Names of what interrupted writes left in a folder, or what is being written. `writeDurably` never leaves a folder. */
export async function pendingFiles(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found.filter((entry) => entry.name.endsWith(pendingSuffix) && !entry.isDirectory()).map(({ name }) => name);
}

/** Removes what an interrupted `writeDurably` left in a folder that nobody else writes to. */
export async function removePendingFiles(folder: string): Promise<void> {
  await Promise.all((await pendingFiles(folder)).map((name) => rm(join(folder, name), { force: true })));
}

/** Renames a file, mostly a damaged one, to `<name>.broken-<time>` beside it and returns the new name. */
export async function setAside(path: string, now: number, why: 'broken' | 'newer' = 'broken'): Promise<string> {
  const aside = asideOf(path, now, why);
  await rename(path, aside);
  await syncFolder(dirname(path));
  return basename(aside);
}

/** Keeps what was read from a file, not all of which could be used, under such a name too, and returns that: the file can be written anew then. */
export async function copyAside(path: string, text: string, now: number): Promise<string> {
  const aside = asideOf(path, now, 'broken');
  await writeDurably(aside, text);
  return basename(aside);
}

const asideOf = (path: string, now: number, why: 'broken' | 'newer'): string => `${path}.${why}-${fileTime(now)}`;

/**
 * Moves aside what stands in the place of a file and can never be read as one, so that there can be one again.
 * @param read Reads as much of it as has to be readable.
 * @returns the new name; null where nothing was in the way.
 */
export async function makeWay(
  path: string,
  now: number,
  read: (path: string) => Promise<unknown> = readRegular,
): Promise<string | null> {
  try {
    await read(path);
  } catch (error) {
    if (error instanceof NotAFile || error instanceof FileTooLarge) return setAside(path, now);
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  return null;
}

/** A moment as part of a file name: ISO 8601 basic format, UTC. */
export function fileTime(now: number): string {
  return new Date(now).toISOString().replace(/[-:.]/g, '');
}

/** Text of a file, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readRegular(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Whether an error is the system error of this name, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
