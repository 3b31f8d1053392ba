import { describe, expect, test } from 'vitest';
import type { MonitoringPolicy } from '../../../src/monitoring/profile.js';
import { usualHandling } from '../../../src/switchboard/handling/call-handling.js';
import { moderators, openPolicy } from '../monitoring/desk.js';
import { anna, ben, cara, inside, mona } from '../switchboard/office.js';
import { House } from './house.js';

const policy: MonitoringPolicy = {
  ...openPolicy,
  groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]),
};
const open = (rules = policy) => House.open({ policy: rules, playbacksEnd: 'whenTold' });

/** Anna talks to Ben, and dials the code on a second line. */
async function asked(rules = policy) {
  const house = await open(rules);
  const { caller, callee } = await house.talk(anna, ben);
  const second = await house.dials(inside(anna), '*9');
  return { house, caller, callee, second, phones: [house.calledAt(mona), house.calledAt(cara)] as const };
}

describe('the code that asks for help', () => {
  test('lets the telephones of the moderators ring, and says so', async () => {
    const { house, second, phones } = await asked();
    expect(house.isTold(second)).toEqual(['help-called']);
    expect(phones.map(({ calledAs }) => calledAs?.callerId.number)).toEqual([anna, anna]);
    await house.does(() => house.engine.endPlaybacks(second.leg));
    expect(second.progress).toBe('released');
    expect(phones.map(({ progress }) => progress)).not.toContain('released');
  });

  test('whoever picks up first whispers, and the others fall silent', async () => {
    const { house, caller, callee, phones } = await asked();
    await house.does(() => phones[1].answer());
    expect(house.hears(phones[1])).toEqual([caller.leg, callee.leg].sort());
    expect(house.hears(caller)).toEqual([callee.leg, phones[1].leg].sort());
    expect(house.hears(callee)).toEqual([caller.leg]);
    expect(phones[0].progress).toBe('released');
  });

  test('who picks up at the same moment as another is released, and hears nothing', async () => {
    const { house, phones } = await asked();
    await house.does(() => {
      phones[0].answer();
      phones[1].answer();
    });
    expect(house.hears(phones[0])).toHaveLength(2);
    expect([house.hears(phones[1]), phones[1].progress]).toEqual([[], 'released']);
  });

  test('dialled again calls nobody twice', async () => {
    const { house, second, phones } = await asked();
    await house.does(() => second.hangUp());
    const again = await house.dials(inside(anna), '*9');
    expect(house.isTold(again)).toEqual(['help-called']);
    expect([house.calledAt(mona), house.calledAt(cara)]).toEqual(phones);
  });

  test.each([
    ['without a call', 'no-live-call', policy, false],
    [
      'in a call that is excluded',
      'excluded',
      { ...policy, exclusions: { extensions: new Set([ben]), numbers: [] } },
      true,
    ],
    ['where nobody moderates', 'nobody-can-help', openPolicy, true],
  ] as const)('is refused aloud %s', async (_, prompt, rules, talks) => {
    const house = await open(rules === openPolicy ? { ...policy, profiles: new Map() } : rules);
    if (talks) await house.talk(anna, ben);
    const phone = await house.dials(inside(anna), '*9');
    expect(house.isTold(phone)).toEqual([prompt]);
    expect(house.facts).toEqual([]);
    await house.does(() => house.engine.endPlaybacks(phone.leg));
    expect(phone.progress).toBe('released');
  });

  test('lets no telephone ring of whoever wants no calls, or sends all of them on', async () => {
    const house = await open();
    await house.talk(anna, ben);
    for (const [extension, change] of [
      [mona, { doNotDisturb: true }],
      [cara, { always: '0301' }],
    ] as const)
      await house.does(() =>
        house.gateway.dispatch({
          type: 'handlingSet',
          extension,
          handling: { ...usualHandling, ...change },
          by: 'ada',
        }),
      );
    const phone = await house.dials(inside(anna), '*9');
    expect(house.isTold(phone)).toEqual(['nobody-can-help']);
  });

  test('dialled while the other party is on hold, helps once the call goes on', async () => {
    const house = await open();
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => caller.hold());
    await house.dials(inside(anna), '*9');
    await house.does(() => house.calledAt(mona).answer());
    await house.does(() => caller.resume());
    expect(house.hears(caller)).toEqual([callee.leg, house.calledAt(mona).leg].sort());
  });
});

describe('asking for help', () => {
  test('ends with the call, and with *00', async () => {
    const ended = await asked();
    await ended.house.does(() => ended.callee.hangUp());
    expect(ended.phones.map(({ progress }) => progress)).toEqual(['released', 'released']);

    const withdrawn = await asked();
    await withdrawn.house.dials(inside(anna), '*00');
    expect(withdrawn.phones.map(({ progress }) => progress)).toEqual(['released', 'released']);
    expect(withdrawn.house.isTold(withdrawn.caller)).toEqual([]);
  });

  test('in vain is told to the member alone, who hears nothing else meanwhile', async () => {
    const { house, caller, callee, phones } = await asked();
    for (const phone of phones) await house.does(() => phone.hangUp());
    expect([house.isTold(caller), house.isTold(callee)]).toEqual([['notice', 'nobody-helped'], []]);
    await house.does(() => house.engine.endPlaybacks(caller.leg));
    expect(house.isTold(caller)).toEqual([]);
  });

  test('is over where the licence is', async () => {
    const { house, phones } = await asked();
    house.licence = 'licenceExpired';
    await house.passes(1000);
    expect(phones.map(({ progress }) => progress)).toEqual(['released', 'released']);
    expect(house.isTold(await house.dials(inside(anna), '*9'))).toEqual(['not-available']);
  });
});
