import { describe, expect, test } from 'vitest';
import { contactId, legId } from '../../../src/primitives/ids.js';
import { desiredLegs } from '../../../src/switchboard/desired.js';
import type { ReleaseCause } from '../../../src/switchboard/release-cause.js';
import { nextDeadline } from '../../../src/switchboard/switchboard.js';
import {
  anna,
  ben,
  cara,
  city,
  Desk,
  inside,
  mobile,
  mona,
  office,
  out,
  outside,
  phone,
  spare,
  support,
  supportGroup,
} from './office.js';

const fails = (serial: number, cause: ReleaseCause) => ({ type: 'released', leg: out(serial), cause }) as const;
const desiredOf = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));
const dialled = (desk: Desk) =>
  [...desiredLegs(desk.state).values()].flatMap((desired) => (desired.kind === 'dial' ? [desired.to] : []));

describe('an extension’s phones', () => {
  test('all ring, and the caller hears it once one does', () => {
    const desk = new Desk().withPhones(ben, ben);
    const caller = desk.dials(inside(anna), '102');
    expect(dialled(desk)).toEqual([
      { kind: 'contact', extension: ben, contact: phone(ben, 1) },
      { kind: 'contact', extension: ben, contact: phone(ben, 2) },
    ]);
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'stay' });
    desk.happens({ type: 'ringing', leg: out(2) });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'ring' });
  });

  test('see the caller’s configured number and name, whatever the phone claims', () => {
    const desk = new Desk().withPhones(ben);
    desk.dials(inside(anna), '102', '999');
    expect(desiredOf(desk)[out(1)]).toMatchObject({ callerId: { number: '101', name: 'Anna' } });
  });

  test('no longer ring once unregistered; a renewed registration counts once', () => {
    const desk = new Desk().withPhones(ben, ben);
    desk.happens({ type: 'contactBound', extension: ben, contact: phone(ben, 1) });
    desk.happens({ type: 'contactUnbound', extension: ben, contact: phone(ben, 2) });
    desk.dials(inside(anna), '102');
    expect(dialled(desk)).toEqual([{ kind: 'contact', extension: ben, contact: phone(ben, 1) }]);
  });

  test('that did not answer ring again when they do, or when there are no others', () => {
    const desk = new Desk().withPhones(anna, ben, ben);
    desk.happens({ type: 'contactUnresponsive', contact: phone(ben, 1) });
    desk.dials(inside(cara), '102');
    expect(dialled(desk)).toEqual([{ kind: 'contact', extension: ben, contact: phone(ben, 2) }]);
    desk.happens({ type: 'contactUnresponsive', contact: phone(ben, 2) }, fails(1, 'busy'));
    desk.dials(inside(cara), '102');
    expect(dialled(desk)).toHaveLength(2);
    desk.happens(fails(2, 'busy'), fails(3, 'busy'));
    desk.dials(inside(cara), '600');
    expect(dialled(desk)).toEqual([{ kind: 'contact', extension: anna, contact: phone(anna, 1) }]);
    desk.happens(fails(4, 'busy'), { type: 'contactResponsive', contact: phone(ben, 2) });
    desk.dials(inside(cara), '102');
    expect(dialled(desk)).toEqual([{ kind: 'contact', extension: ben, contact: phone(ben, 2) }]);
  });

  test('that did not answer are forgotten with their registration', () => {
    const desk = new Desk().withPhones(ben);
    const gone = { extension: ben, contact: phone(ben) };
    desk.happens({ type: 'contactUnresponsive', contact: phone(ben) }, { type: 'contactUnbound', ...gone });
    expect(desk.state.unresponsiveContacts.size).toBe(0);
    // A call to it that ends only now.
    desk.happens({ type: 'contactUnresponsive', contact: phone(ben) });
    expect(desk.state.unresponsiveContacts.size).toBe(0);
  });

  test('none registered: unavailable', () => {
    const desk = new Desk();
    const caller = desk.dials(inside(anna), '102');
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'unavailable' } });
    expect(desk.notes).toEqual([{ type: 'callRefused', from: '101', dialled: '102', cause: 'unavailable' }]);
  });

  test('one failing leaves the other ringing; the weightiest cause is finally reported', () => {
    const desk = new Desk().withPhones(ben, ben);
    const caller = desk.dials(inside(anna), '102');
    desk.happens(fails(1, 'busy'));
    expect(desiredOf(desk)).toEqual({
      [caller]: { kind: 'stay' },
      [out(2)]: expect.objectContaining({ kind: 'dial' }),
    });
    desk.happens(fails(2, 'noAnswer'));
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'busy' } });
    expect(desk.noteTypes).toEqual(['callStarted', 'callEnded']);
  });

  test('one declining ends the search for all of them', () => {
    const desk = new Desk().withPhones(ben, ben);
    const caller = desk.dials(inside(anna), '102');
    desk.happens(fails(2, 'declined'));
    expect(desiredOf(desk)).toEqual({
      [caller]: { kind: 'release', cause: 'declined' },
      [out(1)]: { kind: 'release', cause: 'declined' },
    });
  });

  test.each<readonly [readonly ReleaseCause[], ReleaseCause]>([
    [['noAnswer', 'busy'], 'busy'],
    [['unavailable', 'noAnswer'], 'noAnswer'],
    [['failure', 'unavailable'], 'unavailable'],
    [['failure', 'failure'], 'unavailable'],
    [['notAcceptable', 'failure'], 'notAcceptable'],
    [['congestion', 'notFound'], 'notFound'],
    [['normal', 'cancelled'], 'unavailable'],
  ])('failing with %s is reported as %s', (causes, reported) => {
    const desk = new Desk().withPhones(ben, ben);
    const caller = desk.dials(inside(anna), '102');
    for (const [index, cause] of causes.entries()) desk.happens(fails(index + 1, cause));
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: reported } });
  });

  test('nobody answers in time: no answer, and all stop ringing', () => {
    const desk = new Desk().withPhones(ben, ben);
    const caller = desk.dials(inside(anna), '102');
    desk.now += office.ringSeconds * 1000 - 1;
    desk.happens({ type: 'tick' });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'stay' });
    desk.now += 1;
    desk.happens({ type: 'tick' });
    const noAnswer = { kind: 'release', cause: 'noAnswer' };
    expect(desiredOf(desk)).toEqual({ [caller]: noAnswer, [out(1)]: noAnswer, [out(2)]: noAnswer });
    expect(desk.notes.at(-1)).toMatchObject({ type: 'callEnded', cause: 'noAnswer', talkedMs: 0 });
  });

  test('the caller cancels: all stop ringing', () => {
    const desk = new Desk().withPhones(ben, ben);
    const caller = desk.dials(inside(anna), '102');
    desk.happens({ type: 'released', leg: caller, cause: 'normal' });
    const cancelled = { kind: 'release', cause: 'cancelled' };
    expect(desiredOf(desk)).toEqual({ [out(1)]: cancelled, [out(2)]: cancelled });
  });

  test('one answers: the others learn that the call was answered elsewhere', () => {
    const desk = new Desk().withPhones(ben, ben);
    const caller = desk.dials(inside(anna), '102');
    desk.now += 4000;
    desk.happens({ type: 'answered', leg: out(2) });
    expect(desiredOf(desk)).toEqual({
      [caller]: { kind: 'answer' },
      [out(2)]: { kind: 'stay' },
      [out(1)]: { kind: 'release', cause: 'answeredElsewhere' },
    });
    expect(desk.notes.at(-1)).toEqual({ type: 'callAnswered', call: 1, by: '102', afterMs: 4000 });
  });

  test('one that answers too late is released and takes nothing over', () => {
    const desk = new Desk().withPhones(ben, ben);
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'answered', leg: out(2) }, { type: 'answered', leg: out(1) });
    expect(desiredOf(desk)[out(1)]).toEqual({ kind: 'release', cause: 'answeredElsewhere' });
    expect(desk.noteTypes).toEqual(['callStarted', 'callAnswered']);
  });
});

describe('a group', () => {
  test('rings all its members but the one who calls', () => {
    const desk = new Desk().withPhones(anna, ben, cara);
    desk.dials(inside(cara), '600');
    expect(dialled(desk)).toHaveLength(2);
    const own = new Desk().withPhones(anna, ben, cara);
    own.dials(inside(anna), '600');
    expect(dialled(own)).toEqual([{ kind: 'contact', extension: ben, contact: contactId('102-1') }]);
  });

  test('goes on ringing when one member declines', () => {
    const desk = new Desk().withPhones(anna, ben);
    const caller = desk.dials(inside(cara), '600');
    desk.happens(fails(1, 'declined'));
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'stay' });
    desk.happens(fails(2, 'noAnswer'));
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'declined' } });
  });

  test('rings no other telephone of a member who declines', () => {
    const desk = new Desk().withPhones(anna, ben, ben);
    desk.dials(inside(cara), '600');
    desk.happens(fails(2, 'declined'));
    expect(dialled(desk)).toEqual([{ kind: 'contact', extension: anna, contact: phone(anna) }]);
    expect(desiredOf(desk)[out(3)]).toEqual({ kind: 'release', cause: 'declined' });
  });

  test('is rung by a call from a trunk, which shows the outside number', () => {
    const desk = new Desk().withPhones(anna);
    desk.dials(outside(city), '4930555', '0170123456');
    expect(desiredOf(desk)[out(1)]).toMatchObject({ callerId: { number: '0170123456' } });
  });
});

describe('trunks', () => {
  const trunkOf = (desk: Desk) => dialled(desk).map((to) => to.kind === 'trunk' && to.trunk);

  test('show their own number, or else the extension’s', () => {
    const desk = new Desk();
    const caller = desk.dials(inside(anna), '030777');
    expect(desiredOf(desk)[out(1)]).toEqual({
      kind: 'dial',
      to: { kind: 'trunk', trunk: city, number: '30777' },
      callerId: { number: '4930555', name: '' },
      caller,
    });
    desk.dials(inside(anna), '017055');
    expect(desiredOf(desk)[out(2)]).toMatchObject({ callerId: { number: '101', name: 'Anna' } });
  });

  test('shows outside the number that an extension has for that, unless it is withheld, and inside its own', () => {
    const own = { number: anna, name: 'Anna', callerId: '493055511' };
    const desk = new Desk({ ...office, extensions: new Map([...office.extensions, [anna, own]]) }).withPhones(ben);
    desk.dials(inside(anna), '0130777');
    desk.dials(inside(anna), '102');
    desk.dials(inside(cara), '0130777');
    expect([1, 2, 3].map((serial) => desiredOf(desk)[out(serial)])).toMatchObject([
      { callerId: { number: '493055511', name: '' } },
      { callerId: { number: '101', name: 'Anna' } },
      { callerId: { number: '103', name: 'Cara' } },
    ]);
  });

  test.each([
    ['is shown inside', '102', false, { number: '101', name: 'Anna' }],
    ['is shown where help is called', '112', false, { number: '4930555', name: '' }],
    ['is shown to no trunk', '030777', false, { number: '', name: '' }],
    ['is told a trusted trunk, and not shown', '030777', true, { number: '', name: '', asserted: '4930555' }],
    ['is told a trusted trunk without a number of its own', '017055', true, { number: '', name: '', asserted: '101' }],
  ])('who withholds their number %s', (_, number, isTrusted, callerId) => {
    const trunks = office.trunks.map((trunk) => ({ ...trunk, isTrusted }));
    const desk = new Desk({ ...office, trunks }).withPhones(ben);
    const caller = { number: '', name: '', known: [], isPrivate: true };
    desk.comesIn({ type: 'incoming', leg: legId('in-1'), origin: inside(anna), caller, dialled: number });
    expect(desiredOf(desk)[out(1)]).toMatchObject({ kind: 'dial' });
    expect(desiredOf(desk)[out(1)]).toHaveProperty('callerId', callerId);
  });

  test.each([
    ['of its extension', { callerId: '493055510' }, '030777', '493055510'],
    ['of the trunk', {}, '030777', '4930555'],
    ['of the house, where neither has one', {}, '0170777', '102'],
  ])('is told who has forwarded a call, by the number %s', (_what, ben102, number, divertedBy) => {
    const extensions = new Map([...office.extensions, [ben, { number: ben, name: 'Ben', ...ben102 }]]);
    const desk = new Desk({ ...office, extensions }).withPhones(ben, cara);
    desk.dials(inside(anna), '102');
    desk.happens({ type: 'redirected', leg: out(1), number });
    expect(desiredOf(desk)[out(2)]).toHaveProperty('callerId.divertedBy', divertedBy);
    desk.dials(inside(anna), number);
    expect(desiredOf(desk)[out(3)]).not.toHaveProperty('callerId.divertedBy');
  });

  test.each<ReleaseCause>(['failure', 'congestion'])('the next one is tried after %s', (cause) => {
    const desk = new Desk();
    const caller = desk.dials(inside(anna), '030777');
    desk.happens(fails(1, cause));
    expect(trunkOf(desk)).toEqual([spare]);
    expect(desk.notes.at(-1)).toEqual({ type: 'trunkFailed', call: 1, trunk: city, cause });
    desk.happens(fails(2, cause));
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause } });
  });

  test.each<ReleaseCause>(['busy', 'declined', 'notFound', 'noAnswer'])(
    'what the far end says (%s) is final',
    (cause) => {
      const desk = new Desk();
      const caller = desk.dials(inside(anna), '030777');
      desk.happens(fails(1, cause));
      expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause } });
    },
  );

  test('those that are down are passed over; all down is congestion', () => {
    const desk = new Desk().happens({ type: 'trunkDown', trunk: city, reason: 'no answer' });
    desk.dials(inside(anna), '030777');
    expect(trunkOf(desk)).toEqual([spare]);
    desk.happens({ type: 'trunkDown', trunk: spare, reason: 'no answer' });
    desk.dials(inside(anna), '030778');
    expect(desk.notes.at(-1)).toMatchObject({ type: 'callRefused', cause: 'congestion' });
    desk.happens({ type: 'trunkUp', trunk: city });
    desk.dials(inside(anna), '030779');
    expect(trunkOf(desk)).toEqual([spare, city]);
  });

  test('ring longer than the phones of the house', () => {
    const desk = new Desk();
    const caller = desk.dials(inside(anna), '030777');
    desk.now += 179_999;
    desk.happens({ type: 'tick' });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'stay' });
    desk.now += 1;
    desk.happens({ type: 'tick' });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'release', cause: 'noAnswer' });
  });
});

describe('a phone that is registered but gone', () => {
  const busyBesideGone = () => {
    const desk = new Desk().withPhones(ben, ben, ben);
    const caller = desk.dials(inside(anna), '102');
    desk.happens(fails(1, 'busy'));
    return { desk, caller };
  };

  test('does not delay the busy signal for the caller', () => {
    const { desk, caller } = busyBesideGone();
    desk.now += 4_000;
    desk.happens({ type: 'tick' });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'release', cause: 'busy' });
  });

  test.each(['proceeding', 'ringing'] as const)('is another matter once it is %s', (type) => {
    const { desk, caller } = busyBesideGone();
    desk.happens({ type, leg: out(2) });
    desk.now += 29_999;
    desk.happens({ type: 'tick' });
    expect(desiredOf(desk)[caller]).not.toMatchObject({ kind: 'release' });
    desk.now += 1;
    desk.happens({ type: 'tick' });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'release', cause: 'busy' });
  });
});

describe('an emergency call', () => {
  const causes: readonly ReleaseCause[] = [
    'failure',
    'congestion',
    'busy',
    'declined',
    'notFound',
    'forbidden',
    'noAnswer',
    'unavailable',
  ];

  test.each(causes)('tries every trunk after %s, those that seem down last', (cause) => {
    const desk = new Desk().happens({ type: 'trunkDown', trunk: city, reason: 'no answer' });
    const caller = desk.dials(inside(anna), '112');
    const tried = [1, 2, 3].map((serial) => {
      const [to] = dialled(desk);
      desk.happens(fails(serial, cause));
      return to;
    });
    expect(tried).toEqual([spare, mobile, city].map((trunk) => ({ kind: 'trunk', trunk, number: '112' })));
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause } });
  });

  test('that nobody answers goes on over the next trunk, and gives up only after the last', () => {
    const desk = new Desk();
    const caller = desk.dials(inside(anna), '112');
    for (const [serial, trunk] of [city, spare, mobile].entries()) {
      expect(dialled(desk)).toEqual([{ kind: 'trunk', trunk, number: '112' }]);
      desk.happens({ type: 'ringing', leg: out(serial + 1) });
      desk.now += 179_999;
      desk.happens({ type: 'tick' });
      expect(desiredOf(desk)[out(serial + 1)]).toMatchObject({ kind: 'dial' });
      desk.now += 1;
      desk.happens({ type: 'tick' });
      expect(desiredOf(desk)[out(serial + 1)]).toEqual({ kind: 'release', cause: 'noAnswer' });
    }
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'release', cause: 'noAnswer' });
    expect(desk.noteTypes).toEqual(['callStarted', 'trunkFailed', 'trunkFailed', 'callEnded']);
  });

  test('waits four seconds for a trunk that says nothing, twenty for one that has it, and for the last as long as it takes', () => {
    const desk = new Desk();
    desk.dials(inside(anna), '112');
    const waits = (ms: number) => {
      desk.now += ms - 1;
      desk.happens({ type: 'tick' });
      const before = dialled(desk);
      desk.now += 1;
      desk.happens({ type: 'tick' });
      return [before, dialled(desk)].map(([to]) => to?.kind === 'trunk' && to.trunk);
    };
    expect(nextDeadline(desk.state)).toBe(desk.now + 4_000);
    expect(waits(4_000)).toEqual([city, spare]);
    desk.happens({ type: 'proceeding', leg: out(2) });
    expect(waits(20_000)).toEqual([spare, mobile]);
    expect(waits(179_999)).toEqual([mobile, mobile]);
  });

  test('that is answered too late on a trunk given up goes on where it is', () => {
    const desk = new Desk();
    desk.dials(inside(anna), '112');
    desk.now += 180_000;
    desk.happens(
      { type: 'tick' },
      { type: 'answered', leg: out(1) },
      { type: 'released', leg: out(1), cause: 'normal' },
    );
    expect(dialled(desk)).toEqual([{ kind: 'trunk', trunk: spare, number: '112' }]);
    desk.happens({ type: 'answered', leg: out(2) });
    expect([...desk.state.calls.values()]).toMatchObject([{ kind: 'talking', callee: { leg: out(2) } }]);
  });

  test('goes out also while every trunk seems to be down, one after the other', () => {
    const desk = new Desk();
    for (const trunk of [city, spare, mobile]) desk.happens({ type: 'trunkDown', trunk, reason: 'no answer' });
    desk.dials(inside(anna), '112');
    const tried = [1, 2, 3].map((serial) => {
      const [to] = dialled(desk);
      desk.happens(fails(serial, 'failure'));
      return to?.kind === 'trunk' && to.trunk;
    });
    expect(tried).toEqual([city, spare, mobile]);
  });

  test('is refused only where there is no trunk at all', () => {
    const desk = new Desk({ ...office, trunks: [] });
    desk.dials(inside(anna), '112');
    expect(desk.notes).toEqual([{ type: 'callRefused', from: '101', dialled: '112', cause: 'congestion' }]);
  });

  describe('that finds no room on any trunk', () => {
    /** Three calls to the outside, one after the other. */
    const withAllInUse = () => {
      const desk = new Desk();
      for (const [index, prefix] of ['0', '0', '01'].entries()) {
        desk.now += 1000;
        desk.dials(inside(anna), `${prefix}89555`);
        desk.happens({ type: 'answered', leg: out(index + 1) });
      }
      return desk;
    };
    const isFull = (desk: Desk, ...serials: number[]) =>
      desk.happens(...serials.map((serial) => fails(serial, 'congestion')));

    test('gets that of the call begun last, and goes on over it', () => {
      const desk = withAllInUse();
      const caller = desk.dials(inside(ben), '112');
      const before = [...desk.state.calls.values()].filter(({ route }) => route.kind === 'trunk');
      isFull(desk, 4, 5, 6);
      const [last] = before.slice(-1);
      expect(desk.noteTypes.slice(-2)).toEqual(['callGaveWay', 'callEnded']);
      expect(desk.notes.findLast(({ type }) => type === 'callEnded')).toMatchObject({ call: last?.id });
      expect(desiredOf(desk)[out(3)]).toEqual({ kind: 'release', cause: 'normal' });
      expect(desiredOf(desk)[out(7)]).toMatchObject({ kind: 'dial', to: { kind: 'trunk', number: '112' } });
      desk.happens({ type: 'answered', leg: out(7) });
      expect([...desk.state.calls.values()].at(-1)).toMatchObject({ kind: 'talking', caller: { leg: caller } });
    });

    test('ends no second one where that did not help', () => {
      const desk = withAllInUse();
      const caller = desk.dials(inside(ben), '112');
      isFull(desk, 4, 5, 6, 7);
      expect(desiredOf(desk)[caller]).toEqual({ kind: 'release', cause: 'congestion' });
      expect(desk.noteTypes.filter((type) => type === 'callGaveWay')).toHaveLength(1);
    });

    test('gets that of a call that still rings before one in which somebody talks', () => {
      const desk = new Desk().withPhones(ben);
      desk.dials(outside(city), '');
      const [ringing] = desk.state.calls.values();
      desk.now += 1000;
      desk.dials(inside(anna), '089555');
      desk.happens({ type: 'answered', leg: out(2) });
      desk.dials(inside(cara), '112');
      isFull(desk, 3, 4, 5);
      expect(desk.notes.findLast(({ type }) => type === 'callEnded')).toMatchObject({ call: ringing?.id });
      expect(desiredOf(desk)[out(6)]).toMatchObject({
        kind: 'dial',
        to: { kind: 'trunk', trunk: city, number: '112', frees: true },
      });
    });

    test('gets that of a call that would go on at the same moment, which stays ended', () => {
      const group = { ...supportGroup, overflow: { to: '103', afterMs: 30_000 } };
      const desk = new Desk({ ...office, groups: new Map([[support, group]]) }).withPhones(ben, cara);
      desk.dials(inside(mona), '112');
      isFull(desk, 1, 2);
      desk.now += 150_000;
      const ringing = desk.dials(outside(city), '');
      desk.now += 30_000;
      desk.happens({ type: 'tick' });
      expect(desiredOf(desk)[ringing]).toEqual({ kind: 'release', cause: 'cancelled' });
      expect(desk.noteTypes.slice(-2)).toEqual(['callGaveWay', 'callEnded']);
      expect(dialled(desk)).toEqual([{ kind: 'trunk', trunk: city, number: '112', frees: true }]);
    });

    test('gets a line that may ring for nobody here, once', () => {
      const trunks = office.trunks.map((trunk) => ({ ...trunk, isLine: trunk.id === spare }));
      const desk = new Desk({ ...office, trunks });
      const caller = desk.dials(inside(cara), '112');
      isFull(desk, 1, 2, 3);
      expect(dialled(desk)).toEqual([{ kind: 'trunk', trunk: spare, number: '112', frees: true }]);
      isFull(desk, 4);
      expect(desiredOf(desk)[caller]).toEqual({ kind: 'release', cause: 'congestion' });
    });

    test('ends no other emergency call, none inside the house, and none for another reason than room', () => {
      const desk = new Desk().withPhones(ben);
      desk.dials(inside(cara), '112');
      desk.happens({ type: 'answered', leg: out(1) });
      desk.dials(inside(anna), '102');
      const second = desk.dials(inside(mona), '112');
      isFull(desk, 3, 4, 5);
      expect(desiredOf(desk)[second]).toEqual({ kind: 'release', cause: 'congestion' });
      const inUse = withAllInUse();
      const refused = inUse.dials(inside(ben), '112');
      inUse.happens(...[4, 5, 6].map((serial) => fails(serial, 'forbidden')));
      expect(desiredOf(inUse)[refused]).toEqual({ kind: 'release', cause: 'forbidden' });
    });
  });
});
