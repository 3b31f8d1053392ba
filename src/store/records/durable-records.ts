import { basename } from 'node:path';
import { z } from 'zod';
import { type Lockouts, withFailure } from '../../monitoring/lockout.js';
import type { DurableRecords } from '../../monitoring/records.js';
import type { ExtensionNumber, Instant } from '../../primitives/ids.js';
import { readIfThere, setAside, writeDurably } from '../files/durable-file.js';

const instant = z.number().min(0);

const recordsSchema = z.strictObject({
  lockouts: z.record(
    z.string(),
    z.strictObject({ failures: z.int().min(0), lockedUntil: instant, lastFailure: instant }),
  ),
  quotas: z.strictObject({ month: z.string(), used: z.record(z.string(), z.int().min(0)) }),
});

const noRecords: DurableRecords = { lockouts: {}, quotas: { month: '', used: {} } };

/** Wrong tries held against every moderator when the real count is lost: the sixth locks for four minutes. */
const assumedFailures = 6;

/** What must survive a restart, on disk. */
export interface RecordsFile {
  /** As found at the start. */
  readonly records: DurableRecords;
  /** Name under which a damaged file was kept; null when it was sound or there was none. */
  readonly damaged: string | null;
  /** Keeps new records. Resolves when these, or newer ones, are on disk; calls in quick succession are written as one. */
  save(records: DurableRecords): Promise<void>;
}

/**
 * Opens the records. A damaged file is set aside for inspection and fresh records begin, but with every moderator locked for a few
 * minutes: damage must not be a way around a lockout.
 */
export async function openRecords(
  path: string,
  moderators: readonly ExtensionNumber[],
  now: Instant,
): Promise<RecordsFile> {
  const text = await readIfThere(path);
  const writer = new LatestWriter(path);
  const save = (records: DurableRecords) => writer.write(`${JSON.stringify(records)}\n`);
  if (text === null) return { records: noRecords, damaged: null, save };
  const records = parseRecords(text);
  if (records !== null) return { records, damaged: null, save };
  const cautious = { ...noRecords, lockouts: lockedModerators(moderators, now) };
  // On a disk that takes nothing the damage is found again at the next start, and these stay in memory.
  const damaged = await setAside(path, now).catch(() => basename(path));
  await save(cautious).catch(() => undefined);
  return { records: cautious, damaged, save };
}

function parseRecords(text: string): DurableRecords | null {
  try {
    return recordsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function lockedModerators(moderators: readonly ExtensionNumber[], now: Instant): Lockouts {
  const keys = moderators.map((number) => `moderator:${number}`);
  return Array.from({ length: assumedFailures }).reduce<Lockouts>((lockouts) => withFailure(lockouts, keys, now), {});
}

/** Writes a file again and again; while one write runs, only the newest of the waiting contents is kept. */
class LatestWriter {
  private running: Promise<void> | null = null;
  private waiting: { text: string; done: Promise<void> } | null = null;

  constructor(private readonly path: string) {}

  write(text: string): Promise<void> {
    if (this.waiting) {
      this.waiting.text = text;
      return this.waiting.done;
    }
    const entry = { text, done: Promise.resolve() };
    const before = this.running?.catch(() => undefined) ?? Promise.resolve();
    entry.done = before.then(() => {
      this.waiting = null;
      return writeDurably(this.path, entry.text);
    });
    this.waiting = entry;
    this.running = entry.done;
    return entry.done;
  }
}
