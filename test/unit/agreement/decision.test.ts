import { describe, expect, test } from 'vitest';
import {
  type AgreementInForce,
  agreedQuotaRefusal,
  pairRefusal,
  purposeBy,
  purposeRefusal,
} from '../../../src/agreement/decision.js';
import { periodRefusal } from '../../../src/agreement/periods.js';
import { agreed, anna, ben, mona } from './documents.js';

const day = 24 * 3_600_000;
const minute = 60_000;
const monday = Date.UTC(2026, 2, 2, 8);
const rule = { daysAhead: 3, mostDays: 10 };
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
    const stricter = inForce({ periods: { daysAhead: 4, mostDays: 10 } });
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
  expect(periodRefusal(rule, { ...period, ...change })).toBe(expected);
});

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
