import { describe, expect, test } from 'vitest';
import { desiredEdges, desiredLegs, desiredPlaybacks } from '../../../src/switchboard/desired.js';
import type { LegId } from '../../../src/switchboard/ids.js';
import { legId } from '../../../src/switchboard/ids.js';
import { anna, ben, cara, city, Desk, inside, mona, out, outside, phone, spare } from './office.js';

const wishes = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));
const edges = (desk: Desk) => desiredEdges(desk.state).map(({ from, to }) => `${from}>${to}`);
const both = (a: LegId, b: LegId) => [`${a}>${b}`, `${b}>${a}`];
const waiting = (desk: Desk) => desiredPlaybacks(desk.state, 'de').map(({ leg }) => leg);
const released = { kind: 'release', cause: 'normal' };
const calls = (desk: Desk) => [...desk.state.calls.values()];

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
    expect(wishes(desk)).toEqual({
      [customer]: { kind: 'answer' },
      [bens]: { kind: 'stay' },
      [held]: released,
      [to]: released,
    });
    expect(waiting(desk)).toEqual([]);
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
    expect(wishes(desk)).toEqual({ [customer]: released });
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
    expect(wishes(desk)).toMatchObject({ [customer]: { kind: 'answer' }, [bens]: { kind: 'dial' }, [to]: released });
    desk.happens({ type: 'answered', leg: bens });
    expect(waiting(desk)).toEqual([]);
    expect(edges(desk).sort()).toEqual(both(customer, bens).sort());
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

  test('rings the number while the other end waits, and the phone leaves at once', () => {
    const { desk, caras, annas } = annaSendsCaraOn();
    expect(wishes(desk)).toMatchObject({
      [caras]: { kind: 'answer' },
      [annas]: released,
      [out(2)]: { kind: 'dial', to: { extension: ben }, callerId: { number: '103' } },
    });
    expect(waiting(desk)).toEqual([caras]);
    desk.happens({ type: 'answered', leg: out(2) });
    expect(edges(desk).sort()).toEqual(both(caras, out(2)).sort());
    expect(desk.noteTypes).toEqual(['callStarted', 'callAnswered', 'callTransferred', 'callAnswered']);
    expect(calls(desk)).toMatchObject([{ id: 1 }]);
  });

  test('goes out over a trunk, and over the next one', () => {
    const { desk, caras } = annaSendsCaraOn('030777');
    desk.happens({ type: 'released', leg: out(2), cause: 'failure' });
    expect(wishes(desk)[out(3)]).toMatchObject({ to: { trunk: spare, number: '30777' } });
    desk.happens({ type: 'earlyMedia', leg: out(3) });
    expect(waiting(desk)).toEqual([]);
    expect(edges(desk).sort()).toEqual(both(caras, out(3)).sort());
  });

  test.each(['199', '*90', '0'])('to %s cannot be done: the call stays as it is', (number) => {
    const { desk, caras, annas } = annaSendsCaraOn(number);
    expect(edges(desk).sort()).toEqual(both(caras, annas).sort());
    expect(desk.notes.at(-1)).toEqual({ type: 'transferRefused', by: '101', to: number });
  });

  test.each(['busy', 'noAnswer'] as const)('that comes to nothing (%s) rings back, once', (cause) => {
    const { desk, caras } = annaSendsCaraOn();
    desk.happens({ type: 'released', leg: out(2), cause });
    expect(wishes(desk)).toMatchObject({ [caras]: { kind: 'answer' }, [out(3)]: { to: { extension: anna } } });
    expect(waiting(desk)).toEqual([caras]);
    expect(desk.notes.at(-1)).toEqual({ type: 'transferRecalled', call: 1, to: '101' });
    desk.happens({ type: 'released', leg: out(3), cause });
    expect(wishes(desk)).toMatchObject({ [caras]: { kind: 'release', cause } });
    expect(calls(desk)).toEqual([]);
  });

  test('that nobody answers in time rings back, and is answered there', () => {
    const { desk, caras } = annaSendsCaraOn();
    desk.now += 30_000;
    desk.happens({ type: 'tick' });
    expect(wishes(desk)[out(2)]).toEqual({ kind: 'release', cause: 'noAnswer' });
    desk.happens({ type: 'answered', leg: out(3) });
    expect(edges(desk).sort()).toEqual(both(caras, out(3)).sort());
  });

  test('whose waiting end hangs up is over', () => {
    const { desk, caras } = annaSendsCaraOn();
    desk.happens({ type: 'released', leg: caras, cause: 'normal' });
    expect(wishes(desk)[out(2)]).toEqual({ kind: 'release', cause: 'cancelled' });
    expect(calls(desk)).toEqual([]);
  });

  test('by the outside is not done', () => {
    const desk = new Desk().withPhones(anna, ben);
    const customer = desk.dials(outside(city), '4930555', '0170');
    desk.happens({ type: 'answered', leg: out(1) });
    const before = desk.state;
    desk.happens({ type: 'transferTo', leg: customer, number: '030999' });
    expect(desk.state).toEqual(before);
  });

  test('by somebody whose call only rings is not done', () => {
    const desk = new Desk().withPhones(ben);
    const leg = desk.dials(inside(mona), '102');
    const before = desk.state;
    desk.happens({ type: 'transferTo', leg, number: '101' });
    expect(desk.state).toEqual(before);
  });
});
