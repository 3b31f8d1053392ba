import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { type AuditEntry, makeEntry, type RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { drawNumbers, drawnIndex, fairIndex } from '../../../../src/store/audit/draw.js';
import { type CheckedDraw, checkedDraws } from '../../../../src/store/audit/draw-check.js';

/** Stands for the signature of a box, which takes too long for so many: another one for each run. */
const secret = randomBytes(32);
const signed = (text: string) => createHmac('sha512', secret).update(text).digest('hex');
const mona = extensionNumber('100');
const of = { session: 1, profile: profileId('support'), caller: '100', purpose: 'quality' };
const members = ['101', '102', '103', '104', '105', '106', '107'].map(extensionNumber);

const begun = (count: number): RecordedFact => ({
  ...{ ...of, type: 'drawBegun', moderator: mona },
  candidates: members.slice(0, count).map((member, index) => ({ member, call: callId(index + 1) })),
});

/** Draws one after the other, as a box records them. */
function record(count: number, candidates: number): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  const add = (fact: RecordedFact): AuditEntry => {
    const previous = entries.at(-1)?.hash ?? '0'.repeat(64);
    const time = new Date(1_700_000_000_000 + entries.length).toISOString();
    const entry = makeEntry(entries.length + 1, { time }, previous, fact, signed);
    entries.push(entry);
    return entry;
  };
  for (let draw = 0; draw < count; draw += 1) {
    const beginning = add(begun(candidates));
    const index = drawnIndex(beginning, candidates);
    const [member = mona, call] = [members[index], callId(index + 1)];
    add({ ...of, type: 'drawn', moderator: mona, member, call, draw: beginning.seq, index });
  }
  return entries;
}

async function checked(entries: readonly AuditEntry[]): Promise<readonly CheckedDraw[]> {
  const all: CheckedDraw[] = [];
  const feed = async function* () {
    yield* entries;
  };
  for await (const draw of checkedDraws(feed())) all.push(draw);
  return all;
}

describe('a draw', () => {
  test('gives every candidate the same chance: chi-square over 10,000 draws, calculated anew from the record', async () => {
    const draws = await checked(record(10_000, 7));
    expect(new Set(draws.map(({ result }) => result))).toEqual(new Set(['right']));
    const times = members.map((member) => draws.filter((draw) => draw.member === member).length);
    const expected = draws.length / members.length;
    const chiSquare = times.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // With 6 degrees of freedom one in ten million is above 42.7: keys and hashes are new each time.
    expect(chiSquare).toBeLessThan(42.7);
    // All the same number of times would be no chance either.
    expect(new Set(times).size).toBeGreaterThan(1);
  });

  test('can be calculated by hand, with sha256sum and the arithmetic of a shell', () => {
    for (const entry of record(20, 7).filter(({ fact }) => fact.type === 'drawBegun')) {
      const byHand = `sum=$(printf 'modcall-draw-1 %s %s 0' "$1" "$2" | sha256sum); echo $(( 0x\${sum:0:12} % 7 ))`;
      const shown = execFileSync('bash', ['-c', byHand, 'bash', entry.hash, entry.signature ?? ''], {
        encoding: 'utf8',
      });
      expect(Number(shown)).toBe(drawnIndex(entry, 7));
    }
  });

  test('goes on to the next number where one would give some candidates more', () => {
    expect(fairIndex([9, 5], 3, 10)).toBe(2);
    expect(fairIndex([8], 3, 10)).toBe(2);
    expect(fairIndex([6, 5, 4], 5, 7)).toBe(4);
    expect(() => fairIndex([6, 5], 5, 7)).toThrow(RangeError);
  });

  test('needs a candidate, and a signature', () => {
    for (const count of [0, -1, 1.5, Number.NaN]) expect(() => fairIndex([1], count)).toThrow(RangeError);
    expect(() => drawnIndex({ hash: 'ab' }, 2)).toThrow(TypeError);
    expect(drawnIndex({ hash: 'ab', signature: 'cd' }, 1)).toBe(0);
  });

  test('has other numbers for each round, each hash and each signature', () => {
    const first = (hash: string, signature: string) => drawNumbers({ hash, signature }).next().value;
    const numbers = drawNumbers({ hash: 'a', signature: 'b' });
    const some = [numbers.next().value, numbers.next().value, first('b', 'b'), first('a', 'c')];
    expect(new Set(some).size).toBe(4);
  });
});

describe('a record of draws that was written with the key of the box, but not by the rule', () => {
  const altered = (entries: readonly AuditEntry[], seq: number, change: object) =>
    entries.map((entry) => (entry.seq === seq ? { ...entry, fact: { ...entry.fact, ...change } } : entry));

  test.each<readonly [string, object]>([
    ['another was taken', { member: '109' }],
    ['another call was taken', { call: 99 }],
    ['the number is another', { index: 8 }],
    ['another moderator got it', { moderator: '109' }],
    ['it names no entry with candidates', { draw: 77 }],
  ])('is wrong where %s', async (_, change) => {
    const draws = await checked(altered(record(1, 5), 2, change));
    expect(draws[0]?.result).toBe('wrong');
  });

  test('is wrong where somebody is a candidate twice, or the order is another', async () => {
    const entries = record(1, 5);
    const candidates = Object(entries[0]?.fact).candidates as readonly object[];
    for (const others of [[...candidates, ...candidates], candidates.toReversed(), []])
      expect((await checked(altered(entries, 1, { candidates: others })))[0]?.result).toBe('wrong');
  });

  test('is wrong where two results come from one draw', async () => {
    const [beginning, result] = record(1, 5);
    if (!beginning || !result) throw new Error('nothing drawn');
    expect((await checked([beginning, result, result])).map((draw) => draw.result)).toEqual(['right', 'wrong']);
  });

  test('tells of what was begun and has no result', async () => {
    expect((await checked(record(2, 5).slice(0, 3))).map((draw) => draw.result)).toEqual(['right', 'none']);
  });
});
