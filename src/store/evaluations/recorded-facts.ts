import { stat } from 'node:fs/promises';
import { canonicalJson } from '../../agreement/canonical-json.js';
import { type ExtensionNumber, extensionNumber } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import { parseEntry } from '../audit/audit-entry.js';
import { dataFile } from '../files/data-folder.js';
import { linesOrNone } from '../files/text-lines.js';
import type { EvaluationFact } from './evaluation-fact.js';

/** A block as the record has it: who the users were, it does not say. */
export interface RecordedBlock {
  readonly step: number;
  readonly moderator: ExtensionNumber;
  readonly member: ExtensionNumber;
  /** By the clock on the wall, which may have been ahead then. */
  readonly until: UnixTime;
  readonly days: number;
}

/** What the audit record has of sheets. */
export interface RecordedFacts {
  /** Whoever puts back an older file of the sheets, or removes it, has to think of the record, too. */
  readonly blocks: readonly RecordedBlock[];
  /** The numbers from which to go on; 1 where there was nothing. */
  readonly nextSheet: number;
  readonly nextStep: number;
  /** Sheets of which it does not say that they are gone. */
  readonly present: ReadonlySet<number>;
  /** Those that were deleted: an older file brings none of them back. */
  readonly deleted: ReadonlySet<number>;
  has(fact: EvaluationFact): boolean;
}

/** More than a year of a busy office: a start must not take forever. */
const mostBytes = 256 * 1024 * 1024;

/** Reads the record; of all other entries nothing but the line is looked at. */
export async function recordedFacts(folder: string): Promise<RecordedFacts> {
  const path = dataFile(folder, 'audit');
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  const found = new Found();
  for await (const { text } of linesOrNone(path, Math.max(0, size - mostBytes))) {
    const fact = text.includes('"step":') ? parseEntry(text)?.fact : undefined;
    if (typeof fact?.step === 'number') found.add(fact, fact.step);
  }
  return found;
}

class Found implements RecordedFacts {
  readonly blocks: RecordedBlock[] = [];
  readonly deleted = new Set<number>();
  readonly present = new Set<number>();
  readonly #known = new Set<string>();
  nextSheet = 1;
  nextStep = 1;

  add(fact: Readonly<Record<string, unknown>>, step: number): void {
    this.#known.add(canonicalJson(fact));
    this.nextStep = Math.max(this.nextStep, step + 1);
    if (typeof fact.sheet === 'number') this.nextSheet = Math.max(this.nextSheet, fact.sheet + 1);
    if (fact.type === 'sheetMade') this.present.add(Number(fact.sheet));
    if (fact.type === 'sheetDeleted') this.#delete(Number(fact.sheet));
    if (fact.type === 'sheetsLost') this.present.clear();
    for (const block of blockIn(fact, step)) this.blocks.push(block);
  }

  #delete(sheet: number): void {
    this.present.delete(sheet);
    this.deleted.add(sheet);
  }

  has(fact: EvaluationFact): boolean {
    return this.#known.has(canonicalJson(fact));
  }
}

function blockIn(fact: Readonly<Record<string, unknown>>, step: number): readonly RecordedBlock[] {
  const until = Date.parse(String(fact.until));
  const days = Number(fact.days);
  if (fact.type !== 'moderatorBlocked' || !Number.isFinite(until) || !Number.isFinite(days)) return [];
  const { moderator, member } = fact;
  return [
    {
      ...{ step, until, days },
      moderator: extensionNumber(String(moderator)),
      member: extensionNumber(String(member)),
    },
  ];
}
