import { describe, expect, test } from 'vitest';
import { type LegId, legId } from '../../../src/primitives/ids.js';
import type { Caller } from '../../../src/switchboard/leg-commands.js';
import type { Party } from '../../../src/switchboard/state.js';
import { anna, ben, city, Desk, inside, out, outside } from './office.js';

const told = (leg: LegId, ...known: readonly string[]) =>
  ({ type: 'identified', leg, caller: { number: known[0] ?? '', name: '', known, isUnread: false } }) as const;
const nothingOf = (leg: LegId) => ({ type: 'identified', leg, caller: { number: '', name: '', known: [] } }) as const;
const unread = (leg: LegId) =>
  ({ type: 'identified', leg, caller: { number: '', name: '', known: [], isUnread: true } }) as const;
const answered = (leg: LegId) => ({ type: 'answered', leg }) as const;
const keyed = (leg: LegId, digit: '1' | '2' | '#') => ({ type: 'digit', leg, digit }) as const;

function callee(desk: Desk): Party {
  const [call] = desk.state.calls.values();
  if (call?.kind !== 'talking') throw new Error('nobody talks');
  return call.callee;
}

describe('who is reached outside', () => {
  const annaCallsOut = () => {
    const desk = new Desk();
    return { desk, caller: desk.dials(inside(anna), '030777') };
  };

  test('is who was called, and whoever the provider says it is: ringing, answered, and later', () => {
    const { desk } = annaCallsOut();
    desk.happens(told(out(1), '+4989555111'), answered(out(1)));
    expect(callee(desk)).toMatchObject({ number: '+4989555111', known: ['30777', '+4989555111'], isUnread: false });
    desk.happens(told(out(1), '+4930111'));
    expect(callee(desk)).toMatchObject({ number: '+4930111', known: ['30777', '+4989555111', '+4930111'] });
  });

  test('may be anybody while it cannot be read', () => {
    const { desk } = annaCallsOut();
    desk.happens(unread(out(1)), answered(out(1)));
    expect(callee(desk)).toMatchObject({ number: '30777', isUnread: true });
    desk.happens(told(out(1), '+4930111'));
    expect(callee(desk).isUnread).toBe(false);
    desk.happens(unread(out(1)));
    expect(callee(desk).isUnread).toBe(true);
    desk.happens(nothingOf(out(1)));
    expect(callee(desk).isUnread).toBe(true);
  });

  test('stays unknown for good once more was told than is looked at', () => {
    const { desk } = annaCallsOut();
    const { leg, type, caller } = told(out(1), '+4989555111');
    desk.happens({ leg, type, caller: { ...caller, isUnreadable: true } }, answered(out(1)));
    desk.happens(told(out(1), '+4930111'));
    expect(callee(desk).isUnread).toBe(true);
  });

  test('is another one on the next trunk', () => {
    const { desk } = annaCallsOut();
    desk.happens(told(out(1), '+4989555111'), { type: 'released', leg: out(1), cause: 'congestion' });
    desk.happens(answered(out(2)));
    expect(callee(desk).known).toEqual(['30777']);
  });

  test('with more numbers than are kept can never be identified again', () => {
    const { desk } = annaCallsOut();
    desk.happens(answered(out(1)));
    for (let number = 1; number < 30; number += 1) desk.happens(told(out(1), `+49${number}`));
    expect(callee(desk).isUnread).toBe(true);
    expect(callee(desk).known.length).toBeLessThan(30);
    desk.happens(told(out(1), '+491'));
    expect(callee(desk).isUnread).toBe(true);
  });

  test('is known by the digits keyed after the number, too, before the answer and after it', () => {
    const { desk, caller } = annaCallsOut();
    desk.happens({ type: 'earlyMedia', leg: out(1) }, keyed(caller, '1'), told(out(1), '+4989555111'));
    desk.happens(answered(out(1)), keyed(caller, '#'), keyed(caller, '2'));
    expect(callee(desk).known).toEqual(['30777', '3077712', '+4989555111']);
  });
});

test('who calls from outside may become somebody else', () => {
  const desk = new Desk().withPhones(anna);
  const leg = desk.dials(outside(city), '', '+4930111');
  desk.happens(told(leg, '+4989555111'), answered(out(1)), unread(leg));
  expect([...desk.state.calls.values()]).toMatchObject([
    { caller: { number: '+4989555111', known: ['+4930111', '+4989555111'], isUnread: true } },
  ]);
});

test('who calls from outside with more identities than are looked at stays unknown', () => {
  const desk = new Desk().withPhones(anna);
  const leg = legId('in-1');
  const caller = { number: '+4930111', name: '', known: ['+4930111'], isUnreadable: true };
  desk.comesIn({ type: 'incoming', leg, origin: outside(city), caller, dialled: '' });
  desk.happens(told(leg, '+4930111'), answered(out(1)));
  expect([...desk.state.calls.values()]).toMatchObject([{ caller: { isUnread: true } }]);
});

test('an extension is identified by its account, on either end', () => {
  const desk = new Desk().withPhones(ben);
  const caller = desk.dials(inside(anna), '102');
  const claimed: Caller = { number: '999', name: 'Mrs Secret', known: ['999'], isUnread: true };
  for (const leg of [caller, out(1)]) desk.happens({ type: 'identified', leg, caller: claimed });
  desk.happens(answered(out(1)));
  expect([...desk.state.calls.values()]).toMatchObject([
    {
      caller: { number: '101', known: ['101'], isUnread: false },
      callee: { number: '102', known: ['102'], name: 'Ben' },
    },
  ]);
});
