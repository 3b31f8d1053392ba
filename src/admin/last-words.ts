import { dirname } from 'node:path';
import { dataFile } from '../store/files/data-folder.js';
import { makeFolder } from '../store/files/durable-file.js';
import { openRegular } from '../store/files/regular-file.js';

/** Writes why the program ends into the log of a data folder, where the log itself cannot do so any more. */
export async function addToLog(dataFolder: string, msg: string): Promise<void> {
  const path = dataFile(dataFolder, 'log');
  await makeFolder(dirname(path));
  const file = await openRegular(path, 'append');
  try {
    await file.writeFile(`${JSON.stringify({ level: 'fatal', time: new Date().toISOString(), msg })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
