import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { dataFile, type dataFiles } from './files/data-folder.js';
import { hasCode, syncFolder } from './files/durable-file.js';

/**
 * What people have set up, and sheets, which concern users of then. What the box is (identity, licence, board), what was agreed upon, and what has happened (audit record, calls, log)
 * is not among it.
 */
const setUp: readonly (keyof typeof dataFiles)[] = [
  'users',
  'lastGoodSettings',
  'settingsHistory',
  'settings',
  'callHandling',
  'prompts',
  'installedCertificate',
  'confirmedWeb',
  'backupSchedule',
  'phoneFetches',
  'demo',
  'uploadedBackup',
  'evaluations',
];

/** Removes from the data folder, which the caller holds, what people have set up. A power cut leaves some of it; doing it again removes the rest. */
export async function removeSetUp(folder: string): Promise<void> {
  for (const name of setUp) {
    const path = dataFile(folder, name);
    await rm(path, { recursive: true, force: true });
    await syncFolder(dirname(path)).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
    });
  }
}
