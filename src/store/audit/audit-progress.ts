import { z } from 'zod';
import type { BoxKey, BoxPublicKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { readIfThere } from '../files/durable-file.js';
import type { Anchor } from './audit-entry.js';

export const progressSchema = z.strictObject({ counter: z.int().min(0), signature: z.string() });

/** How far the record had come at least, as a file with another purpose remembers it: an older record put back with its ends is told by it. */
export type Progress = z.infer<typeof progressSchema>;

/** Where it is remembered. */
const remembering = z.object({ record: progressSchema });

export function signedProgress(key: BoxKey, { counter }: Anchor): Progress {
  return { counter, signature: key.sign('audit-progress', String(counter)) };
}

/** The counter that the record has to have reached; 0 where nothing that this box signed tells. */
export async function rememberedCounter(folder: string, key: BoxPublicKey | null): Promise<number> {
  const progress = await remembered(folder);
  if (progress === null) return 0;
  return key?.isSigned('audit-progress', String(progress.counter), progress.signature) ? progress.counter : 0;
}

/** Whether there has been a record with a signed end, whoever signed it. */
export async function isRecordRemembered(folder: string): Promise<boolean> {
  return (await remembered(folder)) !== null;
}

async function remembered(folder: string): Promise<Progress | null> {
  try {
    const text = await readIfThere(dataFile(folder, 'records'));
    return remembering.parse(JSON.parse(text ?? '')).record;
  } catch {
    // What is wrong with that file is said where it is read for its own sake.
    return null;
  }
}
