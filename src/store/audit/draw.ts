import { createHash } from 'node:crypto';
import type { AuditEntry } from './audit-entry.js';

/** How much of a hash makes a number: JavaScript and a shell calculate with these exactly. */
const hexDigits = 12;
const numbers = 16 ** hexDigits;

/**
 * Which of so many candidates an entry draws, from 0. Its hash stands for the candidates and for everything that was recorded before; the
 * signature of the box over it makes the outcome one that nobody else could know before. Anybody can calculate it from the record: see
 * docs/operating.md.
 */
export const drawnIndex = (entry: Pick<AuditEntry, 'hash' | 'signature'>, candidates: number): number =>
  fairIndex(drawNumbers(entry), candidates);

/** The numbers by which an entry draws, one after the other. */
export function* drawNumbers({ hash, signature }: Pick<AuditEntry, 'hash' | 'signature'>): Generator<number, never> {
  if (signature === undefined) throw new TypeError('an entry without a signature draws nothing');
  for (let round = 0; ; round += 1) {
    const digest = createHash('sha256').update(`modcall-draw-1 ${hash} ${signature} ${round}`).digest('hex');
    yield Number.parseInt(digest.slice(0, hexDigits), 16);
  }
}

/** The remainder of the first number below the last whole multiple of the candidates: of all others some candidates would have more. */
export function fairIndex(drawing: Iterable<number>, candidates: number, among = numbers): number {
  if (!Number.isSafeInteger(candidates) || candidates < 1 || candidates > among)
    throw new RangeError(`nothing can be drawn from ${candidates}`);
  const limit = among - (among % candidates);
  for (const number of drawing) if (number < limit) return number % candidates;
  throw new RangeError('there are no more numbers to draw by');
}
