import { describe, expect, test } from 'vitest';
import { livenessTimes } from '../../../src/switchboard/liveness.js';
import { anna, ben, inside } from '../switchboard/office.js';
import { House } from './house.js';

const { patience, again } = livenessTimes;

const watched = async () => {
  const house = await House.open();
  const { caller, callee } = await house.talk(anna, ben);
  const moderator = await house.moderator('1234##');
  expect(house.hears(moderator)).toHaveLength(2);
  return { house, caller, callee, moderator };
};

describe('a phone that falls silent', () => {
  test('is probed, and its call ends when it does not answer', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => callee.die());
    expect(callee.probes).toBe(1);
    await house.passes(patience - 1);
    expect(caller.progress).toBe('answered');
    await house.passes(1);
    expect([callee.releasedFor, caller.releasedFor]).toEqual(['peerSilent', 'normal']);
    expect(house.logged).toContainEqual(expect.stringMatching(/peerSilent .*"number":"102"/));
    expect(house.logged).toContainEqual(expect.stringMatching(/callEnded .*"cause":"peerSilent"/));
    expect(house.gateway.world.liveness.silent.size).toBe(0);
    expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
  });

  test('is kept as long as it answers, and probed again', async () => {
    const house = await House.open();
    const { callee } = await house.talk(anna, ben);
    await house.does(() => callee.hold());
    await house.does(() => callee.fallSilent());
    for (let asked = 1; asked <= 50; asked += 1) {
      expect(callee.probes).toBe(asked);
      await house.passes(again);
    }
    expect(callee.progress).toBe('answered');
    await house.does(() => callee.die());
    await house.passes(again);
    await house.passes(patience);
    expect(callee.releasedFor).toBe('peerSilent');
  });

  test('is not even probed while it sends reports', async () => {
    const house = await House.open();
    const { callee } = await house.talk(anna, ben);
    await house.does(() => callee.fallSilent({ reports: 'heard' }));
    await house.passes(again);
    expect(callee.probes).toBe(0);
    await house.does(() => callee.fallSilent({ reports: 'silent', excuse: 'pauses' }));
    expect(callee.probes).toBe(1);
  });

  test('is no longer probed once it is heard again', async () => {
    const house = await House.open();
    const { callee } = await house.talk(anna, ben);
    await house.does(() => callee.die());
    await house.does(() => callee.soundAgain());
    await house.passes(patience);
    await house.passes(again);
    expect([callee.progress, callee.probes]).toEqual(['answered', 1]);
  });

  test('ends a listening at once, and the record says why', async () => {
    const { house, caller, moderator } = await watched();
    await house.does(() => moderator.die());
    await house.passes(patience);
    expect(moderator.releasedFor).toBe('peerSilent');
    expect(house.facts.slice(-2)).toMatchObject([{ type: 'ended', reason: 'peerSilent' }, { type: 'dialogueEnded' }]);
    expect(house.panel.lamps.monitor).toBe('dark');
    expect(caller.progress).toBe('answered');
  });

  test('ends the calls of all three when all of them are dead', async () => {
    const { house, caller, callee, moderator } = await watched();
    for (const far of [caller, callee, moderator]) await house.does(() => far.die());
    await house.passes(patience);
    expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
    expect(house.facts.at(-1)).toMatchObject({ type: 'dialogueEnded' });
  });

  test('is probed only once the call is answered', async () => {
    const house = await House.open();
    const caller = await house.dials(inside(anna), '102');
    const callee = house.calledAt(ben);
    await house.does(() => callee.openEarlyMedia());
    await house.does(() => caller.die());
    await house.passes(patience);
    expect([caller.progress, caller.probes]).toEqual(['earlyMedia', 0]);
    await house.does(() => callee.answer());
    await house.passes(again);
    await house.passes(patience);
    expect(caller.releasedFor).toBe('peerSilent');
  });

  test('never ends an emergency call', async () => {
    const house = await House.open();
    const caller = await house.dials(inside(anna), '112');
    const authority = house.calledAt('trunk');
    await house.does(() => authority.answer());
    await house.does(() => caller.die());
    await house.does(() => authority.die());
    for (let minute = 0; minute < 60; minute += 1) await house.passes(60_000);
    expect([caller.progress, authority.progress, caller.probes]).toEqual(['answered', 'answered', 0]);
  });
});
