import { describe, expect, test } from 'vitest';
import { callId } from '../../../src/primitives/ids.js';
import { desiredLegs } from '../../../src/switchboard/desired.js';
import { anna, ben, Desk, inside, out } from './office.js';

const hangUp = { type: 'hangUp', call: callId(1), by: 'ada' } as const;
const desiredOf = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));

describe('a call that somebody ends from outside it', () => {
  test('ends for both, with a note of who did it', () => {
    const desk = new Desk().withPhones(ben);
    const caller = desk.dials(inside(anna), '102');
    desk.happens({ type: 'answered', leg: out(1) }, hangUp);
    const release = { kind: 'release', cause: 'normal' };
    expect(desiredOf(desk)).toEqual({ [caller]: release, [out(1)]: release });
    expect(desk.notes.slice(-2)).toMatchObject([
      { type: 'callHungUp', call: 1, by: 'ada' },
      { type: 'callEnded', call: 1, cause: 'normal' },
    ]);
  });

  test('ends while it rings, too', () => {
    const desk = new Desk().withPhones(ben);
    const caller = desk.dials(inside(anna), '102');
    desk.happens(hangUp);
    const release = { kind: 'release', cause: 'cancelled' };
    expect(desiredOf(desk)).toEqual({ [caller]: release, [out(1)]: release });
  });

  test.each([
    ['an emergency number', '112'],
    ['one behind the prefix of a trunk', '0112'],
    ['one behind another exchange, which takes a digit of its own', '00112'],
  ])('goes on when it is one to %s, ringing and answered', (_, number) => {
    const desk = new Desk().withPhones(ben);
    desk.dials(inside(anna), number);
    desk.happens(hangUp);
    expect(desk.state.calls.size).toBe(1);
    desk.happens({ type: 'answered', leg: out(1) }, hangUp);
    expect([desk.state.calls.size, desk.state.releasing.size]).toEqual([1, 0]);
    expect(desk.noteTypes).not.toContain('callHungUp');
  });

  test('may be over already', () => {
    const desk = new Desk().happens(hangUp);
    expect([desk.notes, desk.state.calls.size]).toEqual([[], 0]);
  });
});
