import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AgreementInForce,
  agreedQuotaRefusal,
  pairRefusal,
  purposeBy,
  purposeRefusal,
} from '../../../src/agreement/decision.js';
import {
  isAnnounced,
  isRemembered,
  type Period,
  periodRefusal,
  tooCloseFor,
  withdrawnAt,
} from '../../../src/agreement/periods.js';
import { agreed, anna, ben, mona } from './documents.js';

const day = 24 * 3_600_000;
const minute = 60_000;
const monday = Date.UTC(2026, 2, 2, 8);
const rule = { daysAhead: 3, mostDays: 10, gapDays: 2 };
const period = { id: 1, members: [anna], from: monday, to: monday + 5 * day, announced: monday - 3 * day };

const inForce = (change: Partial<AgreementInForce['document']> = {}, periods = [period]): AgreementInForce => ({
  hash: 'ab',
  document: { ...agreed, ...change },
  periods,
});

describe('who listens to whom, and when', () => {
  test('is what was agreed on', () => {
    expect(pairRefusal(inForce(), { moderator: mona, member: anna }, null)).toBeUndefined();
    expect(pairRefusal(inForce(), { moderator: anna, member: mona }, null)).toBe('notAgreed');
    expect(pairRefusal(inForce({ listening: [] }), { moderator: mona, member: anna }, null)).toBe('notAgreed');
  });

  test.each<readonly [string, number | null, string | undefined]>([
    ['a minute before it begins', monday - minute, 'outsidePeriod'],
    ['when it begins', monday, undefined],
    ['in its last minute', period.to - minute, undefined],
    ['when it ends', period.to, 'outsidePeriod'],
    ['a minute after it ended', period.to + minute, 'outsidePeriod'],
    ['while the clock cannot be trusted', null, 'outsidePeriod'],
  ])('of an announced period: %s', (_, time, expected) => {
    expect(pairRefusal(inForce({ periods: rule }), { moderator: mona, member: anna }, time)).toBe(expected);
  });

  test('is no other member than those to whom it was announced', () => {
    expect(pairRefusal(inForce({ periods: rule }), { moderator: mona, member: ben }, monday)).toBe('outsidePeriod');
  });

  test('is closed in a period that a stricter agreement would not have let be announced', () => {
    const stricter = inForce({ periods: { daysAhead: 4, mostDays: 10, gapDays: 2 } });
    expect(pairRefusal(stricter, { moderator: mona, member: anna }, monday)).toBe('outsidePeriod');
  });
});

test.each<readonly [string, object, string | undefined]>([
  ['in time', {}, undefined],
  ['a moment too late', { announced: period.announced + 1 }, 'periodTooSoon'],
  ['after it began', { announced: period.from + 1 }, 'periodTooSoon'],
  ['for as long as possible', { to: period.from + 10 * day }, undefined],
  ['for too long', { to: period.from + 10 * day + 1 }, 'periodTooLong'],
  ['for no time at all', { to: period.from }, 'periodEmpty'],
])('a period announced %s', (_, change, expected) => {
  expect(periodRefusal(rule, { ...period, ...change }, [])).toBe(expected);
});

test.each<readonly [string, object, string | undefined]>([
  ['right before it', { from: monday - 5 * day, to: monday }, 'periodTooClose'],
  ['a moment less than the gap after it', { from: period.to + 2 * day - 1, to: period.to + 3 * day }, 'periodTooClose'],
  ['across it', { from: monday - day, to: monday + 7 * day }, 'periodTooClose'],
  ['with the gap after it', { from: period.to + 2 * day, to: period.to + 3 * day }, undefined],
  ['with the gap before it', { from: monday - 7 * day, to: monday - 2 * day }, undefined],
  ['at the same time for another member', { members: [ben] }, undefined],
])('a period beside one of the same member: %s', (_, change, expected) => {
  const next = { ...period, announced: monday - 30 * day, ...change };
  expect(periodRefusal(rule, next, [period])).toBe(expected);
  expect(tooCloseFor(rule, next, [period])).toBe(expected && anna);
});

test('a period that is over is remembered as long as the next one has to keep its distance', () => {
  expect(isRemembered(rule, period, period.to + 2 * day - 1)).toBe(true);
  expect(isRemembered(rule, period, period.to + 2 * day)).toBe(false);
});

test('of a period that is withdrawn what has passed still counts', () => {
  expect(withdrawnAt(period, monday)).toBeNull();
  expect(withdrawnAt(period, monday + day)).toEqual({ ...period, to: monday + day });
  expect(withdrawnAt(period, period.to + day)).toEqual(period);
});

test('however periods are announced, nobody may be listened to for longer than agreed on without a gap', () => {
  const hour = day / 24;
  const wishes = fc.array(
    fc.record({
      members: fc.subarray([anna, ben], { minLength: 1 }),
      from: fc.integer({ min: 0, max: 20 }),
      days: fc.integer({ min: 0, max: 5 }),
      withdrawn: fc.option(fc.integer({ min: 0, max: 25 })),
      isForced: fc.boolean(),
    }),
    { maxLength: 12 },
  );
  const short = { daysAhead: 0, mostDays: 3, gapDays: 2 };
  fc.assert(
    fc.property(wishes, (all) => {
      let periods: readonly Period[] = [];
      for (const [index, { members, from, days, withdrawn, isForced }] of all.entries()) {
        const next = { id: index + 1, members, from: from * day, to: (from + days) * day, announced: 0 };
        // What came in under another agreement has to be judged again.
        if (isForced || periodRefusal(short, next, periods) === undefined) periods = [...periods, next];
        if (withdrawn === null) continue;
        periods = periods.flatMap((each) => (each.id === index + 1 ? withdrawnAt(each, withdrawn * day) : each) ?? []);
      }
      const open = Array.from({ length: 26 * 24 }, (_, at) => isAnnounced(short, periods, anna, at * hour));
      expectStretches(open, { most: 3 * 24, gap: 2 * 24 });
    }),
  );
});

/** Times that are open in a row, and the closed ones between two of them. */
function expectStretches(open: readonly boolean[], { most, gap }: { readonly most: number; readonly gap: number }) {
  const text = open.map((isOpen) => (isOpen ? 'o' : '-')).join('');
  for (const stretch of text.match(/o+/g) ?? []) expect(stretch.length).toBeLessThanOrEqual(most);
  for (const between of text.match(/(?<=o)-+(?=o)/g) ?? []) expect(between.length).toBeGreaterThanOrEqual(gap);
}

test('a purpose is named by its key or its name, and has to be one of the list', () => {
  expect(purposeBy(inForce(), '2')).toBe('complaint');
  expect(purposeBy(inForce(), 'training')).toBe('training');
  expect(purposeBy(inForce(), '3')).toBeUndefined();
  expect(purposeRefusal(inForce(), 'training')).toBeUndefined();
  expect(purposeRefusal(inForce(), 'curiosity')).toBe('noPurpose');
  expect(purposeRefusal(inForce(), null)).toBe('noPurpose');
});

test.each<readonly [object, { calls: number; otherMembers: number }, string | undefined]>([
  [{ callsPerMember: 3 }, { calls: 2, otherMembers: 99 }, undefined],
  [{ callsPerMember: 3 }, { calls: 3, otherMembers: 0 }, 'agreedCallsUsedUp'],
  [{ membersPerMonth: 2 }, { calls: 0, otherMembers: 1 }, undefined],
  [{ membersPerMonth: 2 }, { calls: 0, otherMembers: 2 }, 'agreedMembersUsedUp'],
  [{ membersPerMonth: 2 }, { calls: 7, otherMembers: 1 }, undefined],
])('the quota %o after %o: %s', (quota, use, expected) => {
  const none = { callsPerMember: null, membersPerMonth: null };
  expect(agreedQuotaRefusal(inForce({ quota: { ...none, ...quota } }), use)).toBe(expected);
});
