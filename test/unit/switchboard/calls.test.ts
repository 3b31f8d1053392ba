import { describe, expect, test } from 'vitest';
import type { LegId } from '../../../src/primitives/ids.js';
import { callId, legId } from '../../../src/primitives/ids.js';
import { desiredEdges, desiredLegs, desiredPlaybacks } from '../../../src/switchboard/desired.js';
import { nextDeadline } from '../../../src/switchboard/switchboard.js';
import { anna, ben, city, Desk, inside, mona, office, out, outside } from './office.js';

/** Anna has called Ben; `isAnswered` tells whether he has picked up. */
function annaCallsBen(isAnswered: boolean): { desk: Desk; caller: LegId; callee: LegId } {
  const desk = new Desk().withPhones(ben);
  const caller = desk.dials(inside(anna), '102');
  if (isAnswered) desk.happens({ type: 'answered', leg: out(1) });
  return { desk, caller, callee: out(1) };
}

const desiredOf = (desk: Desk) => Object.fromEntries(desiredLegs(desk.state));
const edges = (desk: Desk) => desiredEdges(desk.state).map(({ from, to }) => `${from}>${to}`);
const both = (a: LegId, b: LegId) => [`${a}>${b}`, `${b}>${a}`];

describe('a ringing call', () => {
  test('has no audio before early media', () => {
    const { desk, callee } = annaCallsBen(false);
    desk.happens({ type: 'ringing', leg: callee });
    expect(edges(desk)).toEqual([]);
  });

  test('passes early media on, and goes on with it when a late 180 follows', () => {
    const { desk, caller, callee } = annaCallsBen(false);
    desk.happens({ type: 'earlyMedia', leg: callee }, { type: 'ringing', leg: callee });
    expect(desiredOf(desk)[caller]).toEqual({ kind: 'openEarlyMedia' });
    expect(edges(desk)).toEqual(both(caller, callee));
  });

  test('plays ringback to the caller as long as early media is silent', () => {
    const { desk, caller, callee } = annaCallsBen(false);
    const tones = () => desiredPlaybacks(desk.state, 'de').flatMap(({ leg, items }) => [leg, ...items]);
    desk.happens({ type: 'earlyMedia', leg: callee });
    expect(tones()).toEqual([]);
    desk.happens({ type: 'ringing', leg: callee });
    expect(tones()).toEqual([caller, { kind: 'networkTone', name: 'ringback', country: 'de' }]);
    desk.happens({ type: 'earlyMediaHeard', leg: callee });
    expect(tones()).toEqual([]);
  });

  test.each([
    [['ringing', 'earlyMedia'], 1],
    [['earlyMedia', 'earlyMediaHeard', 'ringing'], 0],
    [['ringing', 'earlyMedia', 'answered'], 0],
  ] as const)('plays that tone after %j: %d', (story, count) => {
    const { desk, callee } = annaCallsBen(false);
    for (const type of story) desk.happens({ type, leg: callee });
    expect(desiredPlaybacks(desk.state, 'de')).toHaveLength(count);
  });

  test('passes digits to an announcement in early media, and nowhere without one', () => {
    const { desk, caller, callee } = annaCallsBen(false);
    desk.happens({ type: 'digit', leg: caller, digit: '1' }, { type: 'earlyMedia', leg: callee });
    desk.happens({ type: 'digit', leg: caller, digit: '2' }, { type: 'digit', leg: callee, digit: '3' });
    expect(desk.signals).toEqual([{ kind: 'sendDigit', leg: callee, digit: '2' }]);
  });

  test('waits until the ringing time is over', () => {
    const { desk } = annaCallsBen(false);
    expect(nextDeadline(desk.state)).toBe(desk.now + office.ringSeconds * 1000);
  });

  test('is not answered by the caller', () => {
    const { desk, caller } = annaCallsBen(false);
    desk.happens({ type: 'answered', leg: caller });
    expect([...desk.state.calls.values()].map(({ kind }) => kind)).toEqual(['ringing']);
  });

  test('that either end holds before it is answered is on hold afterwards', () => {
    for (const end of ['caller', 'callee'] as const) {
      const { desk, ...legs } = annaCallsBen(false);
      desk.happens({ type: 'held', leg: legs[end], held: true }, { type: 'answered', leg: legs.callee });
      expect(desiredEdges(desk.state)).toEqual([]);
      desk.happens({ type: 'held', leg: legs[end], held: false });
      expect(desiredEdges(desk.state)).toHaveLength(2);
    }
  });

  test('is confirmed by who was called at once, and by the caller with the acknowledgement', () => {
    const { desk, caller, callee } = annaCallsBen(false);
    const confirmed = () =>
      [...desk.state.calls.values()].map(
        (call) => call.kind === 'talking' && [call.caller, call.callee].map((party) => party.confirmed),
      );
    desk.happens({ type: 'answered', leg: callee });
    expect(confirmed()).toEqual([[false, true]]);
    desk.happens({ type: 'answered', leg: caller });
    expect(confirmed()).toEqual([[true, true]]);
  });
});

describe('an answered call', () => {
  test('connects both ways and waits for nothing', () => {
    const { desk, caller, callee } = annaCallsBen(true);
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'answer' }, [callee]: { kind: 'stay' } });
    expect(desiredEdges(desk.state)).toEqual([
      { from: caller, to: callee, gain: 0, levelled: false, side: 'both' },
      { from: callee, to: caller, gain: 0, levelled: false, side: 'both' },
    ]);
    expect(nextDeadline(desk.state)).toBeUndefined();
  });

  test('passes digits on, both ways', () => {
    const { desk, caller, callee } = annaCallsBen(true);
    desk.happens({ type: 'digit', leg: caller, digit: '5' }, { type: 'digit', leg: callee, digit: '#' });
    expect(desk.signals).toEqual([
      { kind: 'sendDigit', leg: callee, digit: '5' },
      { kind: 'sendDigit', leg: caller, digit: '#' },
    ]);
  });

  test('on hold is silent except for a prompt to the waiting party', () => {
    const { desk, caller, callee } = annaCallsBen(true);
    desk.happens({ type: 'held', leg: callee, held: true });
    expect(edges(desk)).toEqual([]);
    expect(desiredPlaybacks(desk.state, 'de')).toEqual([
      {
        id: `hold-1-${caller}`,
        leg: caller,
        language: 'de',
        items: [
          { kind: 'prompt', name: 'hold' },
          { kind: 'pause', ms: 8000 },
        ],
        loop: true,
      },
    ]);
    desk.happens({ type: 'held', leg: callee, held: false });
    expect(edges(desk)).toEqual(both(caller, callee));
    expect(desiredPlaybacks(desk.state, 'de')).toEqual([]);
  });

  test('held by both plays to nobody and goes on when both resume', () => {
    const { desk, caller, callee } = annaCallsBen(true);
    desk.happens({ type: 'held', leg: callee, held: true }, { type: 'held', leg: caller, held: true });
    expect(desiredPlaybacks(desk.state, 'de')).toEqual([]);
    desk.happens({ type: 'held', leg: callee, held: false });
    expect(desiredPlaybacks(desk.state, 'de').map(({ leg }) => leg)).toEqual([callee]);
    expect(edges(desk)).toEqual([]);
    desk.happens({ type: 'held', leg: caller, held: false });
    expect(edges(desk)).toEqual(both(caller, callee));
  });

  test('notes a hold once, however often it is signalled', () => {
    const { desk, callee } = annaCallsBen(true);
    desk.happens({ type: 'held', leg: callee, held: true }, { type: 'held', leg: callee, held: true });
    expect(desk.notes.filter(({ type }) => type === 'callHeld')).toEqual([
      { type: 'callHeld', call: 1, by: '102', held: true },
    ]);
  });

  test.each([
    ['failure', 'its line breaks'],
    ['peerSilent', 'it is lost'],
  ] as const)('is recorded as ended by that (%s) when %s, and ends for the other as usual', (cause, _how) => {
    const { desk, caller, callee } = annaCallsBen(true);
    desk.happens({ type: 'released', leg: callee, cause });
    expect(desiredOf(desk)).toEqual({ [caller]: { kind: 'release', cause: 'normal' } });
    expect(desk.notes.at(-1)).toMatchObject({ type: 'callEnded', call: 1, cause });
  });

  test.each(['caller', 'callee'] as const)('ends for both when the %s hangs up', (who) => {
    const { desk, ...legs } = annaCallsBen(true);
    desk.now += 60_000;
    desk.happens({ type: 'released', leg: legs[who], cause: 'normal' });
    const other = who === 'caller' ? legs.callee : legs.caller;
    expect(desiredOf(desk)).toEqual({ [other]: { kind: 'release', cause: 'normal' } });
    expect(edges(desk)).toEqual([]);
    expect(desk.notes.at(-1)).toEqual({ type: 'callEnded', call: 1, cause: 'normal', talkedMs: 60_000 });
    desk.happens({ type: 'released', leg: other, cause: 'normal' });
    expect(desk.state).toMatchObject({ calls: new Map(), releasing: new Map() });
  });
});

describe('a take-over', () => {
  const moderator = legId('in-9');
  const request = (leaving: LegId) =>
    ({
      type: 'takeOver',
      call: callId(1),
      leaving,
      arriving: { leg: moderator, line: inside(mona), number: '201', known: ['201'], direction: 'incoming' },
    }) as const;

  test.each(['caller', 'callee'] as const)('puts the moderator in the place of the %s', (who) => {
    const { desk, ...legs } = annaCallsBen(true);
    const stays = who === 'caller' ? legs.callee : legs.caller;
    desk.happens(request(legs[who]));
    expect(edges(desk).sort()).toEqual(both(moderator, stays).sort());
    expect(desiredOf(desk)).toMatchObject({
      [moderator]: { kind: 'answer' },
      [legs[who]]: { kind: 'release', cause: 'normal' },
    });
    const from = who === 'caller' ? '101' : '102';
    expect(desk.notes.at(-1)).toEqual({ type: 'callTakenOver', call: 1, from, by: '201' });
    desk.happens({ type: 'released', leg: legs[who], cause: 'normal' });
    expect(desk.state.calls.get(callId(1))).toMatchObject({ kind: 'talking' });
  });

  test('keeps the other party on hold where it was', () => {
    const { desk, caller, callee } = annaCallsBen(true);
    desk.happens({ type: 'held', leg: callee, held: true }, request(caller));
    expect(edges(desk)).toEqual([]);
  });

  test('that comes too late releases the moderator', () => {
    const { desk, caller, callee } = annaCallsBen(true);
    desk.happens({ type: 'released', leg: caller, cause: 'normal' }, request(callee));
    expect(desiredOf(desk)[moderator]).toEqual({ kind: 'release', cause: 'failure' });
  });

  test('by a moderator from outside shows the number they called from', () => {
    const { desk, caller } = annaCallsBen(true);
    const arriving = {
      leg: moderator,
      line: outside(city),
      number: '0170999',
      known: ['0170999'],
      direction: 'incoming' as const,
    };
    desk.happens({ ...request(caller), arriving });
    expect(desk.state.calls.get(callId(1))).toMatchObject({ caller: { number: '0170999', name: '' } });
  });
});

describe('legs of no call', () => {
  test('change nothing', () => {
    const { desk } = annaCallsBen(true);
    const before = desk.state;
    const stranger = legId('stranger');
    desk.happens(
      { type: 'ringing', leg: stranger },
      { type: 'earlyMedia', leg: stranger },
      { type: 'answered', leg: stranger },
      { type: 'held', leg: stranger, held: true },
      { type: 'digit', leg: stranger, digit: '1' },
      { type: 'released', leg: stranger, cause: 'normal' },
    );
    expect(desk.state).toEqual(before);
    expect(desk.signals).toEqual([]);
  });
});
