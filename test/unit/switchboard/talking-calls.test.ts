import { expect, test } from 'vitest';
import { talkingCalls } from '../../../src/switchboard/talking-calls.js';
import { anna, ben, cara, Desk, inside, out } from './office.js';

/** Anna talks to Ben; Cara waits for Anna to answer a second call. */
function oneTalksAndOneRings() {
  const desk = new Desk().withPhones(anna, ben);
  const caller = desk.dials(inside(anna), '102');
  desk.happens({ type: 'answered', leg: out(1) });
  const waiting = desk.dials(inside(cara), '101');
  return { desk, caller, waiting };
}

test('are found by the leg of either party, and none that only ring', () => {
  const { desk, caller, waiting } = oneTalksAndOneRings();
  const { all, byLeg } = talkingCalls(desk.state.calls);
  expect(all.map(({ id }) => id)).toEqual([1]);
  expect([byLeg.get(caller), byLeg.get(out(1))]).toEqual([all[0], all[0]]);
  expect([byLeg.has(waiting), byLeg.has(out(2))]).toEqual([false, false]);
});

test('are computed once, until a call is answered or ends', () => {
  const { desk } = oneTalksAndOneRings();
  const before = talkingCalls(desk.state.calls);
  expect(talkingCalls(desk.state.calls)).toBe(before);
  desk.happens({ type: 'answered', leg: out(2) });
  expect(talkingCalls(desk.state.calls).all.map(({ id }) => id)).toEqual([1, 2]);
  desk.happens({ type: 'released', leg: out(1), cause: 'normal' });
  expect(talkingCalls(desk.state.calls).all.map(({ id }) => id)).toEqual([2]);
});
