import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anna, inside, mona } from '../switchboard/office.js';
import { MonitoringDesk, moderators, openPolicy } from './desk.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Anna is a moderator, too: whoever guesses has a right PIN at hand. */
const policy = { ...openPolicy, groups: new Map([...openPolicy.groups, [moderators, [anna, mona]]]) };

/** How long to wait before dialling in, and the PINs to key until the box hangs up: whose they are, null for a wrong one. */
interface Round {
  readonly waitMs: number | 'untilUnlocked';
  readonly pins: readonly (typeof anna | null)[];
}

const rounds: fc.Arbitrary<readonly Round[]> = fc.array(
  fc.record({
    waitMs: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('untilUnlocked' as const) },
      { weight: 1, arbitrary: fc.constantFrom(0, 29_999, hour, 4 * hour, 8 * hour, day) },
      { weight: 1, arbitrary: fc.nat(day) },
    ),
    pins: fc.array(fc.constantFrom(null, null, null, anna, mona), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 20, maxLength: 60, size: 'max' },
);

/** Keys all PINs from Anna's phone; returns when a wrong one was compared, and not just turned away because of a lock. */
function guess(all: readonly Round[]): readonly number[] {
  const desk = new MonitoringDesk(policy);
  const admitted: number[] = [];
  for (const { waitMs, pins } of all) {
    desk.now += waitMs === 'untilUnlocked' ? untilUnlocked(desk) : waitMs;
    for (const owner of pins) {
      const leg = desk.dialsIn(inside(anna));
      if (desk.stage(leg) !== 'pin') continue;
      desk.keys(leg, '1234#');
      const before = desk.facts.length;
      desk.pinIsOf(leg, owner);
      const isAdmitted = desk.facts.slice(before).some((fact) => fact.type === 'refused' && fact.reason === 'wrongPin');
      if (isAdmitted) admitted.push(desk.now);
      desk.happens({ type: 'released', leg, cause: 'normal' });
    }
  }
  return admitted;
}

function untilUnlocked(desk: MonitoringDesk): number {
  const locks = Object.values(desk.state.records.lockouts).map(({ lockedUntil }) => lockedUntil);
  return Math.max(0, ...locks.map((until) => until - desk.now));
}

/** 14 at most before the lock is a day long, and one for every four hours of patience. */
const allowedWithin = (days: number): number => 14 + 6 * days;

const mostWithin = (days: number, times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + days * day).length));

test('whatever the order of correct and wrong PINs, the wrong attempts of one caller are bounded in every window of time', () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const admitted = guess(all);
      for (const days of [1, 7, 30]) expect(mostWithin(days, admitted)).toBeLessThanOrEqual(allowedWithin(days));
    }),
    { numRuns: 50 },
  );
});

test('a correct PIN after every two wrong ones does not help', () => {
  const greedy: Round = { waitMs: 'untilUnlocked', pins: [null, null, anna] };
  const admitted = guess(Array.from({ length: 50 }, () => greedy));
  expect(mostWithin(1, admitted)).toBeLessThanOrEqual(allowedWithin(1));
});
