import { openDataFolder } from '../store/files/data-folder.js';

export { dataFile, isInUse, requireDataFolder } from '../store/files/data-folder.js';
export { connectSocket } from '../store/files/unix-socket.js';

/**
 * Does something to the files of a box that does not run, which cannot be started meanwhile.
 * @throws DataFolderInUse
 */
export async function holdingDataFolder<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  const folder = await openDataFolder(path);
  try {
    return await action();
  } finally {
    await folder.release();
  }
}
