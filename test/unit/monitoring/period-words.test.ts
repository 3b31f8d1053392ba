import { describe, expect, test } from 'vitest';
import { underAgreement } from '../../../src/monitoring/agreed.js';
import { desiredPlaybacks } from '../../../src/monitoring/desired.js';
import { legId } from '../../../src/primitives/ids.js';
import { agreed } from '../agreement/documents.js';
import { anna, ben, cara, mona } from '../switchboard/office.js';
import { MonitoringDesk, noon, openPolicy, talking, withProfile } from './desk.js';

const now = noon.time ?? 0;
const minute = 60_000;
const day = 24 * 60 * minute;
const rule = { daysAhead: 3, mostDays: 10, gapDays: 2 };
const period = { id: 1, members: [anna], from: now, to: now + 5 * day, announced: now - 3 * day };
const document = {
  ...agreed,
  listening: [{ moderators: [mona], members: [anna, ben] }],
  notice: { member: { start: 'none', toneEvery: null }, other: { start: 'none', toneEvery: null } },
} as const;
const under = (policy = openPolicy, periods = [period]) =>
  underAgreement(policy, { hash: 'ab', document: { ...document, periods: rule }, periods });

const none = { kind: 'none' } as const;
const words = ['notice', 'period-runs'];
const [annasLeg, othersLeg] = [legId('a1'), legId('b1')];

/** Anna talks to somebody outside. */
function annaTalks(policy = under(), local = noon): MonitoringDesk {
  const desk = new MonitoringDesk(policy);
  desk.local = local;
  desk.callsAre(talking(1, anna, '03012345678'));
  return desk;
}

/** What is said to somebody in the call has been said. */
function hasBeenTold(desk: MonitoringDesk, leg = annasLeg): void {
  for (const { id } of desiredPlaybacks(desk.state, desk.talking).filter((playback) => playback.leg === leg))
    desk.happens({ type: 'playbackEnded', leg, playback: id });
}

describe('that a period runs', () => {
  test('is said to the member alone, once a day', () => {
    const desk = annaTalks();
    expect([desk.told(annasLeg), desk.told(othersLeg)]).toEqual([words, []]);
    hasBeenTold(desk);
    expect(desk.told(annasLeg)).toEqual([]);
    desk.callsAre();
    desk.callsAre(talking(2, ben, anna));
    expect([desk.told(legId('a2')), desk.told(legId('b2'))]).toEqual([[], []]);
    desk.local = { ...noon, weekday: 4, time: now + day };
    desk.callsAre();
    desk.callsAre(talking(3, ben, anna));
    expect([desk.told(legId('a3')), desk.told(legId('b3'))]).toEqual([[], words]);
  });

  test('is said anew in the next call where the first ends before it has been said', () => {
    const desk = annaTalks();
    desk.callsAre();
    desk.callsAre(talking(2, anna, cara));
    expect(desk.told(legId('a2'))).toEqual(words);
  });

  test('is said again where the clock has been set back to another day', () => {
    const desk = annaTalks(under(), { ...noon, time: now + 2 * day });
    hasBeenTold(desk);
    desk.local = { ...noon, time: now + day };
    desk.passes(minute);
    expect(desk.told(annasLeg)).toEqual(words);
  });

  test.each([
    ['before it', { ...noon, time: now - minute }],
    ['at its end', { ...noon, time: period.to }],
    ['by a clock that cannot be trusted', { ...noon, time: null }],
  ])('is not said %s', (_, local) => {
    expect(annaTalks(under(), local).told(annasLeg)).toEqual([]);
  });

  test.each([
    ['where there is no agreement', openPolicy],
    ['of a period that was announced too late', under(openPolicy, [{ ...period, announced: now - day }])],
    ['to others than its members', under(openPolicy, [{ ...period, members: [ben] }])],
  ])('is not said %s', (_, policy) => {
    expect(annaTalks(policy).told(annasLeg)).toEqual([]);
  });

  test('is not said in an emergency call, nor in a private one', () => {
    const desk = new MonitoringDesk(under());
    desk.callsAre({ ...talking(1, anna, '112'), route: { kind: 'emergency', number: '112', trunks: [] } });
    expect(desk.told(annasLeg)).toEqual([]);
    const secret = talking(2, anna, '03012345678');
    desk.callsAre({ ...secret, caller: { ...secret.caller, isConfidential: true } });
    expect(desk.told(legId('a2'))).toEqual([]);
  });

  test('waits for whoever is on hold, and for a notice that is being spoken', () => {
    const desk = new MonitoringDesk(under(withProfile({ notice: { member: { kind: 'announcement' }, other: none } })));
    const call = talking(1, anna, '03012345678');
    desk.callsAre({ ...call, caller: { ...call.caller, held: true } });
    expect(desk.told(annasLeg)).toEqual([]);
    desk.callsAre(call);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    expect(desk.told(annasLeg)).toEqual(['notice']);
    hasBeenTold(desk);
    expect(desk.told(annasLeg)).toEqual(words);
  });
});
