import { type FileHandle, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { callId, extensionNumber, groupId, trunkId } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import type { CallRecord, OpenCall } from '../../switchboard/call-records.js';
import { releaseCauses } from '../../switchboard/release-cause.js';
import { makeFolder } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { openRegular } from '../files/regular-file.js';
import { linesOf } from '../files/text-lines.js';

/** Which call records to return. */
export interface CallQuery {
  /** Calls that ended at this time or later. */
  readonly from: UnixTime;
  /** Calls that ended before this time. */
  readonly to: UnixTime;
  /** A number that took part in the call, in any place; null for every call. */
  readonly number: string | null;
}

/** Where a record stands: nothing before it is ever added. */
export interface RecordPlace {
  /** `YYYY-MM`, UTC. */
  readonly month: string;
  /** From 1. */
  readonly line: number;
}

export interface PlacedRecord {
  readonly record: CallRecord;
  readonly place: RecordPlace;
}

/** Later than any call. */
export const endOfTime = Date.UTC(9999, 11, 31);

/** Months whose records are kept besides the present one. */
export const keptMonths = 12;

const fileName = /^(\d{4}-\d{2})\.jsonl$/;

const trunks = z.array(z.string().transform(trunkId));

const time = z.number().min(0).max(endOfTime);

/** A call that has not ended, as it stands on disk. */
export const openCallSchema = z.strictObject({
  call: z.int().min(1).transform(callId),
  startedAt: time,
  answeredAt: time.nullable(),
  from: z.string(),
  route: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('extension'), number: z.string().transform(extensionNumber) }),
    z.strictObject({ kind: z.literal('group'), group: z.string().transform(groupId) }),
    z.strictObject({ kind: z.literal('trunk'), trunks, number: z.string() }),
    z.strictObject({ kind: z.literal('emergency'), trunks, number: z.string() }),
  ]),
  answeredBy: z.string().nullable(),
  via: z.array(
    z.strictObject({ kind: z.enum(['forwarded', 'transferred', 'takenOver']), by: z.string(), to: z.string() }),
  ),
});

const recordSchema = openCallSchema.extend({
  endedAt: time,
  talkedMs: z.number().nullable(),
  cause: z.enum([...releaseCauses, 'boxStopped']),
});

/** Room for the records of a month: some 200,000 calls. Whoever can forge a trunk's address makes calls by the thousand. */
const mostBytesOfMonth = 64 * 1024 * 1024;

/** A call in which the clock was set back by no more than this may have ended before it began. */
const clockSetBackMs = 24 * 3_600_000;

/** Records that wait for the disk: more than the calls of its longest busy moment. */
export const mostWaiting = 2000;

interface MonthFile {
  readonly month: string;
  readonly file: FileHandle;
  bytes: number;
}

/** The records of ended calls: one file a month, added to line by line, so that a call that ends writes no more than itself. */
export class CallStore {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #present: MonthFile | null = null;

  constructor(
    private readonly folder: string,
    private readonly mostBytes = mostBytesOfMonth,
  ) {}

  /**
   * Adds a record; calls may overlap. The system has the line when the promise resolves, so that it outlives this process; a power cut
   * may take those of the last seconds. Rejects where the disk does not take it or does not answer, or the month has as many as are kept.
   */
  async append(record: CallRecord): Promise<void> {
    if (this.#waiting >= mostWaiting)
      throw new Error('the disk does not answer, and too many call records wait for it');
    this.#waiting += 1;
    const next = this.#last.then(() => this.#append(record));
    this.#last = next.catch(() => undefined);
    try {
      await next;
    } finally {
      this.#waiting -= 1;
    }
  }

  /**
   * The records that fit, in the order in which the calls ended. What a power cut or a full disk has torn is left out.
   * @param after Begins behind this place.
   */
  async *records(query: CallQuery, after?: RecordPlace): AsyncGenerator<PlacedRecord> {
    const [first, last] = [monthOf(query.from), monthOf(query.to)];
    const months = (await this.#months()).filter((month) => month >= first && month <= last);
    for (const month of months.filter((each) => !after || each >= after.month)) {
      for await (const placed of this.#recordsOf(month, month === after?.month ? after.line : 0))
        if (fits(placed.record, query)) yield placed;
    }
  }

  /** Those of these calls that have no record: the box may have been killed just after one was made. */
  async unrecorded(calls: readonly OpenCall[]): Promise<readonly OpenCall[]> {
    const left = new Map(calls.map((call) => [keyOf(call), call]));
    const from = Math.min(endOfTime, ...calls.map(({ startedAt }) => startedAt - clockSetBackMs));
    for await (const { record } of this.records({ from, to: endOfTime, number: null })) left.delete(keyOf(record));
    return [...left.values()];
  }

  async *#recordsOf(month: string, known: number): AsyncGenerator<PlacedRecord> {
    let line = 0;
    for await (const { text } of linesOf(this.#path(month))) {
      line += 1;
      const record = line > known ? parseRecord(text) : null;
      if (record) yield { record, place: { month, line } };
    }
  }

  /** Of all records that are kept. */
  async bytes(): Promise<number> {
    const sizes = await Promise.all((await this.#months()).map(async (month) => (await stat(this.#path(month))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#last;
    await this.#present?.file.close();
    this.#present = null;
  }

  async #append(record: CallRecord): Promise<void> {
    const month = monthOf(record.endedAt);
    const present = this.#present?.month === month ? this.#present : await this.#begin(month);
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    if (present.bytes + line.length > this.mostBytes) throw new Error(`${month} has as many call records as are kept`);
    try {
      await present.file.appendFile(line);
    } catch (error) {
      // Half of it may be there, which the next one looks for when it opens the file.
      this.#present = null;
      await present.file.close();
      throw error;
    }
    present.bytes += line.length;
  }

  async #begin(month: string): Promise<MonthFile> {
    await this.#present?.file.close();
    this.#present = null;
    await makeFolder(this.folder);
    const old = (await this.#months()).filter((each) => each !== month).slice(0, -keptMonths);
    await Promise.all(old.map((each) => rm(this.#path(each), { force: true })));
    const file = await openRegular(this.#path(month), 'readAppend');
    try {
      if (await isTorn(file)) await file.appendFile('\n');
      const present = { month, file, bytes: (await file.stat()).size };
      this.#present = present;
      return present;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #months(): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.flatMap((name) => fileName.exec(name)?.[1] ?? []).sort();
  }

  #path(month: string): string {
    return join(this.folder, `${month}.jsonl`);
  }
}

/** Whether the power failed, or the disk was full, in the middle of the last line. */
async function isTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

/** `YYYY-MM`, UTC. */
const monthOf = (time: UnixTime): string => new Date(time).toISOString().slice(0, 7);

function parseRecord(line: string): CallRecord | null {
  const parsed = parseJson(line);
  return recordSchema.safeParse(parsed.ok ? parsed.value : undefined).data ?? null;
}

/** The number of a call may be given again where the numbers have been lost. */
const keyOf = ({ call, startedAt }: OpenCall): string => `${call} ${startedAt}`;

const fits = (record: CallRecord, { from, to, number }: CallQuery): boolean =>
  record.endedAt >= from && record.endedAt < to && (number === null || tookPart(record, number));

function tookPart({ from, route, answeredBy, via }: CallRecord, number: string): boolean {
  const called = 'number' in route ? [route.number] : [];
  return [from, ...called, answeredBy, ...via.flatMap(({ by, to }) => [by, to])].includes(number);
}
