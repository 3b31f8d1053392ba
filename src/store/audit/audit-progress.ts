import { z } from 'zod';
import type { BoxKey, BoxPublicKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { readIfThere } from '../files/durable-file.js';
import type { Anchor } from './audit-entry.js';

export const progressSchema = z.strictObject({ counter: z.int().min(0), signature: z.string() });

/**
 * How far the record had come at least, as remembered by a file with another purpose: it gives away an older record that was put back
 * with both its ends.
 */
export type Progress = z.infer<typeof progressSchema>;

/** Where it is remembered. */
const remembering = z.object({ record: progressSchema });

export function signedProgress(key: BoxKey, { counter }: Anchor): Progress {
  return { counter, signature: key.sign('audit-progress', String(counter)) };
}

/** The counter that the record must have reached; 0 if nothing signed by this box says so. */
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
    // Faults of that file are reported where it is read for its own sake.
    return null;
  }
}
