import { z } from 'zod';
import { readIfThere, writeDurably } from '../store/files/durable-file.js';
import { parseJson } from '../store/files/json-text.js';
import { courses } from './rules/course.js';

/** How the machine is to be started anew: once nobody talks, or at once but for emergency calls; not before a time, if there is one. */
export const updateRestart = z.object({
  when: z.enum(['idle', 'now']),
  at: z.iso.datetime().nullable(),
});
export type UpdateRestart = z.output<typeof updateRestart>;

const note = z.object({
  version: z.string(),
  slot: z.string(),
  boot: z.string(),
  isInstalled: z.boolean(),
  fault: z.string().nullable(),
  /** Null where somebody has called it off. */
  restart: updateRestart.nullable(),
  /** Who has ordered it. */
  by: z.object({ name: z.string(), kind: z.enum(['user', 'token', 'console']) }),
  /** What the audit record says of it already. */
  told: z.enum(courses),
});

/** The latest update, as it is remembered over restarts, and by the system that may have to come back. */
export type UpdateNote = z.output<typeof note>;

/** Null where there is none, or none that can be read: an update that nobody remembers is in use or not all the same. */
export async function readNote(path: string): Promise<UpdateNote | null> {
  const parsed = parseJson((await readIfThere(path).catch(() => null)) ?? '');
  return parsed.ok ? (note.nullable().safeParse(parsed.value).data ?? null) : null;
}

export const writeNote = (path: string, content: UpdateNote | null): Promise<void> =>
  writeDurably(path, `${JSON.stringify(content)}\n`);
