import { describe, expect, test } from 'vitest';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { underAgreement } from '../../../src/monitoring/agreed.js';
import type { AuditFact, Dismissal, DrawBegun, DrawEnd } from '../../../src/monitoring/records.js';
import type { Monitor } from '../../../src/monitoring/session.js';
import { callId, type LegId } from '../../../src/primitives/ids.js';
import type { TalkingCall } from '../../../src/switchboard/state.js';
import { agreed } from '../agreement/documents.js';
import { anna, ben, cara, mona, supportProfile } from '../switchboard/office.js';
import { MonitoringDesk, openPolicy, openProfile, talking } from './desk.js';

const document: AgreementDocument = {
  ...agreed,
  purposes: [
    { digit: '1', id: 'training', name: 'Training' },
    { digit: '2', id: 'quality', name: 'Quality', byDraw: true },
    { digit: '3', id: 'sample', name: 'Sample', byDraw: true },
  ],
  listening: [{ moderators: [mona, cara], members: [anna, ben] }],
  notice: { member: { start: 'none', toneEvery: null }, other: { start: 'none', toneEvery: null } },
};

const under = (change: Partial<AgreementDocument> = {}, policy = openPolicy) =>
  underAgreement(policy, { hash: 'ab', document: { ...document, ...change }, periods: [] });

const annaOutside = talking(1, anna, '03012345678');
const benOutside = talking(2, ben, '0301');
const annaAgain = talking(3, anna, '0302');

/** A desk whose record draws when it is told. */
class DrawingDesk extends MonitoringDesk {
  get begun(): readonly DrawBegun[] {
    return this.facts.filter((fact): fact is DrawBegun => fact.type === 'drawBegun');
  }

  /** The record has the last draw that was begun, and this one comes out. */
  draws(index: number): void {
    const { session } = this.begun.at(-1) ?? { session: 0 };
    const draw = this.facts.findLastIndex(({ type }) => type === 'drawBegun') + 1;
    this.happens({ type: 'drawn', session, draw, index });
  }

  /** Mona, who listens by draw. */
  asksForDraw(keys = '2#', moderator = mona): LegId {
    const leg = this.identified(moderator);
    this.keys(leg, keys);
    return leg;
  }

  monitor(leg: LegId): Monitor | undefined {
    const { stage } = this.session(leg);
    return stage.kind === 'monitoring' ? stage.monitor : undefined;
  }

  /** The first dialogue is ended from outside. */
  endsFirst(reason: Dismissal): void {
    this.happens({ type: 'monitorEnded', session: this.begun[0]?.session ?? 0, reason });
  }

  ended(): readonly unknown[] {
    return this.facts.flatMap((fact) => (fact.type === 'drawEnded' ? [[fact.member, fact.outcome]] : []));
  }
}

function deskWith(...calls: readonly TalkingCall[]): DrawingDesk {
  const desk = new DrawingDesk(under());
  desk.callsAre(...calls);
  return desk;
}

const last = (desk: MonitoringDesk): AuditFact | undefined => desk.facts.at(-1);

describe('for a purpose by draw', () => {
  test('the moderator is told the key, and gets what the record draws, which the beginning names', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.identified();
    desk.keys(leg, '2');
    expect(desk.told(leg)).toEqual(['enter-draw']);
    desk.keys(leg, '#');
    expect(last(desk)).toMatchObject({
      ...{ type: 'drawBegun', moderator: mona, purpose: 'quality' },
      candidates: [
        { member: anna, call: 1 },
        { member: ben, call: 2 },
      ],
    });
    expect(desk.stage(leg)).toBe('drawing');
    const draw = desk.facts.length;
    desk.draws(1);
    expect(desk.facts.slice(draw)).toMatchObject([
      { type: 'drawn', moderator: mona, member: ben, call: 2, draw, index: 1 },
      { type: 'started', moderator: mona, member: ben, call: 2, draw },
    ]);
  });

  test('the candidates stand in the order of their numbers, each call of a member once', () => {
    const desk = deskWith(annaAgain, talking(4, ben, anna), annaOutside);
    desk.asksForDraw();
    expect(desk.begun[0]?.candidates).toEqual([
      { member: anna, call: 1 },
      { member: anna, call: 3 },
      { member: anna, call: 4 },
      { member: ben, call: 4 },
    ]);
  });

  test.each<readonly [string, Partial<AgreementDocument>, readonly TalkingCall[]]>([
    ['is not agreed on', { listening: [{ moderators: [mona], members: [ben] }] }, [annaOutside, benOutside]],
    ['is private', {}, [{ ...annaOutside, caller: { ...annaOutside.caller, isConfidential: true } }, benOutside]],
    ['is the moderator’s own', {}, [talking(5, anna, mona), benOutside]],
  ])('nobody is a candidate whose call %s', (_, change, calls) => {
    const desk = new DrawingDesk(under(change));
    desk.callsAre(...calls);
    desk.asksForDraw();
    expect(desk.begun[0]?.candidates).toEqual([{ member: ben, call: 2 }]);
  });

  test('a member whose quota is used up is no candidate, and without one the reason is said', () => {
    const policy = under({ quota: { callsPerMember: 1, membersPerMonth: null } });
    const used = { lockouts: {}, quotas: { month: '2026-03', used: { [`${supportProfile}/${anna}`]: 1 } } };
    const desk = new DrawingDesk(policy, used);
    desk.callsAre(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    expect(desk.begun[0]?.candidates).toEqual([{ member: ben, call: 2 }]);
    desk.happens({ type: 'released', leg, cause: 'normal' });
    desk.callsAre(annaOutside);
    desk.asksForDraw();
    expect(desk.refusal).toBe('agreedCallsUsedUp');
  });

  test('nothing is drawn where nobody talks', () => {
    const desk = deskWith();
    const leg = desk.asksForDraw();
    expect([desk.refusal, desk.told(leg)]).toEqual(['noLiveCall', ['refuse', 'no-live-call', 'enter-draw']]);
  });

  test.each(['101#', '999#'])('a number (%s) is refused with its own words, whoever it is', (keys) => {
    const desk = deskWith(annaOutside);
    const leg = desk.asksForDraw(`2${keys}`);
    expect([desk.refusal, desk.told(leg)]).toEqual(['drawOnly', ['refuse', 'draw-only', 'enter-draw']]);
    expect(desk.begun).toEqual([]);
  });

  test.each([
    ['*', 'drawStands'],
    ['0', 'drawOnly'],
    ['7', 'drawOnly'],
  ])('the key %s of a listening moderator is refused: %s', (key, reason) => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.keys(leg, key);
    expect(desk.refusal).toBe(reason);
    expect(desk.monitor(leg)?.member).toBe(anna);
  });

  test('nothing else is heard meanwhile, and keys have no effect', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.keys(leg, '101#*0#');
    expect([desk.stage(leg), desk.begun.length, desk.edges]).toEqual(['drawing', 1, []]);
  });

  test('a result counts only once, and only for who waits for it', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.draws(1);
    expect(desk.monitor(leg)?.member).toBe(anna);
    expect(desk.facts.filter(({ type }) => type === 'drawn')).toHaveLength(1);
  });

  test('a result that no candidate has changes nothing', () => {
    const desk = deskWith(annaOutside);
    desk.asksForDraw();
    desk.draws(7);
    expect(desk.facts.some(({ type }) => type === 'drawn' || type === 'started')).toBe(false);
  });
});

describe('a draw stands as long as its call goes on', () => {
  test('whoever leaves it and draws again gets the same call, also after dialling in anew', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.keys(leg, '##');
    desk.keys(leg, '#');
    expect(desk.monitor(leg)?.member).toBe(anna);
    desk.happens({ type: 'released', leg, cause: 'normal' });
    const again = desk.asksForDraw();
    expect(desk.monitor(again)?.member).toBe(anna);
    expect(desk.begun).toHaveLength(1);
    expect(desk.facts.filter(({ type }) => type === 'started')).toHaveLength(3);
  });

  test('no other purpose by draw gives another call meanwhile', () => {
    const desk = deskWith(annaOutside, benOutside);
    desk.asksForDraw();
    desk.draws(0);
    const other = desk.asksForDraw('3#');
    expect([desk.refusal, desk.stage(other)]).toEqual(['drawStands', 'member']);
  });

  test('who draws on two telephones at once draws once', () => {
    const desk = deskWith(annaOutside, benOutside);
    desk.asksForDraw();
    const second = desk.asksForDraw();
    expect([desk.refusal, desk.begun.length, desk.stage(second)]).toEqual(['drawStands', 1, 'member']);
  });

  test('another moderator draws for themselves', () => {
    const groups = new Map([...openPolicy.groups, [openProfile.moderators, [mona, cara]] as const]);
    const desk = new DrawingDesk(under({}, { ...openPolicy, groups }));
    desk.callsAre(annaOutside, benOutside);
    desk.asksForDraw();
    desk.draws(0);
    const other = desk.asksForDraw('2#', cara);
    desk.draws(1);
    expect(desk.monitor(other)?.member).toBe(ben);
  });

  test('and is told in the record when the call is over, and whether the moderator had left it', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.callsAre(benOutside);
    expect(desk.ended()).toEqual([[anna, 'callEnded']]);
    expect(desk.told(leg)).toEqual(['call-ended', 'enter-draw']);
    desk.keys(leg, '#');
    desk.draws(0);
    desk.keys(leg, '##');
    desk.callsAre();
    expect(desk.ended()).toEqual([
      [anna, 'callEnded'],
      [ben, 'moderatorLeft'],
    ]);
  });

  test('and so is it when the box stops', () => {
    const desk = deskWith(annaOutside);
    desk.asksForDraw();
    desk.draws(0);
    desk.happens({ type: 'boxStops' });
    expect(desk.ended()).toEqual([[anna, 'callEnded']]);
  });

  test('it is left only once nobody of the moderator’s telephones hears it', () => {
    const desk = deskWith(annaOutside);
    const first = desk.asksForDraw();
    desk.draws(0);
    desk.asksForDraw();
    desk.happens({ type: 'released', leg: first, cause: 'normal' });
    desk.callsAre();
    expect(desk.ended()).toEqual([[anna, 'callEnded']]);
  });

  test('a member who ends the listening ends the draw, and another may be drawn', () => {
    const desk = deskWith(annaOutside, benOutside);
    desk.asksForDraw();
    desk.draws(0);
    desk.happens({ type: 'memberStops', extension: anna });
    expect(desk.ended()).toEqual([[anna, 'refused']]);
    desk.asksForDraw();
    expect(desk.begun).toHaveLength(2);
  });

  test.each([
    ['stopped it', {}, (desk: DrawingDesk) => desk.happens({ type: 'memberStops', extension: anna })],
    ['has not let the moderator in', { admission: true }, (desk: DrawingDesk) => desk.passes(30_000)],
  ])('the call of who %s is in no draw of the moderator any more, however often', (_, change, refuses) => {
    const desk = new DrawingDesk(under(change));
    desk.callsAre(annaOutside, benOutside);
    desk.asksForDraw();
    desk.draws(0);
    refuses(desk);
    desk.asksForDraw();
    expect(desk.begun.at(-1)?.candidates).toEqual([{ member: ben, call: 2 }]);
    desk.draws(0);
    desk.callsAre(annaOutside);
    desk.asksForDraw();
    expect([desk.refusal, desk.begun.length]).toEqual(['noOtherCall', 2]);
    desk.callsAre(annaAgain);
    desk.asksForDraw();
    expect(desk.begun.at(-1)?.candidates).toEqual([{ member: anna, call: 3 }]);
    expect(desk.ended()).toHaveLength(2);
  });

  test('nor is it by its other side, and another moderator may still draw it', () => {
    const groups = new Map([...openPolicy.groups, [openProfile.moderators, [mona, cara]] as const]);
    const desk = new DrawingDesk(under({}, { ...openPolicy, groups }));
    desk.callsAre(talking(4, ben, anna));
    desk.asksForDraw();
    desk.draws(0);
    desk.happens({ type: 'memberStops', extension: ben });
    desk.asksForDraw();
    expect([desk.refusal, desk.begun.length]).toEqual(['noOtherCall', 1]);
    desk.asksForDraw('2#', cara);
    expect(desk.begun.at(-1)?.candidates).toHaveLength(2);
  });

  test('a member who may not be listened to any more leaves no draw among nobody', () => {
    const desk = deskWith(talking(4, ben, anna));
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.keys(leg, '##');
    const groups = new Map([...openPolicy.groups, [openProfile.members, [ben]] as const]);
    desk.happens({ type: 'policyChanged', policy: under({}, { ...openPolicy, groups }) });
    desk.keys(leg, '#');
    expect([desk.refusal, desk.begun.length]).toEqual(['noOtherCall', 1]);
  });

  test('so does whoever does not let the moderator in', () => {
    const desk = new DrawingDesk(under({ admission: true }));
    desk.callsAre(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    expect(last(desk)).toMatchObject({ type: 'admissionAsked', member: anna });
    desk.keys(leg, '##');
    desk.keys(leg, '#');
    expect([desk.begun.length, last(desk)?.type]).toEqual([1, 'admissionAsked']);
    desk.passes(30_000);
    expect(desk.ended()).toEqual([[anna, 'refused']]);
  });

  test('a call that has become private after it was left ends the draw at the next one', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.keys(leg, '##');
    desk.callsAre({ ...annaOutside, caller: { ...annaOutside.caller, isConfidential: true } }, benOutside);
    desk.keys(leg, '#');
    expect(desk.ended()).toEqual([[anna, 'refused']]);
    expect(desk.begun.at(-1)?.candidates).toEqual([{ member: ben, call: 2 }]);
  });

  test('through a transfer: the same member is heard with another party, and nobody else', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.callsAre({ ...talking(9, anna, '0309'), caller: annaOutside.caller }, benOutside);
    expect(desk.monitor(leg)?.target).toMatchObject({ kind: 'call', call: 9 });
    expect(last(desk)).toMatchObject({ type: 'started', member: anna, call: 9, draw: expect.any(Number) });
    desk.callsAre(benOutside, annaAgain);
    expect(desk.stage(leg)).toBe('member');
  });
});

describe('what became of a draw', () => {
  test.each<readonly [string, DrawEnd, Partial<AgreementDocument>, (desk: DrawingDesk, leg: LegId) => void]>([
    ['heard to the end', 'callEnded', {}, () => {}],
    ['left', 'moderatorLeft', {}, (desk, leg) => desk.keys(leg, '##')],
    ['ended by an admin', 'barred', {}, (desk) => desk.endsFirst('endedByAdmin')],
    ['ended by the works council', 'barred', {}, (desk) => desk.endsFirst('endedByCouncil')],
    [
      ...(['ended by the button', 'barred', {}] as const),
      (desk) => desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true }),
    ],
    [
      ...(['excluded for good', 'barred', {}] as const),
      (desk) => {
        const exclusions = { ...openPolicy.exclusions, extensions: new Set([anna]) };
        desk.happens({ type: 'policyChanged', policy: under({}, { ...openPolicy, exclusions }) });
      },
    ],
    ['never let in, nor turned down', 'notHeard', { admission: true }, () => {}],
    [
      'given up before anybody let the moderator in',
      'notHeard',
      { admission: true },
      (desk, leg) => desk.keys(leg, '##'),
    ],
  ])('is in the record where it was %s: %s', (_, outcome, change, happens) => {
    const desk = new DrawingDesk(under(change));
    desk.callsAre(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    happens(desk, leg);
    desk.callsAre(benOutside);
    expect(desk.ended()).toEqual([[anna, outcome]]);
  });

  test('is that it was heard where the moderator came back', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.asksForDraw();
    desk.draws(0);
    desk.endsFirst('endedByAdmin');
    desk.happens({ type: 'released', leg, cause: 'normal' });
    desk.asksForDraw();
    desk.callsAre();
    expect(desk.ended()).toEqual([[anna, 'callEnded']]);
  });
});

describe('what was drawn', () => {
  test('may be over by then', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.callsAre(benOutside);
    desk.draws(0);
    expect(desk.told(leg)).toEqual(['call-ended', 'enter-draw']);
    expect(desk.ended()).toEqual([[anna, 'notHeard']]);
    expect(desk.facts.some(({ type }) => type === 'started')).toBe(false);
  });

  test('may have become private by then', () => {
    const desk = deskWith(annaOutside, benOutside);
    const leg = desk.asksForDraw();
    desk.callsAre({ ...annaOutside, caller: { ...annaOutside.caller, isConfidential: true } }, benOutside);
    desk.draws(0);
    expect([desk.refusal, desk.stage(leg)]).toEqual(['privateCall', 'member']);
    expect(desk.ended()).toEqual([[anna, 'refused']]);
  });

  test('is heard by nobody where monitoring has closed by then', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.asksForDraw();
    desk.happens({ type: 'closed', closure: 'licenceExpired', endsRunning: false });
    desk.draws(0);
    expect([desk.refusal, desk.stage(leg)]).toEqual(['licenceExpired', 'parting']);
    expect(desk.facts.some(({ type }) => type === 'started')).toBe(false);
  });
});

describe('a purpose that becomes one by draw', () => {
  test('ends the listening to a call that was chosen by hand', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    expect(desk.monitor(leg)?.member).toBe(anna);
    const purposes = document.purposes.map((purpose) => ({ ...purpose, byDraw: true as const }));
    desk.happens({ type: 'policyChanged', policy: under({ purposes }) });
    expect([desk.refusal, desk.stage(leg), desk.edges]).toEqual(['drawOnly', 'member', []]);
  });

  test('and the one that waits for the next call of a member', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#7');
    desk.callsAre();
    const purposes = document.purposes.map((purpose) => ({ ...purpose, byDraw: true as const }));
    desk.happens({ type: 'policyChanged', policy: under({ purposes }) });
    expect(desk.stage(leg)).toBe('member');
  });
});

test('by hand nothing is different: no draw is begun, and a call that was chosen names none', () => {
  const desk = deskWith(annaOutside);
  const leg = desk.identified();
  desk.keys(leg, '1#');
  expect(desk.facts.at(-1)).not.toHaveProperty('draw');
  expect(desk.monitor(leg)?.target).toMatchObject({ call: callId(1) });
  expect(desk.begun).toEqual([]);
});
