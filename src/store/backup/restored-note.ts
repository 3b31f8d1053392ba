import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { dataFile } from '../files/data-folder.js';
import { readIfThere, syncFolder, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import type { AccessFact } from '../users/access-fact.js';
import { manifestSchema } from './backup-content.js';

/** Who ordered something, as the audit record names them. */
export const bySchema = z.strictObject({ by: z.string().max(500), byKind: z.enum(['user', 'token', 'console']) });

const noteSchema = bySchema.extend(manifestSchema.pick({ created: true, modcall: true, hardwareId: true }).shape);
export type RestoredNote = z.output<typeof noteSchema>;

/** Keeps what was restored: the record is opened only after it, and the power may fail in between. */
export async function noteRestored(folder: string, { by, byKind, created, modcall, hardwareId }: RestoredNote) {
  await writeDurably(
    dataFile(folder, 'restored'),
    JSON.stringify({ by, byKind, created, modcall, hardwareId } satisfies RestoredNote),
  );
}

/** Adds to the audit record what was restored since it was last open. What it does not take is added the next time. */
export async function recordRestored(folder: string, record: (fact: AccessFact) => Promise<void>): Promise<void> {
  const path = dataFile(folder, 'restored');
  const text = await readIfThere(path);
  if (text === null) return;
  const parsed = parseJson(text);
  const { data } = noteSchema.safeParse(parsed.ok ? parsed.value : undefined);
  if (data) await record({ type: 'backupRestored', ...data });
  await rm(path, { force: true });
  await syncFolder(folder);
}
