import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFile } from '../files/data-folder.js';
import { makeFolder } from '../files/durable-file.js';
import { mountedBelow, mountPoints } from '../files/mounts.js';

/** The box itself: that protects against a mistake, not against a broken disk. */
export const ownPlace = 'box';

/**
 * Folders that scheduled backups may go to, by the names that admins choose them by: no path that somebody types reaches the disk.
 * Disks that are not plugged in are not among them.
 */
export async function backupPlaces(
  folder: string,
  below: readonly string[] = mountedBelow,
): Promise<ReadonlyMap<string, string>> {
  const mounted = await mountPoints(below);
  const writable = await Promise.all(mounted.map(async (path) => ((await isDisk(path)) ? path : null)));
  const others = writable.filter((path) => path !== null).map((path) => [path, path] as const);
  return new Map([[ownPlace, dataFile(folder, 'backups')], ...others]);
}

export async function prepareOwnPlace(folder: string): Promise<void> {
  await makeFolder(dataFile(folder, 'backups'));
}

/** On another file system than its parent, and writable: the empty folder of a stick that was pulled out is neither. */
async function isDisk(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    const [here, above] = await Promise.all([stat(path), stat(join(path, '..'))]);
    return here.isDirectory() && here.dev !== above.dev;
  } catch {
    return false;
  }
}
