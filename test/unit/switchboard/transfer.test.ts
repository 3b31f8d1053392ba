import { describe, expect, test } from 'vitest';
import type { LegId } from '../../../src/primitives/ids.js';
import { legId } from '../../../src/primitives/ids.js';
import { desiredEdges, desiredLegs, desiredPlaybacks } from '../../../src/switchboard/desired.js';
import { usualHandling } from '../../../src/switchboard/handling/call-handling.js';
import { anna, ben, cara, city, Desk, inside, mona, out, outside, phone, spare } from './office.js';

const desiredOf = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));
const edges = (desk: Desk) => desiredEdges(desk.state).map(({ from, to }) => `${from}>${to}`);
const both = (a: LegId, b: LegId) => [`${a}>${b}`, `${b}>${a}`];
const waiting = (desk: Desk) => desiredPlaybacks(desk.state, 'de').map(({ leg }) => leg);
const released = { kind: 'release', cause: 'normal' };
const calls = (desk: Desk) => [...desk.state.calls.values()];
/** What the phone on each leg was told of its transfer, in its order. */
const told = (desk: Desk) =>
  desk.signals.map((signal) => (signal.kind === 'reportTransfer' ? `${signal.leg} ${signal.progress}` : signal.kind));

/** A customer has called Anna, who has put them on hold and calls Ben: `held` and `to` are Anna's legs. */
function annaConsultsBen(isAnswered: boolean) {
  const desk = new Desk().withPhones(anna, ben);
  desk.happens({ type: 'contactUnbound', extension: ben, contact: phone(ben) });
  const customer = desk.dials(outside(city), '4930555', '0170');
  const held = out(1);
  desk.withPhones(ben).happens({ type: 'answered', leg: held }, { type: 'held', leg: held, held: true });
  const to = desk.dials(inside(anna), '102');
  const bens = out(2);
  if (isAnswered) desk.happens({ type: 'answered', leg: bens });
  return { desk, customer, held, to, bens };
}

describe('an attended transfer', () => {
  test('joins the other ends of both calls, and the phone leaves', () => {
    const { desk, customer, held, to, bens } = annaConsultsBen(true);
    desk.now += 5000;
    desk.happens({ type: 'transfer', held, to });
    expect(edges(desk).sort()).toEqual(both(customer, bens).sort());
    expect(desiredOf(desk)).toEqual({
      [customer]: { kind: 'answer' },
      [bens]: { kind: 'stay' },
      [held]: released,
      [to]: released,
    });
    expect(waiting(desk)).toEqual([]);
    expect(told(desk)).toEqual([`${held} done`]);
    expect(desk.notes.slice(-2)).toEqual([
      { type: 'callTransferred', call: 2, by: '101', who: '0170', to: '102' },
      { type: 'callEnded', call: 1, cause: 'normal', talkedMs: 5000 },
    ]);
  });

  test('survives the legs of the phone, and ends with the two who talk', () => {
    const { desk, customer, held, to, bens } = annaConsultsBen(true);
    desk.happens({ type: 'transfer', held, to });
    for (const leg of [held, to]) desk.happens({ type: 'released', leg, cause: 'normal' });
    expect(edges(desk)).toHaveLength(2);
    desk.happens({ type: 'released', leg: bens, cause: 'normal' });
    expect(desiredOf(desk)).toEqual({ [customer]: released });
  });

  test.each(['caller', 'callee'] as const)('works from either end of the consultation: the phone is its %s', (end) => {
    const desk = new Desk().withPhones(anna, ben, cara);
    const caras = desk.dials(inside(cara), '101');
    desk.happens({ type: 'answered', leg: out(1) });
    const consultation = desk.dials(inside(end === 'caller' ? anna : ben), end === 'caller' ? '102' : '101');
    desk.happens({ type: 'answered', leg: out(2) });
    const [to, bens] = end === 'caller' ? [consultation, out(2)] : [out(2), consultation];
    desk.happens({ type: 'transfer', held: out(1), to });
    expect(edges(desk).sort()).toEqual(both(caras, bens).sort());
    expect(calls(desk)).toMatchObject([{ kind: 'talking', id: 2 }]);
  });

  test('while it still rings: the other end waits for the answer, and hears so', () => {
    const { desk, customer, held, to, bens } = annaConsultsBen(false);
    desk.happens({ type: 'ringing', leg: bens }, { type: 'transfer', held, to });
    expect(waiting(desk)).toEqual([customer]);
    expect(edges(desk)).toEqual([]);
    expect(desiredOf(desk)).toMatchObject({
      [customer]: { kind: 'answer' },
      [bens]: { kind: 'dial' },
      [held]: { kind: 'stay' },
      [to]: released,
    });
    desk.happens({ type: 'answered', leg: bens });
    expect(waiting(desk)).toEqual([]);
    expect(edges(desk).sort()).toEqual(both(customer, bens).sort());
    expect(desiredOf(desk)[held]).toEqual(released);
    expect(told(desk)).toEqual([`${held} ringing`, `${held} done`]);
  });

  test('while it still rings, and nobody answers: the phone has its call back, held as it was', () => {
    const { desk, customer, held, to, bens } = annaConsultsBen(false);
    desk.happens({ type: 'transfer', held, to }, { type: 'released', leg: to, cause: 'normal' });
    desk.now += 3000;
    desk.happens({ type: 'released', leg: bens, cause: 'busy' });
    expect(told(desk)).toEqual([`${held} busy`]);
    expect(waiting(desk)).toEqual([customer]);
    desk.happens({ type: 'held', leg: held, held: false });
    expect(edges(desk).sort()).toEqual(both(customer, held).sort());
    expect(calls(desk)).toMatchObject([{ kind: 'talking', id: 2 }]);
    desk.now += 4000;
    desk.happens({ type: 'released', leg: customer, cause: 'normal' });
    expect(desk.notes.slice(-4)).toMatchObject([
      { type: 'callEnded', call: 1 },
      { type: 'transferFailed', call: 2, by: '101', cause: 'busy' },
      { type: 'callHeld' },
      { type: 'callEnded', call: 2, talkedMs: 7000 },
    ]);
  });

  test('while it still rings, by a phone that hangs up then: it is rung when nobody answers', () => {
    const { desk, customer, held, to, bens } = annaConsultsBen(false);
    desk.happens({ type: 'transfer', held, to });
    for (const leg of [held, to]) desk.happens({ type: 'released', leg, cause: 'normal' });
    desk.happens({ type: 'released', leg: bens, cause: 'busy' });
    expect(desiredOf(desk)).toMatchObject({ [customer]: { kind: 'answer' }, [out(3)]: { to: { extension: anna } } });
    expect(told(desk)).toEqual([]);
  });

  test.each([
    ['a number that nobody has', '777'],
    ['a parking place where nobody waits', '*01'],
    ['a call to pick up where none rings', '*8'],
  ])('to %s, by a telephone that has been hung up: it is rung, and nobody is lost', (_where, dialled) => {
    const desk = new Desk().withPhones(anna);
    const customer = desk.dials(outside(city), '4930555', '0170');
    const held = out(1);
    desk.happens({ type: 'answered', leg: held }, { type: 'held', leg: held, held: true });
    const to = desk.dials(inside(anna), dialled);
    desk.happens({ type: 'transfer', held, to, isHungUp: true });
    for (const leg of [held, to]) desk.happens({ type: 'released', leg, cause: 'normal' });
    expect(desiredOf(desk)).toMatchObject({
      [customer]: { kind: 'answer' },
      [out(2)]: { kind: 'dial', to: { extension: anna } },
    });
    expect(waiting(desk)).toEqual([customer]);
    expect(desk.notes.at(-1)).toEqual({ type: 'transferRecalled', call: 1, to: '101' });
    desk.happens({ type: 'answered', leg: out(2) });
    expect(edges(desk).sort()).toEqual(both(customer, out(2)).sort());
    expect(calls(desk)).toMatchObject([{ kind: 'talking', id: 1 }]);
  });

  test('to a number that nobody has, by a telephone that has been hung up and forwards: it is rung all the same', () => {
    const desk = new Desk().withPhones(anna, ben);
    const handling = { ...usualHandling, always: '102' };
    desk.dials(outside(city), '4930555', '0170');
    const held = out(1);
    desk.happens({ type: 'answered', leg: held }, { type: 'handlingSet', extension: anna, handling, by: 'ada' });
    const to = desk.dials(inside(anna), '777');
    desk.happens({ type: 'transfer', held, to, isHungUp: true });
    expect(desiredOf(desk)[out(3)]).toMatchObject({ kind: 'dial', to: { extension: anna } });
    expect(desk.notes.at(-1)).toEqual({ type: 'transferRecalled', call: 1, to: '101' });
  });

  test('by a transferee who still waits: the first transferor is done with it', () => {
    const { desk, customer, held, bens } = annaConsultsBen(true);
    desk.withPhones(cara).happens({ type: 'transferTo', leg: bens, number: '103' });
    const annas = legId('in-2');
    desk.happens({ type: 'transfer', held, to: annas });
    expect(told(desk)).toEqual([`${bens} done`]);
    expect(desiredOf(desk)).toMatchObject({ [bens]: released, [annas]: released, [held]: { kind: 'stay' } });
    desk.happens({ type: 'answered', leg: out(3) });
    expect(edges(desk).sort()).toEqual(both(customer, out(3)).sort());
    expect(told(desk)).toEqual([`${bens} done`, `${held} done`]);
  });

  test('of a customer who holds meanwhile keeps that', () => {
    const { desk, customer, held, to, bens } = annaConsultsBen(false);
    desk.happens({ type: 'transfer', held, to }, { type: 'held', leg: customer, held: true });
    expect(waiting(desk)).toEqual([]);
    desk.happens({ type: 'answered', leg: bens });
    expect(edges(desk)).toEqual([]);
    desk.happens({ type: 'held', leg: customer, held: false });
    expect(edges(desk)).toHaveLength(2);
  });

  test('of an emergency call leaves it one', () => {
    const desk = new Desk().withPhones(ben);
    const held = desk.dials(inside(anna), '112');
    desk.happens({ type: 'answered', leg: out(1) });
    const to = desk.dials(inside(anna), '102');
    desk.happens({ type: 'answered', leg: out(2) }, { type: 'transfer', held, to });
    expect(calls(desk)).toMatchObject([{ route: { kind: 'emergency' } }]);
  });

  test.each<readonly [string, (legs: ReturnType<typeof annaConsultsBen>) => readonly [LegId, LegId]]>([
    ['legs that are in no call', () => [legId('x'), legId('y')]],
    ['one and the same call', ({ held }) => [held, held]],
    ['the two ends of one call', ({ held, customer }) => [held, customer]],
    ['the calls of two phones', ({ held, bens }) => [held, bens]],
    ['the customer’s own leg', ({ customer, to }) => [customer, to]],
  ])('of %s changes nothing', (_, pick) => {
    const legs = annaConsultsBen(true);
    const before = legs.desk.state;
    const [held, to] = pick(legs);
    legs.desk.happens({ type: 'transfer', held, to });
    expect(legs.desk.state).toEqual(before);
    expect(told(legs.desk)).toEqual([`${held} forbidden`]);
  });

  test('to whom only rings this very phone changes nothing', () => {
    const { desk, held } = annaConsultsBen(true);
    desk.dials(inside(cara), '101');
    const before = desk.state;
    desk.happens({ type: 'transfer', held, to: out(3) });
    expect(desk.state).toEqual(before);
  });
});

describe('a blind transfer', () => {
  /** Cara talks to Anna, who sends her on to Ben's phone. */
  function annaSendsCaraOn(number = '102') {
    const desk = new Desk().withPhones(anna, ben);
    const caras = desk.dials(inside(cara), '101');
    const annas = out(1);
    desk.happens({ type: 'answered', leg: annas });
    desk.happens({ type: 'transferTo', leg: annas, number });
    return { desk, caras, annas };
  }

  test('rings the number while the other end waits, and the phone leaves when it is answered', () => {
    const { desk, caras, annas } = annaSendsCaraOn();
    expect(desiredOf(desk)).toMatchObject({
      [caras]: { kind: 'answer' },
      [annas]: { kind: 'stay' },
      [out(2)]: { kind: 'dial', to: { extension: ben }, callerId: { number: '103' } },
    });
    expect(waiting(desk)).toEqual([caras]);
    expect(edges(desk)).toEqual([]);
    desk.happens({ type: 'answered', leg: out(2) });
    expect(edges(desk).sort()).toEqual(both(caras, out(2)).sort());
    expect(desiredOf(desk)[annas]).toEqual(released);
    expect(desk.noteTypes).toEqual(['callStarted', 'callAnswered', 'callTransferred', 'callAnswered']);
    expect(calls(desk)).toMatchObject([{ id: 1 }]);
  });

  test('reports ringing to the phone once, however many phones ring, and then success', () => {
    const { desk, annas } = annaSendsCaraOn('600');
    desk.happens({ type: 'ringing', leg: out(2) }, { type: 'earlyMedia', leg: out(3) });
    expect(told(desk)).toEqual([`${annas} ringing`]);
    desk.happens({ type: 'answered', leg: out(3) });
    expect(told(desk)).toEqual([`${annas} ringing`, `${annas} done`]);
  });

  test.each([
    ['rings at the target', '102'],
    ['is parked', '*01'],
  ])(
    'leaves the caller connected, who pays for it: a call that ends while it %s has lasted since its first answer',
    (_, number) => {
      const { desk, caras, annas } = annaSendsCaraOn(number);
      desk.happens({ type: 'released', leg: annas, cause: 'normal' });
      desk.now += 8000;
      desk.happens({ type: 'released', leg: caras, cause: 'normal' });
      expect(desk.notes.at(-1)).toMatchObject({ type: 'callEnded', call: 1, talkedMs: 8000 });
    },
  );

  test('goes on counting when the target answers', () => {
    const { desk, caras } = annaSendsCaraOn('102');
    desk.now += 8000;
    desk.happens({ type: 'answered', leg: out(2) });
    desk.now += 2000;
    desk.happens({ type: 'released', leg: caras, cause: 'normal' });
    expect(desk.notes.at(-1)).toMatchObject({ type: 'callEnded', call: 1, talkedMs: 10_000 });
  });

  test('goes out over a trunk, and over the next one', () => {
    const { desk, caras } = annaSendsCaraOn('030777');
    desk.happens({ type: 'released', leg: out(2), cause: 'failure' });
    expect(desiredOf(desk)[out(3)]).toMatchObject({ to: { trunk: spare, number: '30777' } });
    desk.happens({ type: 'earlyMedia', leg: out(3) });
    expect(waiting(desk)).toEqual([]);
    expect(edges(desk).sort()).toEqual(both(caras, out(3)).sort());
  });

  test.each([
    ['199', 'notFound'],
    ['*90', 'forbidden'],
    ['0', 'incomplete'],
    ['103', 'unavailable'],
  ] as const)('to %s cannot be done (%s): the call stays as it is', (number, cause) => {
    const { desk, caras, annas } = annaSendsCaraOn(number);
    expect(edges(desk).sort()).toEqual(both(caras, annas).sort());
    expect(desk.notes.at(-1)).toEqual({ type: 'transferRefused', by: '101', to: number, cause });
    expect(told(desk)).toEqual([`${annas} ${cause}`]);
  });

  test.each(['busy', 'declined', 'notFound'] as const)('that fails (%s) restores the former call', (cause) => {
    const { desk, caras, annas } = annaSendsCaraOn();
    desk.happens({ type: 'held', leg: annas, held: true });
    desk.now += 2000;
    desk.happens({ type: 'released', leg: out(2), cause });
    expect(told(desk)).toEqual([`${annas} ${cause}`]);
    expect(desiredOf(desk)).toEqual({ [caras]: { kind: 'answer' }, [annas]: { kind: 'stay' } });
    expect(waiting(desk)).toEqual([caras]);
    desk.happens({ type: 'held', leg: annas, held: false });
    expect(edges(desk).sort()).toEqual(both(caras, annas).sort());
    expect(desk.notes.at(-2)).toEqual({ type: 'transferFailed', call: 1, by: '101', cause });
    desk.happens({ type: 'released', leg: annas, cause: 'normal' });
    expect(desk.notes.at(-1)).toEqual({ type: 'callEnded', call: 1, cause: 'normal', talkedMs: 2000 });
  });

  test('that nobody answers in time is the call it was, and the customer may hold meanwhile', () => {
    const { desk, caras, annas } = annaSendsCaraOn();
    desk.happens({ type: 'held', leg: caras, held: true });
    desk.now += 30_000;
    desk.happens({ type: 'tick' });
    expect(told(desk)).toEqual([`${annas} noAnswer`]);
    expect(desiredOf(desk)[out(2)]).toEqual({ kind: 'release', cause: 'noAnswer' });
    expect(waiting(desk)).toEqual([annas]);
    desk.happens({ type: 'held', leg: caras, held: false });
    expect(edges(desk).sort()).toEqual(both(caras, annas).sort());
  });

  test('can be attempted again with somebody else', () => {
    const { desk, caras, annas } = annaSendsCaraOn();
    desk.happens({ type: 'released', leg: out(2), cause: 'busy' });
    desk.happens({ type: 'transferTo', leg: annas, number: '600' }, { type: 'answered', leg: out(4) });
    expect(edges(desk).sort()).toEqual(both(caras, out(4)).sort());
    expect(told(desk)).toEqual([`${annas} busy`, `${annas} done`]);
  });

  test('requested again while it rings is refused, and the first one goes on', () => {
    const { desk, annas } = annaSendsCaraOn();
    const before = desk.state;
    desk.happens({ type: 'transferTo', leg: annas, number: '600' });
    expect(desk.state).toEqual(before);
    expect(told(desk)).toEqual([`${annas} forbidden`]);
  });

  test('lets nobody hear the keys of the phone while it rings', () => {
    const { desk, annas } = annaSendsCaraOn();
    desk.happens({ type: 'earlyMedia', leg: out(2) });
    const before = desk.signals.length;
    desk.happens({ type: 'digit', leg: annas, digit: '1' });
    expect(desk.signals).toHaveLength(before);
  });

  describe('by a phone that hangs up immediately', () => {
    function annaHangsUp() {
      const legs = annaSendsCaraOn();
      legs.desk.happens({ type: 'released', leg: legs.annas, cause: 'normal' });
      return legs;
    }

    test('goes on without it', () => {
      const { desk, caras } = annaHangsUp();
      expect(waiting(desk)).toEqual([caras]);
      desk.happens({ type: 'answered', leg: out(2) });
      expect(edges(desk).sort()).toEqual(both(caras, out(2)).sort());
      expect(told(desk)).toEqual([]);
    });

    test.each(['declined', 'noAnswer'] as const)('rings back, once, when it fails (%s)', (cause) => {
      const { desk, caras } = annaHangsUp();
      desk.happens({ type: 'released', leg: out(2), cause });
      expect(desiredOf(desk)).toMatchObject({ [caras]: { kind: 'answer' }, [out(3)]: { to: { extension: anna } } });
      expect(waiting(desk)).toEqual([caras]);
      expect(desk.notes.at(-1)).toEqual({ type: 'transferRecalled', call: 1, to: '101' });
      desk.happens({ type: 'released', leg: out(3), cause });
      expect(desiredOf(desk)).toMatchObject({ [caras]: { kind: 'release', cause } });
      expect(calls(desk)).toEqual([]);
    });

    test('rings back when nobody answers in time, and is answered there', () => {
      const { desk, caras } = annaHangsUp();
      desk.now += 30_000;
      desk.happens({ type: 'tick' });
      expect(desiredOf(desk)[out(2)]).toEqual({ kind: 'release', cause: 'noAnswer' });
      desk.happens({ type: 'answered', leg: out(3) });
      expect(edges(desk).sort()).toEqual(both(caras, out(3)).sort());
    });
  });

  test('whose waiting end hangs up is over', () => {
    const { desk, caras, annas } = annaSendsCaraOn();
    desk.happens({ type: 'released', leg: caras, cause: 'normal' });
    const cancelled = { kind: 'release', cause: 'cancelled' };
    expect(desiredOf(desk)).toEqual({ [out(2)]: cancelled, [annas]: cancelled });
    expect(told(desk)).toEqual([`${annas} cancelled`]);
    expect(calls(desk)).toEqual([]);
  });

  test('of an emergency call leaves it one, also when it comes back', () => {
    const desk = new Desk().withPhones(ben);
    const leg = desk.dials(inside(anna), '112');
    desk.happens({ type: 'answered', leg: out(1) }, { type: 'transferTo', leg, number: '102' });
    expect(calls(desk)).toMatchObject([{ kind: 'ringing', route: { kind: 'emergency' } }]);
    desk.happens({ type: 'released', leg: out(2), cause: 'busy' });
    expect(calls(desk)).toMatchObject([{ kind: 'talking', route: { kind: 'emergency' } }]);
  });

  test('by the outside is not done', () => {
    const desk = new Desk().withPhones(anna, ben);
    const customer = desk.dials(outside(city), '4930555', '0170');
    desk.happens({ type: 'answered', leg: out(1) });
    const before = desk.state;
    desk.happens({ type: 'transferTo', leg: customer, number: '030999' });
    expect(desk.state).toEqual(before);
    expect(told(desk)).toEqual([`${customer} forbidden`]);
  });

  test('by somebody whose call only rings is not done', () => {
    const desk = new Desk().withPhones(ben);
    const leg = desk.dials(inside(mona), '102');
    const before = desk.state;
    desk.happens({ type: 'transferTo', leg, number: '101' });
    expect(desk.state).toEqual(before);
  });
});
