import { describe, expect, test } from 'vitest';
import type { AgreementInForce } from '../../../src/agreement/decision.js';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { underAgreement } from '../../../src/monitoring/agreed.js';
import type { MonitoringPolicy } from '../../../src/monitoring/profile.js';
import { legId } from '../../../src/primitives/ids.js';
import type { TalkingCall } from '../../../src/switchboard/state.js';
import { agreed } from '../agreement/documents.js';
import { anna, ben, cara, mona, phone, supportProfile } from '../switchboard/office.js';
import { MonitoringDesk, noon, openPolicy, talking, withProfile } from './desk.js';

const day = 24 * 3_600_000;
const minute = 60_000;
const now = noon.time ?? 0;

const document: AgreementDocument = {
  ...agreed,
  listening: [{ moderators: [mona], members: [anna, ben] }],
  notice: { member: { start: 'none', toneEvery: null }, other: { start: 'none', toneEvery: null } },
};
const under = (
  change: Partial<AgreementDocument> = {},
  policy = openPolicy,
  periods: AgreementInForce['periods'] = [],
) => underAgreement(policy, { hash: 'ab', document: { ...document, ...change }, periods });

const annaOutside = talking(1, anna, '03012345678');
const benOutside = talking(2, ben, '0301');

const deskUnder = (policy: MonitoringPolicy, ...calls: readonly TalkingCall[]) => {
  const desk = new MonitoringDesk(policy);
  desk.callsAre(...calls);
  return desk;
};

describe('under an agreement a moderator', () => {
  test('is asked what for, and every entry from then on says it', () => {
    const desk = deskUnder(under(), annaOutside);
    const leg = desk.identified();
    expect(desk.told(leg)).toEqual(['enter-purpose']);
    desk.keys(leg, '2');
    expect(desk.told(leg)).toEqual(['enter-member']);
    desk.keys(leg, '101#4');
    desk.happens({ type: 'released', leg, cause: 'normal' });
    expect(desk.facts.map(({ type, purpose }) => [type, purpose])).toEqual([
      ['attempt', undefined],
      ['identified', undefined],
      ['started', 'complaint'],
      ['ended', 'complaint'],
      ['dialogueEnded', 'complaint'],
    ]);
  });

  test('may key it ahead', () => {
    const desk = deskUnder(under(), annaOutside);
    const leg = desk.dialsIn();
    desk.keys(leg, '1234#1101#');
    desk.pinIsOf(leg, mona);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', purpose: 'training', member: anna });
  });

  test('is told of a key that stands for none, and asked again', () => {
    const desk = deskUnder(under(), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '7');
    expect([desk.refusal, desk.told(leg)]).toEqual(['noPurpose', ['refuse', 'no-purpose', 'enter-purpose']]);
    expect(desk.stage(leg)).toBe('purpose');
  });

  test('who says nothing is asked once more, then released', () => {
    const desk = deskUnder(under(), annaOutside);
    const leg = desk.identified();
    desk.passes(20_000);
    expect(desk.told(leg)).toEqual(['enter-purpose']);
    desk.passes(20_000);
    expect(desk.stage(leg)).toBe('parting');
  });

  test('hears nothing where no purpose is agreed on', () => {
    const desk = deskUnder(under({ purposes: [] }), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    expect(desk.refusal).toBe('noPurpose');
    expect(desk.factTypes).not.toContain('started');
  });

  test.each<readonly [string, Partial<AgreementDocument>, TalkingCall, string]>([
    [
      'to a member who is not among those agreed on',
      { listening: [{ moderators: [mona], members: [ben] }] },
      annaOutside,
      'notAgreed',
    ],
    [
      'who is not among those agreed on',
      { listening: [{ moderators: [cara], members: [anna] }] },
      annaOutside,
      'notAgreed',
    ],
    ['to a member who talks to a colleague who is not', {}, talking(1, anna, cara), 'notAgreed'],
    [
      'outside every announced period',
      { periods: { daysAhead: 3, mostDays: 10, gapDays: 2 } },
      annaOutside,
      'outsidePeriod',
    ],
  ])('may not listen %s', (_, change, call, reason) => {
    const desk = deskUnder(under(change), call);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    expect([desk.refusal, desk.stage(leg)]).toEqual([reason, 'member']);
    desk.keys(leg, '#');
    expect(desk.factTypes).not.toContain('started');
  });

  test('takes a mode only where it is agreed on, whatever the profile allows', () => {
    const desk = deskUnder(under({ modes: ['whisper'] }), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#6');
    expect([desk.refusal, desk.told(leg)]).toEqual(['modeNotAllowed', ['refuse', 'not-agreed']]);
    desk.keys(leg, '5');
    expect(desk.facts.at(-1)).toMatchObject({ type: 'modeChanged', mode: 'whisper' });
  });

  test('is refused a mode by the profile where that allows less', () => {
    const desk = deskUnder(under({}, withProfile({ interventions: new Set() })), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#6');
    expect(desk.refusal).toBe('interventionNotAllowed');
  });
});

describe('an announced period', () => {
  const period = { id: 1, members: [anna], from: now, to: now + 2 * minute, announced: now - 3 * day };
  const policy = under({ periods: { daysAhead: 3, mostDays: 10, gapDays: 2 } }, openPolicy, [period]);
  const listensAt = (time: number | null) => {
    const desk = new MonitoringDesk(policy);
    desk.local = { ...noon, time };
    desk.callsAre(annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    return desk;
  };

  test.each<readonly [string, number | null, string | undefined]>([
    ['a minute before it', now - minute, 'outsidePeriod'],
    ['at its beginning', now, undefined],
    ['a minute before its end', period.to - minute, undefined],
    ['at its end', period.to, 'outsidePeriod'],
    ['by a clock that cannot be trusted', null, 'outsidePeriod'],
  ])('lets a moderator listen %s: %s', (_, time, reason) => {
    expect(listensAt(time).refusal).toBe(reason);
  });

  test('ends a running monitor when it is over, on the minute', () => {
    const desk = listensAt(now);
    expect(desk.edges).toHaveLength(2);
    expect(desk.deadline).toBe((Math.floor(desk.now / minute) + 1) * minute);
    desk.local = { ...noon, time: period.to };
    desk.passes(minute);
    expect(desk.edges).toEqual([]);
    expect(desk.facts.at(-2)).toMatchObject({ type: 'ended', reason: 'outsidePeriod', purpose: 'training' });
  });
});

describe('the quota that is agreed on', () => {
  const listenTo = (desk: MonitoringDesk, member: string) => {
    const leg = desk.identified();
    desk.keys(leg, `1${member}#`);
    desk.happens({ type: 'released', leg, cause: 'normal' });
    return desk.facts.findLast(({ type }) => type === 'started' || type === 'refused');
  };

  test('counts the calls of a member under all profiles', () => {
    const desk = deskUnder(under({ quota: { callsPerMember: 1, membersPerMonth: null } }), annaOutside);
    expect(listenTo(desk, '101')).toMatchObject({ type: 'started' });
    // The same call again is no further one.
    expect(listenTo(desk, '101')).toMatchObject({ type: 'started' });
    desk.callsAre(talking(3, anna, '0302'));
    expect(listenTo(desk, '101')).toMatchObject({ type: 'refused', reason: 'agreedCallsUsedUp' });
    desk.local = { ...noon, month: '2026-04' };
    expect(listenTo(desk, '101')).toMatchObject({ type: 'started' });
  });

  test('counts the members of a month', () => {
    const desk = deskUnder(under({ quota: { callsPerMember: null, membersPerMonth: 1 } }), annaOutside, benOutside);
    expect(listenTo(desk, '101')).toMatchObject({ type: 'started' });
    expect(listenTo(desk, '102')).toMatchObject({ type: 'refused', reason: 'agreedMembersUsedUp' });
    desk.callsAre(talking(3, anna, '0302'));
    expect(listenTo(desk, '101')).toMatchObject({ type: 'started' });
  });
});

describe('the least notice that is agreed on', () => {
  const floor = {
    member: { start: 'announcement', toneEvery: 30 },
    other: { start: 'tone', toneEvery: null },
  } as const;

  test('is owed where the profile gives none, and nobody is heard before', () => {
    const desk = deskUnder(under({ notice: floor }), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    expect(desk.facts.at(-1)).toMatchObject({
      type: 'started',
      noticeMember: 'announcement, toneEvery 30 s',
      noticeOther: 'toneAtStart',
    });
    expect(desk.edges).toEqual([]);
    expect([...desk.told(legId('a1')), ...desk.told(legId('b1'))]).toEqual(['notice', 'notice']);
  });

  test('does not lower what the profile gives beyond it', () => {
    const more = withProfile({
      notice: { member: { kind: 'toneEvery', seconds: 10 }, other: { kind: 'announcement' } },
    });
    const desk = deskUnder(under({ notice: floor }, more), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    expect(desk.facts.at(-1)).toMatchObject({
      noticeMember: 'announcement, toneEvery 10 s',
      noticeOther: 'announcement',
    });
  });
});

describe('an agreement that comes while somebody listens', () => {
  const change = (desk: MonitoringDesk, policy: MonitoringPolicy) => desk.happens({ type: 'policyChanged', policy });
  const listening = () => {
    const desk = deskUnder(openPolicy, annaOutside);
    return { desk, leg: desk.monitoring('101') };
  };

  test('ends a monitor that has no purpose, and asks for one', () => {
    const { desk, leg } = listening();
    change(desk, under());
    expect(desk.facts.find(({ type }) => type === 'ended')).toMatchObject({ reason: 'noPurpose' });
    expect([desk.edges, desk.stage(leg)]).toEqual([[], 'purpose']);
    desk.keys(leg, '1101#');
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', purpose: 'training' });
  });

  test('ends one under a purpose that it does not have any more', () => {
    const desk = deskUnder(under(), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#');
    change(desk, under({ purposes: document.purposes.slice(1) }));
    expect(desk.facts.findLast(({ type }) => type === 'ended')).toMatchObject({ reason: 'noPurpose' });
    expect(desk.stage(leg)).toBe('purpose');
  });

  test('lets a mode fall back to listening that is not agreed on, and raises the notice', () => {
    const desk = deskUnder(under(), annaOutside);
    const leg = desk.identified();
    desk.keys(leg, '1101#6');
    expect(desk.edges).toHaveLength(4);
    const notice = { ...document.notice, member: { start: 'tone', toneEvery: null } } as const;
    change(desk, under({ modes: [], notice }));
    expect(desk.facts.findLast(({ type }) => type === 'modeChanged')).toMatchObject({ mode: 'listen' });
    expect(desk.edges).toEqual([]);
    expect(desk.told(legId('a1'))).toEqual(['notice']);
  });

  test('asks a moderator who is about to choose a member what for', () => {
    const desk = deskUnder(openPolicy, annaOutside);
    const leg = desk.identified();
    change(desk, under());
    desk.keys(leg, '101#');
    expect([desk.refusal, desk.stage(leg)]).toEqual(['noPurpose', 'purpose']);
  });
});

describe('a moderator who asks by a page or program', () => {
  const ask = (desk: MonitoringDesk, purpose: string | null, member = anna) =>
    desk.happens({
      type: 'callModerator',
      leg: legId('asked'),
      moderator: mona,
      by: 'mona',
      rights: ['user mona'],
      pin: null,
      purpose,
      profile: null,
      wanted: { member, call: null },
      on: 'phone',
      title: 'Listening 101',
      phones: [{ leg: legId('asked-1'), to: { kind: 'contact', extension: mona, contact: phone(mona) } }],
      services: new Map([[supportProfile, '*90']]),
    });

  test.each([[null], ['curiosity']])('and names %s is refused before a telephone rings', (purpose) => {
    const desk = deskUnder(under(), annaOutside);
    ask(desk, purpose);
    expect(desk.refusal).toBe('noPurpose');
    expect(desk.state.sessions.size).toBe(0);
  });

  test('and names a purpose is called, and listens', () => {
    const desk = deskUnder(under(), annaOutside);
    ask(desk, 'complaint');
    desk.happens({ type: 'answered', leg: legId('asked-1') });
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', purpose: 'complaint' });
  });

  const listensForTraining = () => {
    const desk = deskUnder(under(), annaOutside, benOutside);
    ask(desk, 'training');
    desk.happens({ type: 'answered', leg: legId('asked-1') });
    return desk;
  };

  test('and goes on to another call for another purpose has listened to the first one for what was named then', () => {
    const desk = listensForTraining();
    ask(desk, 'complaint', ben);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'moderatorSwitched', member: anna, purpose: 'training' },
      { type: 'started', member: ben, purpose: 'complaint' },
    ]);
  });

  test.each([
    ['complaint', cara, 'notAgreed'],
    ['curiosity', ben, 'noPurpose'],
  ] as const)('and is refused another call for %s listens on for what was named before', (purpose, member, reason) => {
    const desk = listensForTraining();
    ask(desk, purpose, member);
    expect(desk.refusal).toBe(reason);
    desk.happens({ type: 'released', leg: legId('asked-1'), cause: 'normal' });
    expect(desk.facts.at(-2)).toMatchObject({ type: 'ended', reason: 'moderatorHungUp', purpose: 'training' });
  });
});

test('without an agreement nobody is asked, and nothing says so', () => {
  const desk = deskUnder(underAgreement(openPolicy, null), annaOutside);
  const leg = desk.identified();
  expect(desk.told(leg)).toEqual(['enter-member']);
  expect(Object.keys(desk.facts.at(-1) ?? {})).not.toContain('purpose');
});

describe('an agreement by which members let the moderator in', () => {
  test.each([
    ['stands above a profile that does not ask them', true, openPolicy, ['admissionAsked']],
    ['adds nothing to a profile that does', true, withProfile({ admission: true }), ['admissionAsked']],
    ['that leaves it open leaves it to the profile', false, withProfile({ admission: true }), ['admissionAsked']],
    ['that leaves it open asks nobody by itself', false, openPolicy, ['started']],
  ])('%s', (_, admission, policy, facts) => {
    const desk = deskUnder(under({ admission }, policy), annaOutside);
    desk.keys(desk.identified(), '1101#');
    expect(desk.factTypes.slice(2)).toEqual(facts);
    expect(desk.edges).toHaveLength(admission || policy !== openPolicy ? 0 : 2);
  });

  test('that comes into force ends what nobody has let in', () => {
    const desk = deskUnder(under(), annaOutside);
    desk.keys(desk.identified(), '1101#');
    desk.happens({ type: 'policyChanged', policy: under({ admission: true }) });
    expect([desk.edges, desk.refusal]).toEqual([[], 'notLetIn']);
  });
});
