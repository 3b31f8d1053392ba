import type { AuditEntry } from './audit-entry.js';
import { drawnIndex } from './draw.js';

/** A draw as it is calculated from the record. */
export interface CheckedDraw {
  /** Number of the entry with the candidates. */
  readonly draw: number;
  readonly time: string;
  readonly candidates: number;
  /** What the rule draws, from 0; null where it draws nothing from what stands there. */
  readonly index: number | null;
  /** Who that is, and in which call, as the record names them. */
  readonly member: string;
  readonly call: string;
  /** `none`: the record has no result, as where the moderator hung up at once, or the power failed. */
  readonly result: 'right' | 'wrong' | 'none';
}

/**
 * Calculates each draw of a record anew. Whether those entries are what the box wrote, the chain tells: see `verifyAudit`.
 */
export async function* checkedDraws(entries: AsyncIterable<AuditEntry>): AsyncGenerator<CheckedDraw> {
  const begun = new Map<number, AuditEntry>();
  for await (const entry of entries) {
    const { fact, seq } = entry;
    if (fact.type === 'drawBegun') begun.set(seq, entry);
    if (fact.type !== 'drawn') continue;
    const draw = Number(fact.draw);
    const beginning = begun.get(draw);
    // Each is drawn by once.
    begun.delete(draw);
    yield beginning === undefined ? withoutBeginning(entry) : compared(beginning, entry);
  }
  for (const entry of begun.values()) yield { ...drawOf(entry), result: 'none' };
}

function withoutBeginning({ time, fact: { draw, member, call } }: AuditEntry): CheckedDraw {
  const said = { draw: Number(draw), time, member: String(member), call: String(call) };
  return { ...said, candidates: 0, index: null, result: 'wrong' };
}

function compared(beginning: AuditEntry, { fact: result }: AuditEntry): CheckedDraw {
  const drawn = drawOf(beginning);
  const isSame =
    drawn.index === result.index &&
    drawn.member === String(result.member) &&
    drawn.call === String(result.call) &&
    ['session', 'moderator', 'profile', 'purpose'].every((name) => beginning.fact[name] === result[name]);
  return { ...drawn, result: isSame ? 'right' : 'wrong' };
}

function drawOf(entry: AuditEntry): Omit<CheckedDraw, 'result'> {
  const { seq: draw, time } = entry;
  const candidates = candidatesIn(entry);
  const isCalculable = candidates.length > 0 && entry.signature !== undefined && isInOrder(candidates);
  const index = isCalculable ? drawnIndex(entry, candidates.length) : null;
  const chosen = index === null ? undefined : candidates[index];
  return {
    ...{ draw, time, candidates: candidates.length, index },
    ...{ member: chosen?.member ?? '', call: String(chosen?.call ?? '') },
  };
}

interface Candidate {
  readonly member: string;
  readonly call: number;
}

function candidatesIn({ fact: { candidates } }: AuditEntry): readonly Candidate[] {
  if (!Array.isArray(candidates)) return [];
  return candidates.map((each) => ({ member: String(Object(each).member), call: Number(Object(each).call) }));
}

/** In the order of the rule, and nobody twice. */
const isInOrder = (candidates: readonly Candidate[]): boolean =>
  candidates.every((each, index) => {
    const before = candidates[index - 1];
    return (
      before === undefined || before.member < each.member || (before.member === each.member && before.call < each.call)
    );
  });
