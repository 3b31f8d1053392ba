import { beforeEach, describe, expect, it } from 'vitest';
import type { FarEnd } from '../../doubles/engine-leg.js';
import { withProfile } from '../monitoring/desk.js';
import { anna, ben, inside, mona } from '../switchboard/office.js';
import { House } from './house.js';

const encrypted = (...ends: readonly FarEnd[]) => {
  for (const end of ends) end.agreeOn('encrypted');
};

describe('an encrypted call', () => {
  let house: House;
  let caller: FarEnd;
  let callee: FarEnd;

  beforeEach(async () => {
    house = await House.open();
    ({ caller, callee } = await house.talk(anna, ben));
    await house.does(() => encrypted(caller, callee));
  });

  it('is told of to those who watch the calls', () => {
    expect(house.notes.filter(({ type }) => type === 'callProtected')).toEqual([
      { type: 'callProtected', call: 1, by: anna, protection: 'encrypted' },
      { type: 'callProtected', call: 1, by: ben, protection: 'encrypted' },
    ]);
  });

  it('is heard by a moderator whose telephone encrypts, until it does no more', async () => {
    const moderator = await house.dials(inside(mona), '*90');
    await house.does(() => encrypted(moderator));
    await house.press(moderator, '1234#101#');
    expect(house.hears(moderator)).toEqual([caller.leg, callee.leg]);
    await house.does(() => moderator.agreeOn('clear'));
    expect(house.hears(moderator)).toEqual([]);
    expect(house.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'notEncrypted' },
      { type: 'refused', reason: 'notEncrypted' },
    ]);
    expect(house.hears(caller)).toEqual([callee.leg]);
  });

  it('is not heard on another telephone', async () => {
    const moderator = await house.moderator('1234#101#');
    expect(house.hears(moderator)).toEqual([]);
    expect(house.factTypes).not.toContain('started');
  });

  it('stays one for whoever takes over', async () => {
    const moderator = await house.dials(inside(mona), '*90');
    await house.does(() => encrypted(moderator));
    await house.press(moderator, '1234#101#8');
    const { protections, switchboard } = house.gateway.world;
    expect([...switchboard.calls.values()]).toMatchObject([{ kind: 'talking', caller: { leg: moderator.leg } }]);
    expect([...protections]).toEqual([
      [callee.leg, 'encrypted'],
      [moderator.leg, 'encrypted'],
    ]);
  });

  it('is forgotten when it ends', async () => {
    await house.does(() => caller.hangUp());
    expect(house.gateway.world.protections.size).toBe(0);
  });

  it('is heard on any line where the profile says so', async () => {
    house = await House.open({ policy: withProfile({ encryptedCalls: 'anyLine' }) });
    ({ caller, callee } = await house.talk(anna, ben));
    await house.does(() => encrypted(caller, callee));
    const moderator = await house.moderator('1234#101#');
    expect(house.hears(moderator)).toEqual([caller.leg, callee.leg]);
  });
});
