import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { moderators, openPolicy } from '../monitoring/desk.js';
import { cara, mona } from '../switchboard/office.js';
import { House } from './house.js';
import { deeds, People } from './people.js';

/** How long a short press of the house's button keeps monitoring closed. */
const blockMs = 60_000;

const policy = { ...openPolicy, groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]) };

async function pressButton(house: House): Promise<void> {
  house.panel.setButton(true);
  await house.passes(100);
  house.panel.setButton(false);
  await house.passes(100);
}

/** Nobody in a moderator's dialogue hears or is heard, and the parties hear nothing of one. */
function expectPrivacy({ house, parties }: People): void {
  for (const { leg } of house.gateway.world.monitoring.sessions.values()) {
    expect(house.hears({ leg }), `${leg} hears`).toEqual([]);
    for (const party of parties) expect(house.hears(party), `${leg} is heard`).not.toContain(leg);
  }
  expect(house.panel.lamps.monitor).toBe('dark');
}

test('after a press of the button no monitor runs or begins until the block is over, whatever anybody does', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, deeds, fc.boolean(), async (before, after, isDiskBusy) => {
      const people = new People(await House.open({ policy, playbacksEnd: 'whenTold' }));
      const { house } = people;
      for (const deed of before) await people.do(deed);
      house.isDiskBusy = isDiskBusy;
      await pressButton(house);
      expectPrivacy(people);
      const until = house.now + blockMs;
      const startedBefore = house.facts.filter(({ type }) => type === 'started').length;
      for (const deed of after) {
        await people.do(deed);
        await house.diskWrites(1);
        if (house.now >= until - 1000) break;
        expectPrivacy(people);
        expect(house.facts.filter(({ type }) => type === 'started')).toHaveLength(startedBefore);
      }
      house.gateway.stop();
    }),
    { numRuns: 60 },
  );
});

test('the block lasts as long as it says, from the last press', async () => {
  const house = await House.open({ policy, playbacksEnd: 'whenTold' });
  await house.talk(cara, mona);
  const isAsked = async () => house.isTold(await house.moderator('')).includes('enter-pin');
  await pressButton(house);
  await house.passes(blockMs / 2);
  await pressButton(house);
  await house.passes(blockMs - 201);
  expect(await isAsked()).toBe(false);
  await house.passes(201);
  expect(await isAsked()).toBe(true);
});

test('privacy is kept for the next start, and so is its end', async () => {
  const house = await House.open({ policy });
  await pressButton(house);
  expect(house.kept.at(-1)?.privateUntil).toBe(house.now + blockMs);
  await house.passes(blockMs);
  expect(house.kept.at(-1)?.privateUntil).toBeNull();
});

test('a deadline 50 days ahead is split into waits that a timer can hold', async () => {
  const dayMs = 24 * 3_600_000;
  const house = await House.open({ policy, privacyMs: 50 * dayMs });
  const isBlocked = () => house.gateway.world.frontPanel.blockedUntil !== null;
  await pressButton(house);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const waits = vi.spyOn(globalThis, 'setTimeout');
  house.gateway.dispatch({ type: 'tick' });
  for (let day = 0; day < 50; day += 1) {
    expect(isBlocked()).toBe(true);
    house.now += dayMs;
    vi.advanceTimersByTime(dayMs);
  }
  expect(isBlocked()).toBe(false);
  const longest = Math.max(...waits.mock.calls.map(([, ms = 0]) => ms));
  expect(longest).toBe(2 ** 31 - 1);
  vi.useRealTimers();
  house.gateway.stop();
});
