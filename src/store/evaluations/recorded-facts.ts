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
  const known = new Set<string>();
  const blocks: Block[] = [];
  const present = new Set<number>();
  let [nextSheet, nextStep] = [1, 1];
  const path = dataFile(folder, 'audit');
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  for await (const { text } of linesOrNone(path, Math.max(0, size - mostBytes))) {
    if (!text.includes('"step":')) continue;
    const fact = parseEntry(text)?.fact ?? {};
    const { step, sheet } = fact;
    if (typeof step !== 'number') continue;
    known.add(canonicalJson(fact));
    nextStep = Math.max(nextStep, step + 1);
    if (typeof sheet === 'number') nextSheet = Math.max(nextSheet, sheet + 1);
    if (fact.type === 'sheetMade') present.add(Number(sheet));
    if (fact.type === 'sheetDeleted') present.delete(Number(sheet));
    if (fact.type === 'sheetsLost') present.clear();
    blocks.push(...blockIn(fact));
  }
  return { blocks, nextSheet, nextStep, present, has: (fact) => known.has(canonicalJson(fact)) };
}

function blockIn({ type, moderator, member, until }: Readonly<Record<string, unknown>>): readonly Block[] {
  const ends = Date.parse(String(until));
  if (type !== 'moderatorBlocked' || !Number.isFinite(ends)) return [];
  return [{ moderator: extensionNumber(String(moderator)), member: extensionNumber(String(member)), until: ends }];
}
