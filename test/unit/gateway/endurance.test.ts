import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPolicy } from '../monitoring/desk.js';
import { anna, ben, cara, city, outside } from '../switchboard/office.js';
import { grownIn } from './growth.js';
import { House } from './house.js';
import { deeds, People } from './people.js';

const wantedCalls = 10_000;
const warmUpCalls = 1_000;
const day = 86_400_000;

const callsOf = ({ gateway }: House): number => gateway.world.switchboard.nextCall - 1;

test('after ten thousand calls in fifty days nothing has grown, and the box works as on the first day', async () => {
  const house = await House.open({ policy: openPolicy, playbacksEnd: 'whenTold' });
  const office = async () => {
    for (const round of fc.sample(deeds, { numRuns: 50, seed: callsOf(house) })) {
      const people = new People(house);
      for (const deed of round) await people.do(deed);
      await people.everybodyHangsUp();
      await house.passes(day / 24);
    }
  };
  while (callsOf(house) < warmUpCalls) await office();
  await house.passes(day);
  const before = grownIn(house.gateway.world);
  while (callsOf(house) < wantedCalls) await office();
  await house.passes(50 * day);
  expect(grownIn(house.gateway.world)).toBeLessThanOrEqual(before);
  expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
  const moderator = await house.moderator('1234#');
  expect(moderator.progress).toBe('answered');
  house.gateway.stop();
}, 300_000);

test('a monitor of a day goes on, ends with its length, and nothing has grown; whoever was parked meanwhile was let go', async () => {
  const house = await House.open({ policy: openPolicy });
  const { caller, callee } = await house.talk(cara, anna);
  const moderator = await house.moderator('1234#101#');
  const waiting = await house.dials(outside(city), '4930555', '0170');
  const parker = house.calledAt(ben);
  await house.does(() => parker.answer());
  await house.does(() => parker.transferTo('*01'));
  const before = grownIn(house.gateway.world);
  for (let minute = 0; minute < day / 60_000; minute += 1) await house.passes(60_000);
  expect(grownIn(house.gateway.world)).toBeLessThanOrEqual(before);
  expect(waiting.releasedFor).toBe('noAnswer');
  expect(house.hears(moderator)).toEqual([caller.leg, callee.leg].sort());
  await house.does(() => moderator.hangUp());
  expect(house.facts.find(({ type }) => type === 'ended')).toMatchObject({ seconds: day / 1000 });
});
