import { describe, expect, test } from 'vitest';
import { extensionNumber, groupId } from '../../../src/primitives/ids.js';
import { desiredLegs } from '../../../src/switchboard/desired.js';
import { type Group, ringStrategies } from '../../../src/switchboard/directory.js';
import { usualHandling } from '../../../src/switchboard/handling/call-handling.js';
import { nextDeadline } from '../../../src/switchboard/switchboard.js';
import {
  anna,
  ben,
  cara,
  city,
  Desk,
  inside,
  mona,
  office,
  out,
  outside,
  phone,
  support,
  supportGroup,
} from './office.js';

const rung = ({ state }: Desk) =>
  [...desiredLegs(state).values()].flatMap((desired) =>
    desired.kind === 'dial'
      ? [desired.to.kind === 'contact' ? desired.to.extension : `outside ${desired.to.number}`]
      : [],
  );
const desiredOf = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));
const members = [anna, ben, cara];
const withGroup = (change: Partial<Group>): Desk =>
  new Desk({ ...office, groups: new Map([[support, { ...supportGroup, members, ...change }]]) }).withPhones(
    ...[anna, ben, cara, mona],
  );
const passes = (desk: Desk, ms: number): Desk => {
  desk.now += ms;
  return desk.happens({ type: 'tick' });
};
const comesIn = (desk: Desk) => desk.dials(outside(city), '4930555', '0170');
const fails = (serial: number, cause: 'busy' | 'declined' | 'unavailable') =>
  ({ type: 'released', leg: out(serial), cause }) as const;
const rings = (serial: number) => ({ type: 'ringing', leg: out(serial) }) as const;
const overflow = { to: '201', afterMs: 12_000 };

describe('members who ring in turn', () => {
  test('ring one after the other, each for its time, and then the call ends', () => {
    const desk = withGroup({ strategy: 'inTurn', memberMs: 15_000 });
    const caller = comesIn(desk);
    expect(rung(desk)).toEqual([anna]);
    expect(nextDeadline(desk.state)).toBe(desk.now + 15_000);
    desk.happens(rings(1));
    passes(desk, 15_000);
    expect(rung(desk)).toEqual([ben]);
    expect(desiredOf(desk)[out(1)]).toMatchObject({ kind: 'release' });
    passes(desk, 15_000);
    expect(rung(desk)).toEqual([cara]);
    passes(desk, 14_999);
    expect(rung(desk)).toEqual([cara]);
    passes(desk, 1);
    expect(rung(desk)).toEqual([]);
    expect(desiredOf(desk)[caller]).toMatchObject({ kind: 'release', cause: 'noAnswer' });
    expect(nextDeadline(desk.state)).toBeUndefined();
  });

  test('ring on, the last of them, until the office’s telephones have rung long enough, and nothing is due before', () => {
    const desk = withGroup({ strategy: 'inTurn', memberMs: 20_000, members: [anna] });
    const caller = comesIn(desk);
    desk.happens(rings(1));
    passes(desk, 20_000);
    expect(rung(desk)).toEqual([anna]);
    expect(nextDeadline(desk.state)).toBe(desk.now + 10_000);
    passes(desk, 10_000);
    expect(desiredOf(desk)[caller]).toMatchObject({ kind: 'release', cause: 'noAnswer' });
  });

  test('are passed over who want no calls by the time that it is their turn', () => {
    const desk = withGroup({ strategy: 'inTurn' });
    comesIn(desk);
    desk.happens({
      type: 'handlingSet',
      extension: ben,
      handling: { ...usualHandling, doNotDisturb: true },
      by: 'ada',
    });
    desk.happens(fails(1, 'declined'));
    expect(rung(desk)).toEqual([cara]);
  });

  test('give way at once when they are busy, decline or cannot be reached', () => {
    const desk = withGroup({ strategy: 'inTurn' });
    const caller = comesIn(desk);
    desk.happens(fails(1, 'declined'));
    expect(rung(desk)).toEqual([ben]);
    desk.happens(fails(2, 'busy'));
    expect(rung(desk)).toEqual([cara]);
    desk.happens(fails(3, 'unavailable'));
    expect(desiredOf(desk)[caller]).toMatchObject({ kind: 'release', cause: 'declined' });
  });

  test('are those with a phone who want calls, and not who calls', () => {
    const desk = withGroup({ strategy: 'inTurn', members: [mona, anna, ben, cara] });
    desk.happens(
      { type: 'contactUnbound', extension: anna, contact: phone(anna) },
      { type: 'handlingSet', extension: ben, handling: { ...usualHandling, doNotDisturb: true }, by: 'ada' },
    );
    desk.dials(inside(mona), '600');
    expect(rung(desk)).toEqual([cara]);
  });

  test('can answer, which ends the hunt', () => {
    const desk = withGroup({ strategy: 'inTurn', overflow });
    comesIn(desk);
    passes(desk.happens(rings(1), { type: 'answered', leg: out(1) }), 60_000);
    expect([...desk.state.calls.values()]).toMatchObject([{ kind: 'talking', callee: { number: anna } }]);
  });

  test('ring also for those who are transferred to the group, and for whom somebody forwards to it', () => {
    const desk = withGroup({ strategy: 'inTurn' });
    desk.happens({ type: 'handlingSet', extension: mona, handling: { ...usualHandling, always: '600' }, by: 'ada' });
    desk.dials(inside(anna), '201');
    expect(rung(desk)).toEqual([ben]);
    desk.happens(fails(1, 'declined'));
    expect(rung(desk)).toEqual([cara]);
  });
});

test('whoever has not talked for the longest time rings first, and nobody who talks', () => {
  const desk = withGroup({ strategy: 'longestIdle' });
  desk.dials(inside(mona), '101');
  desk.happens({ type: 'answered', leg: out(1) });
  desk.now += 1000;
  desk.happens({ type: 'released', leg: out(1), cause: 'normal' });
  desk.now += 1000;
  desk.dials(inside(mona), '103');
  desk.happens({ type: 'answered', leg: out(2) });
  comesIn(desk);
  expect(rung(desk)).toEqual([ben]);
  desk.happens(fails(3, 'busy'));
  expect(rung(desk)).toEqual([anna]);
  desk.happens(fails(4, 'busy'));
  expect(rung(desk)).toEqual([]);
});

test('whoever has begun to talk meanwhile is passed over when it is their turn', () => {
  const desk = withGroup({ strategy: 'longestIdle' });
  comesIn(desk);
  desk.dials(inside(mona), '102');
  desk.happens({ type: 'answered', leg: out(2) }, fails(1, 'declined'));
  expect(rung(desk)).toEqual([cara]);
});

test('where everybody talks the group is busy', () => {
  const desk = withGroup({ strategy: 'longestIdle', members: [anna] });
  desk.dials(inside(mona), '101');
  desk.happens({ type: 'answered', leg: out(1) });
  const caller = comesIn(desk);
  expect(desiredOf(desk)[caller]).toEqual({ kind: 'release', cause: 'busy' });
});

describe('a group that overflows', () => {
  test.each(['all', 'inTurn'] as const)('(%s) passes the call on when nobody has answered in time', (strategy) => {
    const desk = withGroup({ strategy, overflow });
    comesIn(desk);
    desk.happens(rings(1));
    passes(desk, 11_999);
    expect(rung(desk)).not.toContain(mona);
    passes(desk, 1);
    expect(rung(desk)).toEqual([mona]);
    expect(desk.notes.at(-1)).toEqual({ type: 'callForwarded', call: 1, by: '600', to: '201' });
    desk.happens({
      type: 'answered',
      leg: [...desiredLegs(desk.state)].find(([, { kind }]) => kind === 'dial')?.[0] ?? out(0),
    });
    expect([...desk.state.calls.values()]).toMatchObject([{ kind: 'talking', callee: { number: mona } }]);
  });

  test('rings for as long as was set for that, even if telephones of the office ring for less', () => {
    const desk = withGroup({ overflow: { to: '201', afterMs: 60_000 } });
    comesIn(desk);
    desk.happens(rings(1), rings(2), rings(3));
    passes(desk, 59_999);
    expect(rung(desk)).toEqual(members);
    passes(desk, 1);
    expect(rung(desk)).toEqual([mona]);
  });

  test('lets the telephones ring on that the number rings, too', () => {
    const sales = { ...supportGroup, id: groupId('sales'), number: '601', members: [ben, mona] };
    const desk = new Desk({
      ...office,
      groups: new Map<Group['id'], Group>([
        [support, { ...supportGroup, members, overflow: { to: '601', afterMs: 12_000 } }],
        [sales.id, sales],
      ]),
    }).withPhones(anna, ben, cara, mona);
    comesIn(desk);
    desk.happens(rings(1), rings(2), rings(3));
    passes(desk, 12_000);
    expect(rung(desk).toSorted()).toEqual([ben, mona]);
    expect(desiredOf(desk)[out(2)]).toMatchObject({ kind: 'dial' });
    expect(desk.notes.at(-1)).toEqual({ type: 'callForwarded', call: 1, by: '600', to: '601' });
    desk.happens({ type: 'answered', leg: out(2) });
    expect([...desk.state.calls.values()]).toMatchObject([{ kind: 'talking', callee: { number: ben } }]);
  });

  test('passes it on as soon as nobody is left to be rung', () => {
    const desk = withGroup({ strategy: 'inTurn', overflow: { to: '030777', afterMs: 90_000 }, members: [anna, ben] });
    comesIn(desk);
    desk.happens(fails(1, 'busy'), fails(2, 'declined'));
    expect(rung(desk)).toEqual(['outside 30777']);
  });

  test('passes it on at once when nobody is there', () => {
    const desk = withGroup({ overflow, members: [] });
    comesIn(desk);
    expect(rung(desk)).toEqual([mona]);
    expect(desk.noteTypes).toEqual(['callStarted', 'callForwarded']);
  });

  test('rings on where the number is impossible, notes that once, and ends', () => {
    const desk = withGroup({ overflow: { to: '777', afterMs: 12_000 } });
    comesIn(desk);
    desk.happens(rings(1), rings(2), rings(3));
    passes(desk, 12_000);
    expect(rung(desk)).toEqual(members);
    passes(desk, 18_000);
    expect(desk.noteTypes).toEqual(['callStarted', 'forwardRefused', 'callEnded']);
    expect(nextDeadline(desk.state)).toBeUndefined();
  });

  test('by a number outside that leads in again rings on, and it is noted', () => {
    const desk = withGroup({ overflow: { to: '04930555', afterMs: 12_000 } });
    comesIn(desk);
    desk.happens(rings(1), rings(2), rings(3));
    passes(desk, 12_000);
    expect(rung(desk)).toEqual(members);
    expect(desk.notes.at(-1)).toMatchObject({ type: 'forwardRefused', by: '600', to: '04930555' });
  });

  test('into one that overflows into it ends', () => {
    const other = {
      ...supportGroup,
      id: 'other' as never,
      number: '601',
      members: [],
      overflow: { to: '600', afterMs: 5000 },
    };
    const first = { ...supportGroup, members: [], overflow: { to: '601', afterMs: 5000 } };
    const desk = new Desk({
      ...office,
      groups: new Map([
        [support, first],
        [other.id, other],
      ]),
    }).withPhones(anna);
    const caller = comesIn(desk);
    expect(desiredOf(desk)).toMatchObject({ [caller]: { kind: 'release' } });
  });
});

describe('a member whose phone sends the caller on (302) to another group', () => {
  const sales = groupId('sales');
  const dora = extensionNumber('104');
  const twoGroups = (first: Partial<Group>, second: Partial<Group>): Desk =>
    new Desk({
      ...office,
      extensions: new Map([...office.extensions, [dora, { number: dora, name: 'Dora' }]]),
      groups: new Map<Group['id'], Group>([
        [support, { ...supportGroup, members: [anna, ben], memberMs: 15_000, ...first }],
        [sales, { ...supportGroup, id: sales, number: '601', members: [cara, dora], memberMs: 10_000, ...second }],
      ]),
    }).withPhones(anna, ben, cara, dora, mona);
  const sendsOn = (desk: Desk, serial: number, number: string): Desk =>
    desk.happens({ type: 'redirected', leg: out(serial), number }, fails(serial, 'unavailable'));

  test('has that rung in its turn, then the next one rings, then the rest of the other group', () => {
    const desk = twoGroups({ strategy: 'inTurn' }, { strategy: 'inTurn' });
    comesIn(desk);
    sendsOn(desk, 1, '601');
    expect(rung(desk)).toEqual([cara]);
    passes(desk, 15_000);
    expect(rung(desk)).toEqual([ben]);
    passes(desk, 15_000);
    expect(rung(desk)).toEqual([dora]);
    passes(desk, 10_000);
    expect(rung(desk)).toEqual([]);
    expect(desk.state.calls.size).toBe(0);
  });

  test('lets the others ring on where all ring, and the rest of the other group ring once nobody else does', () => {
    const desk = twoGroups({ strategy: 'all' }, { strategy: 'inTurn' });
    comesIn(desk);
    sendsOn(desk, 1, '601').happens(rings(2), rings(3));
    expect(rung(desk)).toEqual([ben, cara]);
    passes(desk, 29_999);
    expect(rung(desk)).toEqual([ben, cara]);
    desk.happens(fails(2, 'declined'), fails(3, 'declined'));
    expect(rung(desk)).toEqual([dora]);
  });

  test('keeps the overflow of the group that was called', () => {
    const desk = twoGroups({ strategy: 'all', overflow }, { strategy: 'inTurn' });
    comesIn(desk);
    passes(sendsOn(desk, 1, '601').happens(rings(2), rings(3)), 12_000);
    expect(rung(desk)).toEqual([mona]);
  });

  test('has the caller go on to the overflow of the other group when nobody is left', () => {
    const desk = twoGroups({ strategy: 'inTurn', members: [anna] }, { strategy: 'all', overflow });
    comesIn(desk);
    sendsOn(desk, 1, '601').happens(fails(2, 'busy'), fails(3, 'busy'));
    expect(rung(desk)).toEqual([mona]);
  });

  test('has the rest of the other group ring also where the first one overflows to nowhere', () => {
    const desk = twoGroups({ members: [anna], overflow: { to: '777', afterMs: 60_000 } }, { strategy: 'inTurn' });
    comesIn(desk);
    sendsOn(desk, 1, '601').happens(fails(2, 'busy'));
    expect(rung(desk)).toEqual([dora]);
    expect(desk.noteTypes).toEqual(['callStarted', 'callForwarded', 'forwardRefused']);
    desk.happens(fails(3, 'busy'));
    expect(desk.state.calls.size).toBe(0);
  });

  test.each(ringStrategies)('never goes round for ever (%s)', (strategy) => {
    const desk = twoGroups({ strategy }, { strategy });
    comesIn(desk);
    for (let serial = 1; serial < 60; serial += 1) sendsOn(desk, serial, serial % 2 === 0 ? '600' : '601');
    expect(desk.state.calls.size).toBe(0);
    expect(desk.state.nextLeg).toBeLessThan(20);
  });
});
