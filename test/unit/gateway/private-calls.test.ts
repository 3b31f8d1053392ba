import { expect, test } from 'vitest';
import { desired } from '../../../src/gateway/desired.js';
import type { ExtensionNumber } from '../../../src/primitives/ids.js';
import { isComplete, route } from '../../../src/switchboard/dial-plan.js';
import type { FarEnd } from '../../doubles/engine-leg.js';
import { moderators, openPolicy } from '../monitoring/desk.js';
import { anna, ben, cara, city, inside, mona, office } from '../switchboard/office.js';
import { House } from './house.js';

const policy = { ...openPolicy, groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]) };
const directory = { ...office, privateCalls: true };

/** A house in which members may make private calls, or may not. */
async function open(privateCalls: boolean): Promise<House> {
  const house = await House.open({ policy });
  house.gateway.dispatch({
    type: 'settingsChanged',
    directory: { ...office, privateCalls },
    policy,
    privacyMs: 60_000,
  });
  return house;
}

async function talkPrivately(house: House, to: ExtensionNumber) {
  const caller = await house.dials(inside(anna), `*00${to}`);
  const callee = house.calledAt(to);
  await house.does(() => callee.answer());
  return { caller, callee };
}
const refusals = (house: House) => house.facts.flatMap((fact) => (fact.type === 'refused' ? [fact.reason] : []));
const ends = (house: House) => house.facts.flatMap((fact) => (fact.type === 'ended' ? [fact.reason] : []));

test('a call that is dialled behind the code is opened by no profile, from neither side', async () => {
  const house = await open(true);
  const { caller, callee } = await talkPrivately(house, ben);
  expect(house.hears(caller)).toEqual([callee.leg]);
  for (const member of [anna, ben]) expect(house.hears(await house.moderator(`1234#${member}#`))).toEqual([]);
  expect(refusals(house)).toEqual(['privateCall', 'privateCall']);
});

test('a monitor that follows a member leaves out the private calls', async () => {
  const house = await open(true);
  const { caller } = await house.talk(anna, ben);
  const far = await house.moderator('1234#101#7');
  await house.does(() => caller.hangUp());
  const next = await talkPrivately(house, ben);
  expect(house.hears(far)).toEqual([]);
  await house.does(() => next.caller.hangUp());
  await house.talk(anna, ben);
  expect(house.hears(far)).toHaveLength(2);
});

test('whoever is transferred by the code is in a private call', async () => {
  const house = await open(true);
  const { caller } = await house.talk(anna, ben);
  const far = await house.moderator('1234#102#7');
  await house.does(() => caller.transferTo('*00103'));
  await house.does(() => house.calledAt(cara).answer());
  expect(house.hears(far)).toEqual([]);
  expect(ends(house)).toContain('transferred');
});

test.each([
  [
    'sends the other on to a number',
    async (house: House, caller: FarEnd) => {
      await house.does(() => caller.transferTo('103'));
      await house.does(() => house.calledAt(cara).answer());
    },
  ],
  [
    'joins the other with somebody',
    async (house: House, caller: FarEnd) => {
      const next = await house.talk(anna, cara);
      await house.does(() => caller.transfer(next.caller));
    },
  ],
])('a private call stays one when whoever dialled it %s', async (_, transfers) => {
  const house = await open(true);
  const { caller, callee } = await talkPrivately(house, ben);
  await transfers(house, caller);
  expect(house.hears(callee)).toEqual([house.calledAt(cara).leg]);
  expect(house.hears(await house.moderator('1234#102#'))).toEqual([]);
  expect(refusals(house)).toEqual(['privateCall']);
});

test('whoever is transferred into a call that was dialled by the code is in a private one', async () => {
  const house = await open(true);
  const { caller, callee } = await house.talk(anna, ben);
  const next = await talkPrivately(house, cara);
  await house.does(() => caller.transfer(next.caller));
  expect(house.hears(callee)).toEqual([next.callee.leg]);
  expect(house.hears(await house.moderator('1234#102#'))).toEqual([]);
  expect(refusals(house)).toEqual(['privateCall']);
});

test('the code alone keeps a call private also for a transferor who gets it back', async () => {
  const house = await open(true);
  const { caller, callee } = await house.talk(anna, ben);
  await house.does(() => caller.transferTo('103'));
  await house.dials(inside(anna), '*00');
  await house.does(() => house.calledAt(cara).hangUp('busy'));
  expect(house.hears(callee)).toEqual([caller.leg]);
  expect(house.hears(await house.moderator('1234#101#'))).toEqual([]);
  expect(refusals(house)).toEqual(['privateCall']);
});

test.each([
  ['and keeps the call private for its rest where calls may be', true, ['privateCall']],
  ['and lets it be listened to anew where none may be', false, []],
])(
  'the code alone, from another telephone, ends what listens to any call of the member %s',
  async (_, privateCalls, refused) => {
    const house = await open(privateCalls);
    const parties = await house.talk(ben, anna);
    const far = await house.moderator('1234#102#6');
    expect(house.hears(parties.callee)).toHaveLength(2);
    await house.dials(inside(anna), '*00');
    expect(house.hears(far)).toEqual([]);
    expect(house.hears(parties.callee)).toEqual([parties.caller.leg]);
    expect(ends(house)).toEqual(['endedByMember']);
    const again = await house.moderator('1234#102#', inside(cara));
    expect([refusals(house), house.hears(again).length]).toEqual([refused, refused.length === 0 ? 2 : 0]);
  },
);

test('the code of whoever transfers a call keeps it private when it comes back, because nobody answers', async () => {
  const house = await open(true);
  const { callee } = await house.talk(anna, ben);
  await house.does(() => callee.transferTo('103'));
  await house.dials(inside(ben), '*00');
  await house.does(() => house.calledAt(cara).hangUp());
  expect(house.hears(callee)).toHaveLength(1);
  expect(house.hears(await house.moderator('1234#102#'))).toEqual([]);
  expect(refusals(house)).toEqual(['privateCall']);
});

test.each([
  ['to a number', (house: House, callee: FarEnd) => house.does(() => callee.transferTo('*00103'))],
  [
    'to somebody who was called by the code',
    async (house: House, callee: FarEnd) => {
      const consultation = await house.dials(inside(ben), '*00103');
      await house.does(() => callee.transfer(consultation));
    },
  ],
])('a transfer by the code %s that comes to nothing leaves the call as it was', async (_, transfers) => {
  const house = await open(true);
  const { caller, callee } = await house.talk(anna, ben);
  await transfers(house, callee);
  await house.does(() => house.calledAt(cara).hangUp('busy'));
  expect(house.hears(callee)).toEqual([caller.leg]);
  expect(house.hears(await house.moderator('1234#101#'))).toHaveLength(2);
});

test('a call that comes back from a transfer by the code, to who has hung up, is as it was', async () => {
  const house = await open(true);
  const { callee } = await house.talk(anna, ben);
  await house.does(() => callee.transferTo('*00103'));
  await house.does(() => callee.hangUp());
  await house.does(() => house.calledAt(cara).hangUp('busy'));
  const again = house.calledAt(ben);
  await house.does(() => again.answer());
  expect(house.hears(again)).toHaveLength(1);
  expect(house.hears(await house.moderator('1234#101#'))).toHaveLength(2);
});

test('the lamps show no more than busy of a call while it is transferred by the code', async () => {
  const house = await open(true);
  const { callee } = await house.talk(anna, ben);
  await house.does(() => callee.transferTo('*00103'));
  expect(desired(house.gateway.world, house.now).busyLamps.get(cara)).toBe('talking');
});

test('the code of whoever transfers a call keeps it private also with whom it is transferred to', async () => {
  const house = await open(true);
  const { callee } = await house.talk(anna, ben);
  await house.does(() => callee.transferTo('103'));
  await house.dials(inside(ben), '*00');
  await house.does(() => house.calledAt(cara).answer());
  expect(house.hears(await house.moderator('1234#101#'))).toEqual([]);
  expect(refusals(house)).toEqual(['privateCall']);
});

test('the code of whoever transfers a call and hangs up keeps it private, whoever answers', async () => {
  const house = await open(true);
  const { callee } = await house.talk(anna, ben);
  await house.does(() => callee.transferTo('103'));
  await house.dials(inside(ben), '*00');
  await house.does(() => callee.hangUp());
  await house.does(() => house.calledAt(cara).answer());
  expect(house.hears(await house.moderator('1234#101#'))).toEqual([]);
  expect(refusals(house)).toEqual(['privateCall']);
});

test('the code of somebody else ends nothing', async () => {
  const house = await open(true);
  await house.talk(anna, ben);
  const far = await house.moderator('1234#101#');
  await house.dials(inside(cara), '*00');
  expect(house.hears(far)).toHaveLength(2);
});

test('the code stands before numbers of people, and before emergency numbers always', () => {
  const from = inside(anna);
  const none = { kind: 'none', cause: 'notFound' };
  expect(route(directory, from, '*00102')).toEqual(route(directory, from, '102'));
  expect(route(directory, from, '*00030777')).toEqual(route(directory, from, '030777'));
  for (const code of ['*90', '*8', '*01', '*00', '777']) expect(route(directory, from, `*00${code}`)).toEqual(none);
  expect(route(office, from, '*00102')).toEqual(none);
  for (const each of [office, directory]) expect(route(each, from, '*00112')).toEqual(route(each, from, '112'));
  expect([isComplete(office, '*00'), isComplete(directory, '*00')]).toEqual([true, false]);
  expect(isComplete(directory, '*00112')).toBe(true);
  expect(isComplete(directory, '*00102')).toBe(isComplete(directory, '102'));
  expect(route(directory, { kind: 'trunk', trunk: city }, '*00102')).toEqual(
    route(directory, { kind: 'trunk', trunk: city }, '102'),
  );
});
