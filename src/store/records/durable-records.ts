import { basename } from 'node:path';
import { z } from 'zod';
import { type Lockouts, withFailure } from '../../monitoring/lockout.js';
import type { KeptState, Quotas } from '../../monitoring/records.js';
import type { ExtensionNumber } from '../../primitives/ids.js';
import type { Instant } from '../../primitives/time.js';
import type { AuditRecord } from '../audit/audit.js';
import { progressSchema } from '../audit/audit-progress.js';
import { readIfThere, setAside } from '../files/durable-file.js';
import { LatestWriter } from '../files/latest-writer.js';

const instant = z.number().min(0);

const recordsSchema = z.strictObject({
  /** Rises with each write, so that older ones that are put back can be told. */
  serial: z.int().min(0).default(0),
  /** When they were written, by the same clock as all instants in them. */
  at: instant.default(0),
  lockouts: z.record(
    z.string(),
    z.strictObject({ failures: z.int().min(0), lockedUntil: instant, lastFailure: instant }),
  ),
  quotas: z.strictObject({ month: z.string(), used: z.record(z.string(), z.int().min(0)) }),
  privateUntil: instant.nullable().default(null),
  /** How far the audit record had come when they were written. */
  record: progressSchema.optional(),
});

const noQuotas: Quotas = { month: '', used: {} };
const nothing: KeptState = { lockouts: {}, quotas: noQuotas, privateUntil: null };

/** Longer than any lock and any privacy last. */
const longestAheadMs = 8 * 24 * 3_600_000;
/** No clock will show that time before the box is scrap. */
const farAway = Date.UTC(2200, 0, 1);

/** Wrong tries held against every moderator when the real count is lost: the sixth locks for four minutes. */
const assumedFailures = 6;

/** What must survive a restart, on disk. */
export interface RecordsFile {
  /** As found at the start, converted to the clock of this start. */
  readonly records: KeptState;
  /** What was wrong; null if the file was intact, or this box never had one. */
  readonly loss: RecordsLoss | null;
  /** Keeps new records. Resolves when these, or newer ones, are on disk; calls in quick succession are written as one. */
  save(records: KeptState): Promise<void>;
}

export type RecordsLoss =
  | { readonly kind: 'missing' }
  /** It is older than what was on disk already. `keptAs`: name under which the file was kept. */
  | { readonly kind: 'damaged' | 'older'; readonly keptAs: string };

export interface RecordsOptions {
  readonly moderators: readonly ExtensionNumber[];
  /** The clock that the rules use. */
  readonly now: () => Instant;
  /** Whether an earlier start has written the file, so that a missing one is a loss. */
  readonly isExpected: boolean;
  /** Where it is remembered how far these have come, and whose own progress is remembered here: whoever puts back one has to think of the other. */
  readonly record: Pick<AuditRecord, 'progress' | 'recordsSerial' | 'rememberRecords'>;
  /** What the audit record tells of the calls monitored this month, for when the count is lost. */
  readonly recount: () => Promise<Quotas>;
}

/**
 * Opens the records. A damaged, lost or older file is replaced by fresh records, but with every moderator locked for a few minutes and with the
 * quotas counted again from the audit record: damage must not be a way around either.
 */
export async function openRecords(path: string, options: RecordsOptions): Promise<RecordsFile> {
  const { now, isExpected, record } = options;
  const writer = new LatestWriter(path);
  const text = await readText(path);
  const found = text === null ? null : parseRecords(text, now());
  let last = Math.max(found?.serial ?? 0, record.recordsSerial);
  const save = async (records: KeptState): Promise<void> => {
    last += 1;
    const serial = last;
    await writer.write(
      `${JSON.stringify({ serial, at: now(), ...records, record: record.progress() ?? undefined })}\n`,
    );
    record.rememberRecords(serial);
  };
  const isOlder = found !== null && found.serial < record.recordsSerial;
  if (found !== null && !isOlder) {
    record.rememberRecords(found.serial);
    return { records: found.records, loss: null, save };
  }
  const loss = await lossOf(path, text, isExpected, isOlder, now());
  const begun = loss === null ? nothing : await cautious(options);
  // If the disk takes nothing, these stay in memory, and the damage is found again at the next start.
  await save(begun).catch(() => undefined);
  return { records: begun, loss, save };
}

/** A file that cannot be read counts as damaged. */
async function readText(path: string): Promise<string | null> {
  return readIfThere(path).catch(() => '');
}

async function lossOf(
  path: string,
  text: string | null,
  isExpected: boolean,
  isOlder: boolean,
  now: number,
): Promise<RecordsLoss | null> {
  if (text === null) return isExpected ? { kind: 'missing' } : null;
  const keptAs = await setAside(path, now).catch(() => basename(path));
  return { kind: isOlder ? 'older' : 'damaged', keptAs };
}

async function cautious({ moderators, now, recount }: RecordsOptions): Promise<KeptState> {
  const quotas = await recount().catch(() => noQuotas);
  return { ...nothing, lockouts: lockedModerators(moderators, now()), quotas };
}

function parseRecords(text: string, now: Instant): { readonly serial: number; readonly records: KeptState } | null {
  try {
    const found = recordsSchema.safeParse(JSON.parse(text)).data;
    return found && isPlausible(found, now) ? { serial: found.serial, records: movedTo(found, now) } : null;
  } catch {
    return null;
  }
}

/** A moment that no rule can have set is damage: by one of them somebody would be locked out, or monitoring closed, for ever. */
function isPlausible({ at, lockouts, privateUntil }: z.infer<typeof recordsSchema>, now: Instant): boolean {
  const latest = Math.max(at, now) + longestAheadMs;
  const instants = Object.values(lockouts).flatMap(({ lockedUntil, lastFailure }) => [lockedUntil, lastFailure]);
  return at < farAway && [...instants, privateUntil ?? 0].every((each) => each <= latest);
}

/**
 * Converts instants from the clock of an earlier start to that of this one. If the wall clock has gone back meanwhile, no time is taken to
 * have passed: a lock of 30 s then has 30 s left, not the years until the clock is right.
 */
function movedTo({ at, ...found }: z.infer<typeof recordsSchema>, now: Instant): KeptState {
  const shift = Math.min(0, now - at);
  const moved = (instant: number) => Math.max(0, instant + shift);
  const lockouts = Object.entries(found.lockouts).map(([key, { failures, lockedUntil, lastFailure }]) => [
    key,
    { failures, lockedUntil: moved(lockedUntil), lastFailure: moved(lastFailure) },
  ]);
  const privateUntil = found.privateUntil === null ? null : moved(found.privateUntil);
  return { lockouts: Object.fromEntries(lockouts), quotas: found.quotas, privateUntil };
}

function lockedModerators(moderators: readonly ExtensionNumber[], now: Instant): Lockouts {
  const keys = moderators.map((number) => `moderator:${number}`);
  return Array.from({ length: assumedFailures }).reduce<Lockouts>((lockouts) => withFailure(lockouts, keys, now), {});
}
