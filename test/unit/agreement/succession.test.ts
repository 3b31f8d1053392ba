import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/agreement/canonical-json.js';
import {
  type AgreementInForce,
  agreedQuotaRefusal,
  pairRefusal,
  purposeRefusal,
} from '../../../src/agreement/decision.js';
import {
  type Agreement,
  type AgreementDocument,
  type Signer,
  sides,
  signers,
} from '../../../src/agreement/document.js';
import type { Period } from '../../../src/agreement/periods.js';
import { successionRefusal } from '../../../src/agreement/succession.js';
import { agreed, anna, ben, cara, changes, documents, mona } from './documents.js';

/** The text stands in for its hash. */
const of = (document: AgreementDocument): Agreement => ({ document, hash: canonicalJson(document) });

const first = of(agreed);
const replacing = (present: Agreement, change: Partial<AgreementDocument>): Agreement =>
  of({ ...present.document, version: present.document.version + 1, previous: present.hash, ...change });
const signed = (next: Agreement, ...by: readonly Signer[]) => ({ ...next, signedBy: new Set(by) });

const tighter = replacing(first, { modes: [] });
const looser = replacing(first, { recordingDays: 10 });

describe('a document comes into force', () => {
  test.each<readonly [string, Agreement | null, ReturnType<typeof signed>, string | undefined]>([
    ['the first one, by both', null, signed(first, 'employer', 'council'), undefined],
    ['the first one, by one', null, signed(first, 'employer'), 'needsBoth'],
    ['a tighter one, by the council', first, signed(tighter, 'council'), undefined],
    ['a tighter one, by the employer', first, signed(tighter, 'employer'), undefined],
    ['a tighter one, by nobody', first, signed(tighter), 'unsigned'],
    ['a looser one, by the employer', first, signed(looser, 'employer'), 'needsBoth'],
    ['a looser one, by the council', first, signed(looser, 'council'), 'needsBoth'],
    ['a looser one, by both', first, signed(looser, 'employer', 'council'), undefined],
    ['one that says the same, by one', first, signed(replacing(first, {}), 'council'), 'needsBoth'],
    ['the present one', first, signed(first, 'employer', 'council'), 'isInForce'],
    ['one that was replaced', tighter, signed(first, 'employer', 'council'), 'olderVersion'],
    ['another of the same number', tighter, signed(looser, 'employer', 'council'), 'olderVersion'],
    ['one that leaves one out', first, signed(replacing(first, { version: 3 }), 'employer', 'council'), 'notNext'],
    [
      'one that follows on another',
      tighter,
      signed(replacing(looser, { version: 3 }), 'employer', 'council'),
      'notFollowing',
    ],
    ['a second one where there is none', null, signed(tighter, 'employer', 'council'), 'notNext'],
    [
      'a first one that follows on another',
      null,
      signed(of({ ...agreed, previous: 'ab' }), 'employer', 'council'),
      'notFollowing',
    ],
  ])('%s', (_, present, next, expected) => {
    expect(successionRefusal(present, next)).toBe(expected);
  });
});

const noon = Date.UTC(2026, 2, 4, 12);
const day = 24 * 3_600_000;
const periods: fc.Arbitrary<readonly Period[]> = fc.array(
  fc.record({
    id: fc.nat(9),
    members: fc.subarray([anna, ben]),
    from: fc.constantFrom(noon - day, noon, noon + 1),
    to: fc.constantFrom(noon, noon + day, noon + 9 * day),
    announced: fc.constantFrom(noon - 10 * day, noon - 5 * day, noon - day, noon),
  }),
  { maxLength: 3 },
);

/** Everything that somebody may do under a document at noon, one by one. */
function allowed(agreement: AgreementInForce): ReadonlySet<string> {
  const { document } = agreement;
  const pairs = [mona, cara].flatMap((moderator) => [anna, ben].map((member) => ({ moderator, member })));
  const deeds = pairs.flatMap((pair) =>
    ['training', 'complaint', 'help'].flatMap((purpose) =>
      [0, 1, 2, 3].flatMap((calls) =>
        [0, 1, 2].flatMap((otherMembers) => {
          const refusal =
            pairRefusal(agreement, pair, noon) ??
            purposeRefusal(agreement, purpose) ??
            agreedQuotaRefusal(agreement, { calls, otherMembers });
          return refusal === undefined ? [`${pair.moderator} ${pair.member} ${purpose} ${calls} ${otherMembers}`] : [];
        }),
      ),
    ),
  );
  const silence = sides.flatMap((side) => {
    const { start, toneEvery } = document.notice[side];
    const untold = { none: ['none', 'tone'], tone: ['tone'], announcement: [] }[start];
    const seconds = [5, 30, 60, 600].filter((each) => toneEvery === null || each <= toneEvery);
    return [...untold.map((each) => `${side} ${each}`), ...seconds.map((each) => `${side} every ${each}`)];
  });
  const days = Array.from({ length: 40 }, (_, index) => index + 1);
  const recording = days.filter((each) => each <= (document.recordingDays ?? 0)).map((each) => `recording ${each}`);
  return new Set([...deeds, ...silence, ...document.modes, ...recording]);
}

describe('in any order of documents, signed by anybody', () => {
  test('one of the two alone never allows what was not allowed', () => {
    let inForce = 0;
    fc.assert(
      fc.property(documents, changes, periods, fc.constantFrom(...signers), (begin, all, announced, signer) => {
        let present = of(begin);
        const atFirst = allowed({ ...present, periods: announced });
        for (const change of all) {
          const next = replacing(present, change);
          if (successionRefusal(present, signed(next, signer)) !== undefined) continue;
          inForce += 1;
          present = next;
        }
        for (const deed of allowed({ ...present, periods: announced })) expect(atFirst).toContain(deed);
      }),
      { numRuns: 300, seed: 5 },
    );
    expect(inForce).toBeGreaterThan(50);
  });

  test('whatever a document allows that the one before did not needs both', () => {
    fc.assert(
      fc.property(documents, documents, periods, (one, other, announced) => {
        const present = of(one);
        const next = replacing(present, { ...other, version: 2, previous: present.hash });
        const before = allowed({ ...present, periods: announced });
        const isMore = [...allowed({ ...next, periods: announced })].some((deed) => !before.has(deed));
        if (isMore) expect(successionRefusal(present, signed(next, 'employer'))).toBe('needsBoth');
      }),
      { numRuns: 300 },
    );
  });
});
