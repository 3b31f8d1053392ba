import { link, lstat, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { dataFile } from '../files/data-folder.js';
import { hasCode, makeFolder, syncFolder } from '../files/durable-file.js';

/** That it is there says that a restore has begun: what is in place may be half of what was and half of what is to be. */
const formerOf = (folder: string): string => dataFile(folder, 'formerState');
const unfinished = (folder: string): string => `${formerOf(folder)}.unfinished`;

export async function isRestoreBegun(folder: string): Promise<boolean> {
  return (await kindAt(formerOf(folder))) === 'folder';
}

/** Keeps these files as they are, by second names, which take no room on a full disk. One that was kept already stays as it is. */
export async function keepFormerState(folder: string, paths: readonly string[]): Promise<void> {
  if (await isRestoreBegun(folder)) return;
  const kept = unfinished(folder);
  await rm(kept, { recursive: true, force: true });
  await makeFolder(kept);
  for (const path of paths) {
    if ((await kindAt(join(folder, path))) !== 'file') continue;
    await makeFolder(dirname(join(kept, path)));
    await link(join(folder, path), join(kept, path));
    await syncFolder(dirname(join(kept, path)));
  }
  await rename(kept, formerOf(folder));
  await syncFolder(folder);
}

/** Puts back what was kept, and removes what was added to it. Writes no content, so that a full disk does not prevent it. */
export async function goBack(folder: string, added: readonly string[]): Promise<void> {
  const former = formerOf(folder);
  const kept = new Set(await filesIn(former));
  for (const path of kept) await replace(join(former, path), join(folder, path));
  for (const path of added) {
    const target = join(folder, path);
    if (kept.has(path) || (await kindAt(target)) !== 'file') continue;
    await rm(target);
    await syncFolder(dirname(target));
  }
}

/** From now on what is in place is whole, be it the one or the other. */
export async function forgetFormerState(folder: string): Promise<void> {
  if (await isRestoreBegun(folder)) {
    await rm(unfinished(folder), { recursive: true, force: true });
    await rename(formerOf(folder), unfinished(folder));
    await syncFolder(folder);
  }
  await rm(unfinished(folder), { recursive: true, force: true });
}

async function replace(source: string, target: string): Promise<void> {
  const pending = `${target}.${process.pid}.pending`;
  await rm(pending, { force: true });
  await link(source, pending);
  await rename(pending, target);
  // Where both are the same file already, renaming does nothing.
  await rm(pending, { force: true });
  await syncFolder(dirname(target));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}

async function kindAt(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw error;
  }
}
