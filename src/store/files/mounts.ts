import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where sticks and disks are mounted. */
export const mountedBelow: readonly string[] = ['/media', '/mnt'];

/** Folders at which a stick or disk may be. */
export async function mountPoints(below: readonly string[]): Promise<readonly string[]> {
  return (await Promise.all(below.map(foldersIn))).flat();
}

async function foldersIn(parent: string): Promise<readonly string[]> {
  const names = await readdir(parent).catch(() => []);
  return names.map((name) => join(parent, name));
}
