import { stat } from 'node:fs/promises';
import type { Block } from '../../agreement/blocks.js';
import { canonicalJson } from '../../agreement/canonical-json.js';
import { extensionNumber } from '../../primitives/ids.js';
import { parseEntry } from '../audit/audit-entry.js';
import { dataFile } from '../files/data-folder.js';
import { linesOrNone } from '../files/text-lines.js';
import type { EvaluationFact } from './evaluation-fact.js';

/** What the audit record has of sheets. */
export interface RecordedFacts {
  /** Whoever puts back an older file of the sheets, or removes it, has to think of the record, too. */
  readonly blocks: readonly Block[];
  /** The numbers from which to go on; 1 where there was nothing. */
  readonly nextSheet: number;
  readonly nextStep: number;
  /** Sheets of which it does not say that they are gone. */
  readonly present: ReadonlySet<number>;
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
  readonly blocks: Block[] = [];
  readonly present = new Set<number>();
  readonly #known = new Set<string>();
  nextSheet = 1;
  nextStep = 1;

  add(fact: Readonly<Record<string, unknown>>, step: number): void {
    this.#known.add(canonicalJson(fact));
    this.nextStep = Math.max(this.nextStep, step + 1);
    if (typeof fact.sheet === 'number') this.nextSheet = Math.max(this.nextSheet, fact.sheet + 1);
    if (fact.type === 'sheetMade') this.present.add(Number(fact.sheet));
    if (fact.type === 'sheetDeleted') this.present.delete(Number(fact.sheet));
    if (fact.type === 'sheetsLost') this.present.clear();
    for (const block of blockIn(fact)) this.blocks.push(block);
  }

  has(fact: EvaluationFact): boolean {
    return this.#known.has(canonicalJson(fact));
  }
}

function blockIn({ type, moderator, member, until }: Readonly<Record<string, unknown>>): readonly Block[] {
  const ends = Date.parse(String(until));
  if (type !== 'moderatorBlocked' || !Number.isFinite(ends)) return [];
  return [{ moderator: extensionNumber(String(moderator)), member: extensionNumber(String(member)), until: ends }];
}
