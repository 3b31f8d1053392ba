import { describe, expect, test } from 'vitest';
import type { LegId } from '../../../src/primitives/ids.js';
import { ben, city, inside, mona, outside, spare } from '../switchboard/office.js';
import { MonitoringDesk } from './desk.js';

const minute = 60_000;

/** Keys a wrong PIN from outside; returns whether it was compared at all. */
function guess(desk: MonitoringDesk, number: string, trunk = city): boolean {
  const leg = desk.dialsIn(outside(trunk), number);
  desk.keys(leg, '0000#');
  const isCompared = desk.pinChecks.length > 0;
  if (isCompared) desk.pinIsOf(leg, null);
  desk.happens({ type: 'released', leg, cause: 'normal' });
  return isCompared;
}

const count = (desk: MonitoringDesk, tries: number, numberOf: (index: number) => string, trunk = city) =>
  Array.from({ length: tries }, (_, index) => guess(desk, numberOf(index), trunk)).filter(Boolean).length;

const isAsked = (desk: MonitoringDesk, leg: LegId) => desk.stage(leg) === 'pin';

describe('wrong PINs from outside', () => {
  test('under the number of an extension lock nobody in the house, and the record does not call them by it', () => {
    const desk = new MonitoringDesk();
    expect(count(desk, 5, () => mona)).toBe(3);
    expect(desk.facts.map(({ caller }) => caller)).not.toContain(mona);
    expect(desk.facts[0]).toMatchObject({ caller: 'city/201' });
    expect(isAsked(desk, desk.dialsIn(inside(mona)))).toBe(true);
    expect(desk.stage(desk.identified())).toBe('member');
  });

  test('under one number do not lock others, with a number or without', () => {
    const desk = new MonitoringDesk();
    expect(count(desk, 4, () => '0170555')).toBe(3);
    expect([isAsked(desk, desk.dialsIn(outside(city), '0170556')), isAsked(desk, desk.dialsIn(outside(city)))]).toEqual(
      [true, true],
    );
  });

  test('without a number lock a single one of such callers no sooner than the trunk', () => {
    const desk = new MonitoringDesk();
    expect(count(desk, 40, () => '')).toBe(10);
  });

  test('are not unlocked by another number: the trunk locks, for longer each time', () => {
    const desk = new MonitoringDesk();
    expect(count(desk, 45, (index) => `0170${index}`)).toBe(10);
    let tries = 0;
    for (let passed = 0; passed < 24 * 6; passed += 1) {
      desk.passes(10 * minute);
      tries += count(desk, 3, (index) => `0171${passed}${index}`);
    }
    expect(tries).toBeLessThan(40);
  });

  test('lock one trunk and not the other, and in the end all of the outside together', () => {
    const desk = new MonitoringDesk();
    expect(count(desk, 45, (index) => `0170${index}`)).toBe(10);
    expect(isAsked(desk, desk.dialsIn(outside(spare), '0171'))).toBe(true);
    expect(count(desk, 45, (index) => `0170${index}`, spare)).toBe(10);
    desk.passes(31_000);
    expect(Object.keys(desk.state.records.lockouts)).toEqual(
      expect.arrayContaining(['allOfTrunk:city', 'allOutside:']),
    );
    expect(desk.stage(desk.identified())).toBe('member');
  });
});

describe('many who key PINs at once', () => {
  const crowd = (desk: MonitoringDesk, size: number, trunk = city) =>
    Array.from({ length: size }, (_, index) => {
      const leg = desk.dialsIn(outside(trunk), `0170${index}`);
      desk.keys(leg, '0000#');
      return leg;
    });
  const checked = (desk: MonitoringDesk) => desk.pinChecks.map(({ leg }) => leg);

  test('are checked one by one', () => {
    const desk = new MonitoringDesk();
    const [first] = crowd(desk, 8);
    expect(checked(desk)).toEqual([first]);
  });

  test('go after the phones of the house', () => {
    const desk = new MonitoringDesk();
    const [first] = crowd(desk, 8);
    const own = desk.dialsIn(inside(mona));
    desk.keys(own, '1234#');
    if (first) desk.pinIsOf(first, null);
    expect(checked(desk)).toEqual([own]);
  });

  test.each([
    ['phones of the house', inside(mona), inside(ben)],
    ['callers of one trunk', outside(city), outside(city)],
  ])('are checked for the first time before others are again: %s', (_who, waiting, guessing) => {
    const desk = new MonitoringDesk();
    const guesser = desk.dialsIn(guessing, '0170');
    const patient = desk.dialsIn(waiting, '0171');
    const running = desk.dialsIn(waiting, '0172');
    desk.keys(guesser, '0000#');
    desk.keys(running, '0000#');
    desk.keys(patient, '1234#');
    desk.pinIsOf(guesser, null);
    desk.keys(guesser, '0001#');
    for (const leg of [patient, running, guesser]) desk.pinIsOf(leg, null);
  });

  test('take turns with those of another trunk', () => {
    const desk = new MonitoringDesk();
    const [first, second] = crowd(desk, 8);
    const [other] = crowd(desk, 1, spare);
    if (!first || !other) throw new Error('nobody waits');
    desk.pinIsOf(first, null);
    expect(checked(desk)).toEqual([other]);
    desk.pinIsOf(other, mona);
    expect(checked(desk)).toEqual([second]);
  });

  test('are turned away beyond a share of the waiting, and by the lock of their trunk without being looked at', () => {
    const desk = new MonitoringDesk();
    const legs = crowd(desk, 60);
    expect(desk.facts.filter((fact) => fact.type === 'refused' && fact.reason === 'tooManyPins')).toHaveLength(60 - 16);
    for (const leg of legs.slice(0, 10)) desk.pinIsOf(leg, null);
    expect(checked(desk)).toEqual([]);
    expect(legs.map((leg) => desk.stage(leg))).not.toContain('checking');
  });

  test('hold the place of a comparison until it is done, also when they hang up', () => {
    const desk = new MonitoringDesk();
    const [first, second] = crowd(desk, 2);
    const [running] = desk.pinChecks;
    if (!first || !running) throw new Error('nobody waits');
    desk.happens({ type: 'released', leg: first, cause: 'normal' });
    expect(checked(desk)).toEqual([first]);
    desk.happens({ type: 'pinChecked', leg: first, check: running.check, moderator: null });
    expect(checked(desk)).toEqual([second]);
  });
});
