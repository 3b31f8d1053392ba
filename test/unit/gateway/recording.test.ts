import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditFact } from '../../../src/monitoring/records.js';
import { moderators, openPolicy, withProfile } from '../monitoring/desk.js';
import { anna, ben, cara, mona } from '../switchboard/office.js';
import { House } from './house.js';
import type { Deed } from './people.js';
import { deeds, People } from './people.js';

/** Anna talks to Ben; Mona is about to join them. */
async function monaWaits(policy = openPolicy) {
  const house = await House.open({ policy, playbacksEnd: 'whenTold' });
  const { caller, callee } = await house.talk(anna, ben);
  return { house, caller, callee, mona: await house.moderator('1234#') };
}

describe('before the audit record has it', () => {
  test('nobody is heard: not the parties, nor a notice, and the lamp is dark', async () => {
    const notice = { member: { kind: 'toneAtStart' }, other: { kind: 'announcement' } } as const;
    const { house, caller, callee, mona } = await monaWaits(withProfile({ notice }));
    house.isDiskBusy = true;
    await house.press(mona, '#');
    expect(house.hears(mona)).toEqual([]);
    expect([...house.isTold(caller), ...house.isTold(callee), ...house.isTold(mona)]).toEqual([]);
    expect(house.panel.lamps.monitor).toBe('dark');
    await house.diskWrites();
    expect([house.isTold(caller), house.isTold(callee)]).toEqual([['notice'], ['notice']]);
    expect(house.hears(mona)).toEqual([]);
    expect(house.isTold(mona)).toEqual(['confirm', 'extension', 'digits']);
    expect(house.panel.lamps.monitor).toBe('steady');
    await house.does(() => [caller, callee].map(({ leg }) => house.engine.endPlaybacks(leg)));
    expect(house.hears(mona)).toEqual([caller.leg, callee.leg].sort());
  });

  test.each([
    ['5', 'slowBlink', 1],
    ['6', 'fastBlink', 2],
  ] as const)('key %s lets nobody hear the moderator', async (key, pattern, ears) => {
    const { house, caller, callee, mona } = await monaWaits();
    await house.press(mona, '#');
    house.isDiskBusy = true;
    await house.press(mona, key);
    const listeners = () => [caller, callee].filter((party) => house.hears(party).includes(mona.leg));
    expect(listeners()).toEqual([]);
    expect(house.hears(mona)).toHaveLength(2);
    expect(house.panel.lamps.monitor).toBe('steady');
    await house.diskWrites();
    expect(listeners()).toHaveLength(ears);
    expect(house.panel.lamps.monitor).toBe(pattern);
  });

  test('nobody is thrown out of a call', async () => {
    const { house, caller, callee, mona } = await monaWaits();
    await house.press(mona, '#');
    house.isDiskBusy = true;
    await house.press(mona, '8');
    expect([caller.progress, house.hears(callee)]).toEqual(['answered', [caller.leg]]);
    await house.diskWrites();
    expect([caller.progress, house.hears(callee)]).toEqual(['released', [mona.leg]]);
    await house.diskWrites();
    expect(house.factTypes.slice(-3)).toEqual(['takingOver', 'ended', 'dialogueEnded']);
  });

  test('the next call is not heard, and the last one no longer', async () => {
    const { house, mona } = await monaWaits();
    const { caller, callee } = await house.talk(cara, anna);
    await house.press(mona, '#');
    house.isDiskBusy = true;
    await house.press(mona, '*');
    expect(house.hears(mona)).toEqual([]);
    await house.diskWrites();
    expect(house.hears(mona)).not.toEqual([caller.leg, callee.leg].sort());
    expect(house.hears(mona)).toHaveLength(2);
  });
});

describe('while the audit record is being written', () => {
  test('what narrows happens at once', async () => {
    const { house, caller, callee, mona } = await monaWaits();
    await house.press(mona, '#6');
    house.isDiskBusy = true;
    await house.press(mona, '5');
    expect([house.hears(caller).length, house.hears(callee).length]).toEqual([2, 1]);
    await house.press(mona, '4');
    expect([house.hears(caller).length, house.hears(callee).length]).toEqual([1, 1]);
    await house.press(mona, '##');
    expect(house.hears(mona)).toEqual([]);
  });

  test('a key takes back what waits', async () => {
    const { house, caller, mona } = await monaWaits();
    await house.press(mona, '#');
    house.isDiskBusy = true;
    await house.press(mona, '54');
    await house.diskWrites();
    expect(house.hears(caller)).not.toContain(mona.leg);
    await house.press(mona, '84');
    await house.diskWrites();
    expect(caller.progress).toBe('answered');
    expect(house.facts.flatMap((fact) => (fact.type === 'modeChanged' ? [fact.mode] : []))).toEqual([
      'whisper',
      'listen',
      'listen',
    ]);
  });

  test('keys pressed before anything is heard count: the first mode heard is the last one requested', async () => {
    const { house, caller, mona } = await monaWaits();
    house.isDiskBusy = true;
    await house.press(mona, '#5');
    expect(house.hears(mona)).toEqual([]);
    await house.diskWrites();
    expect(house.hears(mona)).toHaveLength(2);
    expect(house.hears(caller)).toContain(mona.leg);
  });

  test('the last of several facts is waited for', async () => {
    const { house, caller, mona } = await monaWaits();
    house.isDiskBusy = true;
    await house.press(mona, '#6');
    await house.diskWrites(1);
    expect(house.hears(mona)).toEqual([]);
    await house.diskWrites(1);
    expect(house.hears(caller)).toContain(mona.leg);
  });

  test('a moderator who leaves before that has heard nothing', async () => {
    const { house, mona } = await monaWaits();
    house.isDiskBusy = true;
    await house.press(mona, '#');
    await house.does(() => mona.hangUp());
    await house.diskWrites();
    expect(house.factTypes.slice(-3)).toEqual(['started', 'ended', 'dialogueEnded']);
    expect(house.facts.find(({ type }) => type === 'ended')).toMatchObject({ seconds: 0 });
  });

  test('and fails, nothing was heard', async () => {
    const { house, mona } = await monaWaits();
    house.isDiskBusy = true;
    await house.press(mona, '#');
    house.canRecord = false;
    await house.diskWrites();
    expect(house.hears(mona)).toEqual([]);
    expect(house.isTold(mona)).toEqual(['refuse', 'not-available', 'goodbye']);
  });
});

/** What the written record allows a session: whether it hears anybody, and how many parties may hear it. */
function allowance(facts: readonly AuditFact[], session: number) {
  let allowed = { hears: false, reach: 0 };
  const reach = { listen: 0, whisper: 1, barge: 2 };
  for (const fact of facts.filter((one) => one.session === session)) {
    if (fact.type === 'started') allowed = { hears: true, reach: 0 };
    if (fact.type === 'modeChanged') allowed = { ...allowed, reach: reach[fact.mode] };
    if (fact.type === 'ended') allowed = { hears: false, reach: 0 };
  }
  return allowed;
}

/** The disk comes to its writing now and then. */
type Event = Deed | { readonly kind: 'diskWrites'; readonly count: number };
const events: fc.Arbitrary<readonly Event[]> = fc
  .tuple(deeds, fc.array(fc.constantFrom(0, 0, 1, 2, 50), { minLength: 50, maxLength: 50 }))
  .map(([all, counts]) =>
    all.flatMap((deed, index): readonly Event[] => [deed, { kind: 'diskWrites', count: counts[index] ?? 0 }]),
  );

test('however slowly the disk writes, nothing is heard before it is in the record', async () => {
  const policy = { ...openPolicy, groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]) };
  await fc.assert(
    fc.asyncProperty(events, async (all) => {
      const people = new People(await House.open({ policy, playbacksEnd: 'whenTold' }));
      const { house } = people;
      house.isDiskBusy = true;
      for (const event of all) {
        if (event.kind === 'diskWrites') await house.diskWrites(event.count);
        else await people.do(event);
        for (const { serial, leg } of house.gateway.world.monitoring.sessions.values()) {
          const allowed = allowance(house.facts, serial);
          const listeners = people.parties.filter((party) => house.hears(party).includes(leg));
          if (!allowed.hears) expect(house.hears({ leg }), `hears, leg ${leg}`).toEqual([]);
          expect(listeners.length, `is heard, leg ${leg}`).toBeLessThanOrEqual(allowed.reach);
        }
      }
      house.gateway.stop();
    }),
    { numRuns: 60 },
  );
});
