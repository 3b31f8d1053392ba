import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { World } from '../../../src/gateway/world.js';
import { openPolicy } from '../monitoring/desk.js';
import { House } from './house.js';
import { deeds, People } from './people.js';

const wantedCalls = 10_000;
const warmUpCalls = 1_000;
const day = 86_400_000;

/** How much is in all maps, sets and lists of a value, however deep. */
function contentOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside: readonly unknown[] =
    value instanceof Map
      ? [...value.values()]
      : value instanceof Set || Array.isArray(value)
        ? [...value]
        : Object.values(value);
  const own = value instanceof Map || value instanceof Set || Array.isArray(value) ? inside.length : 0;
  return inside.reduce<number>((sum, entry) => sum + contentOf(entry), own);
}

/** What may grow with the calls; the directory and the policy are the admin's. */
const grownIn = ({ switchboard, monitoring, liveness, frontPanel }: World): number => {
  const { directory: _directory, ...calls } = switchboard;
  const { policy: _policy, ...sessions } = monitoring;
  return contentOf({ calls, sessions, liveness, frontPanel });
};

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
