import { describe, expect, test } from 'vitest';
import { playbackId } from '../../../src/primitives/ids.js';
import { desiredEdges, desiredLegs, desiredPlaybacks } from '../../../src/switchboard/desired.js';
import { isComplete } from '../../../src/switchboard/dial-plan.js';
import { nextDeadline } from '../../../src/switchboard/switchboard.js';
import { anna, ben, cara, city, Desk, inside, mona, office, out, outside, phone } from './office.js';

const desiredOf = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));
const edges = (desk: Desk) => desiredEdges(desk.state).map(({ from, to }) => `${from}>${to}`);
const played = (desk: Desk) =>
  desiredPlaybacks(desk.state, 'de').map(({ id, leg, items }) => ({ id, leg, first: items[0] }));
const says = (desk: Desk) => played(desk).map(({ first }) => (first?.kind === 'prompt' ? first.name : first?.kind));
const calls = (desk: Desk) => [...desk.state.calls.values()];
const answeredElsewhere = { kind: 'release', cause: 'answeredElsewhere' };

describe('a number that leads nowhere', () => {
  test.each([
    ['nobody has', '777', 'no-such-number', 'notFound'],
    ['is a prefix alone', '0', 'number-incomplete', 'incomplete'],
  ])('is spoken to a person of the house when it %s, and then refused', (_what, dialled, prompt, cause) => {
    const desk = new Desk().withPhones(anna);
    const leg = desk.dials(inside(anna), dialled);
    expect(says(desk)).toEqual([prompt]);
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'openEarlyMedia' } });
    const [playback] = played(desk);
    if (!playback) throw new Error('nothing is played');
    desk.happens({ type: 'playbackEnded', leg, playback: playback.id });
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'release', cause } });
    desk.happens({ type: 'released', leg, cause: 'normal' });
    expect([desk.state.announcements.size, desk.state.releasing.size]).toEqual([0, 0]);
    expect(desk.notes).toEqual([{ type: 'callRefused', from: '101', dialled, cause }]);
  });

  test('is refused in time even if the end of the speech is never reported', () => {
    const desk = new Desk().withPhones(anna);
    const leg = desk.dials(inside(anna), '777');
    desk.now = nextDeadline(desk.state) ?? 0;
    desk.happens({ type: 'tick' });
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'release', cause: 'notFound' } });
    expect(nextDeadline(desk.state)).toBeUndefined();
  });

  test('is forgotten when the caller hangs up', () => {
    const desk = new Desk().withPhones(anna);
    const leg = desk.dials(inside(anna), '777');
    desk.happens({ type: 'released', leg, cause: 'cancelled' });
    expect(desiredOf(desk)).toEqual({});
    expect(nextDeadline(desk.state)).toBeUndefined();
  });

  test('of another exchange is refused at once', () => {
    const desk = new Desk();
    const leg = desk.dials(outside(city), '4930555');
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'release', cause: 'unavailable' } });
  });
});

test.each([
  [false, 'listening-stopped'],
  [true, 'calls-private'],
])(
  'whoever dials the code that ends listening is told what came of it, where calls may be private: %s',
  (privateCalls, said) => {
    const desk = new Desk().withPhones(anna);
    desk.happens({ type: 'directoryChanged', directory: { ...office, privateCalls } });
    const leg = desk.dials(inside(anna), '*00');
    expect([says(desk), desk.notes]).toEqual([[said], []]);
    const [playback] = played(desk);
    desk.happens({ type: 'playbackEnded', leg, playback: playback?.id ?? playbackId('') });
    expect(desiredOf(desk)).toEqual({ [leg]: { kind: 'release', cause: 'normal' } });
  },
);

describe('picking up', () => {
  test.each([
    ['the call of one colleague', '**101'],
    ['whatever rings in the group', '*8'],
  ])('answers %s', (_what, code) => {
    const desk = new Desk().withPhones(anna, ben, cara);
    const caller = desk.dials(inside(cara), '101');
    desk.now += 3000;
    const picker = desk.dials(inside(ben), code);
    expect(desiredOf(desk)).toEqual({
      [caller]: { kind: 'answer' },
      [picker]: { kind: 'answer' },
      [out(1)]: answeredElsewhere,
    });
    expect(edges(desk)).toEqual([`${caller}>${picker}`, `${picker}>${caller}`]);
    expect(desk.notes.at(-1)).toEqual({ type: 'callAnswered', call: 1, by: '102', afterMs: 3000 });
    desk.happens({ type: 'released', leg: out(1), cause: 'cancelled' }, { type: 'answered', leg: picker });
    expect(calls(desk)).toMatchObject([{ kind: 'talking', callee: { number: '102', confirmed: true } }]);
  });

  test('takes the call that has rung longest', () => {
    const desk = new Desk().withPhones(anna, ben, cara, mona);
    const first = desk.dials(inside(cara), '101');
    desk.dials(inside(mona), '101');
    const picker = desk.dials(inside(ben), '*8');
    expect(edges(desk)).toEqual([`${first}>${picker}`, `${picker}>${first}`]);
  });

  test('takes the one that rings at the colleague for longer, even if the other is part of an older call', () => {
    const desk = new Desk().withPhones(anna, ben, mona);
    desk.dials(outside(city), '4930555', '0170');
    desk.happens({ type: 'answered', leg: out(2) });
    desk.now += 1000;
    const monas = desk.dials(inside(mona), '101');
    desk.now += 1000;
    desk.happens({ type: 'transferTo', leg: out(2), number: '101' });
    const picker = desk.dials(inside(ben), '*8');
    expect(edges(desk)).toEqual([`${monas}>${picker}`, `${picker}>${monas}`]);
  });

  test('ends the transfer of who is picked up: the transferor leaves', () => {
    const desk = new Desk().withPhones(anna, ben, cara);
    const customer = desk.dials(outside(city), '4930555', '0170');
    desk.happens({ type: 'answered', leg: out(2) }, { type: 'transferTo', leg: out(2), number: '101' });
    const picker = desk.dials(inside(ben), '*8');
    expect(desk.signals.at(-1)).toMatchObject({ kind: 'reportTransfer', leg: out(2), progress: 'done' });
    expect(edges(desk)).toEqual([`${customer}>${picker}`, `${picker}>${customer}`]);
  });

  test.each([
    ['a call that rings in no group of theirs', cara, 'the code of the group', '*8'],
    ['a call of a stranger to their groups', cara, 'its number', '**101'],
    ['a call that rings elsewhere', ben, 'another number', '**201'],
    ['their own call', mona, 'its number', '**101'],
  ])('nobody gets %s', (_what, who, _how, code) => {
    const desk = new Desk().withPhones(anna, ben, cara, mona);
    desk.dials(inside(mona), '101');
    const before = desiredOf(desk);
    const leg = desk.dials(inside(who), code);
    expect(says(desk)).toEqual(['nothing-to-pick-up']);
    expect(desiredOf(desk)).toEqual({ ...before, [leg]: { kind: 'openEarlyMedia' } });
  });

  test('is nothing for callers from outside', () => {
    const desk = new Desk().withPhones(anna);
    desk.dials(inside(ben), '101');
    desk.dials(outside(city), '**101');
    expect(calls(desk).every(({ kind }) => kind === 'ringing')).toBe(true);
  });
});

/** Anna talks to a customer, and parks them at the first place. */
function annaParks(place = '*01') {
  const desk = new Desk().withPhones(anna, ben);
  const customer = desk.dials(outside(city), '4930555', '0170');
  desk.happens({ type: 'answered', leg: out(1) }, { type: 'transferTo', leg: out(1), number: place });
  return { desk, customer };
}

describe('parking', () => {
  test('lets the other end wait, and whoever parked it leave', () => {
    const { desk, customer } = annaParks();
    expect(desiredOf(desk)).toMatchObject({
      [customer]: { kind: 'answer' },
      [out(1)]: { kind: 'release', cause: 'normal' },
    });
    expect(played(desk)).toMatchObject([{ leg: customer, first: { name: 'hold' } }]);
    expect(desk.signals.at(-1)).toEqual({ kind: 'reportTransfer', leg: out(1), progress: 'done' });
    expect(desk.notes.at(-1)).toEqual({ type: 'callParked', call: 1, by: '101', place: 1 });
    expect(edges(desk)).toEqual([]);
  });

  test('ends when somebody dials the place: they talk in the same call', () => {
    const { desk, customer } = annaParks();
    desk.happens({ type: 'released', leg: out(1), cause: 'normal' });
    const leg = desk.dials(inside(ben), '*01');
    expect(edges(desk)).toEqual([`${customer}>${leg}`, `${leg}>${customer}`]);
    expect(played(desk)).toEqual([]);
    expect(calls(desk)).toMatchObject([{ id: 1, kind: 'talking', callee: { number: '102' } }]);
  });

  test('ends with the one who waits', () => {
    const { desk, customer } = annaParks();
    desk.happens({ type: 'released', leg: customer, cause: 'normal' });
    expect(calls(desk)).toEqual([]);
    expect(desk.notes.at(-1)).toMatchObject({ type: 'callEnded', cause: 'normal' });
  });

  test('has each place once', () => {
    const { desk } = annaParks();
    const customer = desk.dials(inside(cara), '102');
    desk.happens({ type: 'answered', leg: out(3) }, { type: 'transferTo', leg: out(3), number: '*01' });
    expect(desk.signals.at(-1)).toEqual({ kind: 'reportTransfer', leg: out(3), progress: 'busy' });
    expect(edges(desk)).toContain(`${customer}>${out(3)}`);
    desk.happens({ type: 'transferTo', leg: out(3), number: '*02' });
    expect(calls(desk)).toMatchObject([
      { kind: 'parked', place: 1 },
      { kind: 'parked', place: 2 },
    ]);
  });

  describe('by a telephone that has the call on hold', () => {
    const annaHolds = () => {
      const desk = new Desk().withPhones(anna, ben);
      const customer = desk.dials(outside(city), '4930555', '0170');
      desk.happens({ type: 'answered', leg: out(1) }, { type: 'held', leg: out(1), held: true });
      return { desk, customer, dials: (dialled: string) => desk.dials(inside(anna), dialled, anna, out(1)) };
    };

    test('lets the other end wait, and says where', () => {
      const { desk, customer, dials } = annaHolds();
      const leg = dials('*03');
      expect(desiredOf(desk)).toMatchObject({
        [customer]: { kind: 'answer' },
        [out(1)]: { kind: 'release', cause: 'normal' },
        [leg]: { kind: 'answer' },
      });
      expect(calls(desk)).toMatchObject([{ kind: 'parked', place: 3, by: anna, caller: { leg: customer } }]);
      expect(desiredPlaybacks(desk.state, 'de').find((each) => each.leg === leg)?.items).toEqual([
        { kind: 'prompt', name: 'call-parked' },
        { kind: 'digits', digits: '3' },
      ]);
      expect(desk.signals).toEqual([]);
      desk.happens({ type: 'released', leg: out(1), cause: 'normal' }, { type: 'released', leg, cause: 'normal' });
      const second = desk.dials(inside(ben), '*03');
      expect(edges(desk)).toEqual([`${customer}>${second}`, `${second}>${customer}`]);
    });

    test('takes the call that waits at a place that is not free, and leaves the other on hold', () => {
      const { desk, customer } = annaParks();
      desk.happens({ type: 'released', leg: out(1), cause: 'normal' });
      const held = desk.dials(inside(anna), '102');
      desk.happens({ type: 'answered', leg: out(3) }, { type: 'held', leg: held, held: true });
      const leg = desk.dials(inside(anna), '*01', anna, held);
      expect(edges(desk)).toContain(`${customer}>${leg}`);
      expect(calls(desk).map(({ kind }) => kind)).toEqual(['talking', 'talking']);
    });

    test('does not let an emergency call wait', () => {
      const desk = new Desk().withPhones(anna);
      const leg = desk.dials(inside(anna), '112');
      desk.happens({ type: 'answered', leg: out(1) }, { type: 'held', leg, held: true });
      desk.dials(inside(anna), '*01', anna, leg);
      expect(calls(desk)).toMatchObject([{ kind: 'talking' }]);
      expect(says(desk)).toContain('nobody-parked');
    });

    test('finds nobody to let wait once the party on hold has hung up', () => {
      const { desk, customer, dials } = annaHolds();
      desk.happens({ type: 'released', leg: customer, cause: 'normal' });
      dials('*01');
      expect(says(desk)).toEqual(['nobody-parked']);
    });
  });

  test('tells whoever dials an empty place that nobody waits there', () => {
    const desk = new Desk().withPhones(anna);
    desk.dials(inside(anna), '*09');
    expect(says(desk)).toEqual(['nobody-parked']);
  });

  test('rings at who parked the call when nobody has taken it for two minutes, and again as long as that fails', () => {
    const { desk, customer } = annaParks();
    desk.happens(
      { type: 'released', leg: out(1), cause: 'normal' },
      { type: 'contactUnbound', extension: anna, contact: phone(anna) },
    );
    desk.now += 120_000;
    desk.happens({ type: 'tick' });
    expect(calls(desk)).toMatchObject([{ kind: 'parked' }]);
    desk.withPhones(anna);
    desk.now += 120_000;
    desk.happens({ type: 'tick' });
    expect(calls(desk)).toMatchObject([{ kind: 'ringing', caller: { leg: customer }, transfer: { way: 'back' } }]);
    expect(desk.noteTypes.at(-1)).toBe('transferRecalled');
  });

  test.each([
    ['is always busy', 'busy'],
    ['never answers', null],
    ['is gone', 'gone'],
  ] as const)(
    'ends after a quarter of an hour or little more where the telephone that parked the call %s',
    (_what, how) => {
      const { desk, customer } = annaParks();
      desk.happens({ type: 'released', leg: out(1), cause: 'normal' });
      if (how === 'gone') desk.happens({ type: 'contactUnbound', extension: anna, contact: phone(anna) });
      const begun = desk.now;
      for (let turn = 0; turn < 100 && calls(desk).length > 0; turn += 1) {
        desk.now = nextDeadline(desk.state) ?? begun;
        desk.happens({ type: 'tick' });
        const [ringing] = calls(desk).flatMap((call) => (call.kind === 'ringing' ? call.branches : []));
        if (ringing && how === 'busy') desk.happens({ type: 'released', leg: ringing.leg, cause: 'busy' });
      }
      expect(desk.now - begun).toBeGreaterThanOrEqual(900_000);
      expect(desk.now - begun).toBeLessThan(1_080_000);
      expect(desiredOf(desk)[customer]).toMatchObject({ kind: 'release' });
      expect(desk.notes.at(-1)).toMatchObject({ type: 'callEnded', cause: how === 'busy' ? 'busy' : 'noAnswer' });
    },
  );

  test('goes on where it is a call to the emergency services that has come back to a busy telephone', () => {
    const desk = new Desk().withPhones(anna, ben);
    const caller = desk.dials(inside(anna), '112');
    desk.happens(
      { type: 'answered', leg: out(1) },
      { type: 'transferTo', leg: caller, number: '102' },
      { type: 'released', leg: caller, cause: 'normal' },
      { type: 'released', leg: out(2), cause: 'noAnswer' },
    );
    for (let turn = 0; turn < 100; turn += 1) {
      const [ringing] = calls(desk).flatMap((call) => (call.kind === 'ringing' ? call.branches : []));
      if (ringing) desk.happens({ type: 'released', leg: ringing.leg, cause: 'busy' });
      desk.now = nextDeadline(desk.state) ?? desk.now;
      desk.happens({ type: 'tick' });
    }
    expect(calls(desk)).toMatchObject([{ route: { kind: 'emergency' } }]);
  });

  test('begins to be counted anew when somebody has fetched the call and parks it again', () => {
    const { desk } = annaParks();
    desk.now += 800_000;
    const leg = desk.dials(inside(ben), '*01');
    desk.happens({ type: 'answered', leg }, { type: 'transferTo', leg, number: '*02' });
    desk.now += 120_000;
    desk.happens({ type: 'tick' });
    const [ringing] = calls(desk).flatMap((call) => (call.kind === 'ringing' ? call.branches : []));
    desk.happens({ type: 'released', leg: ringing?.leg ?? leg, cause: 'noAnswer' });
    expect(calls(desk)).toMatchObject([{ kind: 'parked', place: 2, by: '102' }]);
  });

  test('is not for a call to the emergency services', () => {
    const desk = new Desk().withPhones(anna);
    desk.dials(inside(anna), '112');
    desk.happens({ type: 'answered', leg: out(1) }, { type: 'transferTo', leg: 'in-1' as never, number: '*01' });
    expect(calls(desk)).toMatchObject([{ kind: 'talking', route: { kind: 'emergency' } }]);
  });
});

test('codes are complete on an analog telephone as soon as no longer one begins with them', () => {
  for (const code of ['*8', '**101', '*01', '*1']) expect(isComplete(office, code), code).toBe(true);
  for (const start of ['*', '**', '**10', '*0']) expect(isComplete(office, start), start).toBe(false);
});
