import { describe, expect, test } from 'vitest';
import { groupTargets, profileRefusal } from '../../../src/monitoring/permission.js';
import type { LocalTime, MonitoringPolicy, Person, TimeWindow } from '../../../src/monitoring/profile.js';
import { quotaUsed, withQuotaUse } from '../../../src/monitoring/quota.js';
import type { ExtensionNumber } from '../../../src/primitives/ids.js';
import type { TalkingCall } from '../../../src/switchboard/state.js';
import { anna, ben, cara, city, inside, mona, outside, supportProfile } from '../switchboard/office.js';
import { MonitoringDesk, moderators, noon, noRecords, openPolicy, openProfile, talking, withProfile } from './desk.js';

const annaOutside = talking(1, anna, '03012345678');

/** Mona asks for the member, or for the newest call; what keeps her out? */
function refusalFor(policy: MonitoringPolicy, member: string, ...calls: readonly TalkingCall[]): string | undefined {
  const desk = new MonitoringDesk(policy);
  desk.callsAre(...calls);
  desk.monitoring(member);
  return desk.refusal;
}

const excluding = (extensions: readonly (typeof anna)[], numbers: readonly string[] = []): MonitoringPolicy => ({
  ...openPolicy,
  exclusions: { extensions: new Set(extensions), numbers },
});

const withoutConsent = (person: Person): Person => ({ ...person, consents: person.number !== anna });

describe('a profile', () => {
  const windows: readonly TimeWindow[] = [
    { weekdays: [1, 2, 3], from: 540, to: 1020 },
    { weekdays: [6], from: 0, to: 1440 },
  ];
  const at = (weekday: number, minute: number): LocalTime => ({ ...noon, weekday, minute });

  test.each<readonly [LocalTime, string | undefined]>([
    [at(1, 539), 'outsideHours'],
    [at(1, 540), undefined],
    [at(3, 1019), undefined],
    [at(3, 1020), 'outsideHours'],
    [at(4, 720), 'outsideHours'],
    [at(6, 0), undefined],
    [at(6, 1439), undefined],
    [at(7, 720), 'outsideHours'],
  ])('with time windows at %o: %s', (local, expected) => {
    expect(profileRefusal({ ...openProfile, windows }, local)).toBe(expected);
  });

  test('that is off lets nobody in, at any time', () => {
    expect(profileRefusal({ ...openProfile, enabled: false }, noon)).toBe('profileOff');
  });
});

describe('who may moderate', () => {
  test('is only who belongs to the moderators', () => {
    const desk = new MonitoringDesk();
    const leg = desk.identified(cara);
    expect(desk.refusal).toBe('notModerator');
    expect(desk.stage(leg)).toBe('parting');
  });

  test('is absent where nobody was named', () => {
    const desk = new MonitoringDesk({ ...openPolicy, groups: new Map() });
    desk.identified(mona);
    expect(desk.refusal).toBe('notModerator');
  });
});

describe('whose calls may be monitored', () => {
  test.each<readonly [string, MonitoringPolicy, string, string | undefined]>([
    ['a consenting member', openPolicy, '101', undefined],
    ['nobody’s extension', openPolicy, '199', 'noSuchMember'],
    ['somebody of no group', openPolicy, '103', 'notInGroup'],
    ['an excluded member', excluding([anna]), '101', 'excluded'],
    [
      'a member who does not consent',
      {
        ...openPolicy,
        persons: new Map([...openPolicy.persons].map(([number, one]) => [number, withoutConsent(one)])),
      },
      '101',
      'noConsent',
    ],
  ])('%s', (_, policy, member, expected) => {
    expect(refusalFor(policy, member, annaOutside, talking(2, cara, '03099999999'))).toBe(expected);
  });

  test('permission is by extension, exactly: 10 and 1010 are not 101', () => {
    for (const member of ['10', '1010', '0101'])
      expect(refusalFor(openPolicy, member, annaOutside)).toBe('noSuchMember');
  });

  test('a member without a call, and a group without one', () => {
    expect(refusalFor(openPolicy, '102', annaOutside)).toBe('memberHasNoCall');
    expect(refusalFor(openPolicy, '', talking(1, cara, '03012345678'))).toBe('noLiveCall');
  });
});

describe('which calls are closed to everybody', () => {
  test('emergency calls', () => {
    const route = { kind: 'emergency', trunks: [city], number: '112' } as const;
    expect(refusalFor(openPolicy, '101', { ...annaOutside, route })).toBe('excluded');
    expect(refusalFor(openPolicy, '', { ...annaOutside, route })).toBe('excluded');
  });

  test('calls with an excluded extension on either end', () => {
    expect(refusalFor(excluding([cara]), '101', talking(1, anna, cara))).toBe('excluded');
    expect(refusalFor(excluding([cara]), '101', talking(1, cara, anna))).toBe('excluded');
    expect(refusalFor(excluding([ben]), '101', talking(1, anna, cara))).toBeUndefined();
  });

  test.each<readonly [string, string, boolean]>([
    ['+493012345678', '03012345678', true],
    ['+49 (30) 1234-5678', '004930123456 78', true],
    ['03012345678', '+493012345678', true],
    ['03012345678', '03012345679', false],
    ['123456', '03030123456', true],
    ['12345', '030312345', false],
    ['12345', '12345', true],
    ['012345', '12345', true],
    ['', '03012345678', false],
    ['000', '03012345678', false],
    ['03012345678', '', true],
  ])('exclusion of %j and a call with %j: %s', (excluded, number, isExcluded) => {
    const refusal = refusalFor(excluding([], [excluded]), '101', talking(1, anna, number));
    expect(refusal).toBe(isExcluded ? 'excluded' : undefined);
  });

  test.each([
    ['an extension', excluding([cara]), 'excluded'],
    ['a number', excluding([], ['089555111']), 'excluded'],
    ['nobody', excluding([]), undefined],
  ] as const)('who calls or is called outside and cannot be read, while %s is excluded', (_, policy, expected) => {
    for (const unread of ['', '*21#']) {
      expect(refusalFor(policy, '101', talking(1, anna, unread))).toBe(expected);
      expect(refusalFor(policy, '101', talking(1, unread, anna))).toBe(expected);
    }
    expect(refusalFor(policy, '101', annaOutside)).toBeUndefined();
    expect(refusalFor(policy, '101', talking(1, anna, ben))).toBeUndefined();
  });

  test('who was reached instead of who was called, and cannot be read, while anybody is excluded', () => {
    const sentOn = { ...annaOutside, callee: { ...annaOutside.callee, isUnread: true } };
    expect(refusalFor(excluding([cara]), '101', sentOn)).toBe('excluded');
    expect(refusalFor(excluding([], ['089555111']), '101', sentOn)).toBe('excluded');
    expect(refusalFor(excluding([]), '101', sentOn)).toBeUndefined();
  });

  test('a call that leads to emergency services only behind another exchange', () => {
    for (const number of ['0112', '00112', '+49110'])
      expect(refusalFor(openPolicy, '101', talking(1, anna, number))).toBe('excluded');
  });

  test('an excluded outside number does not exclude an extension of the same digits', () => {
    expect(refusalFor(excluding([], ['103']), '101', talking(1, anna, cara))).toBeUndefined();
  });

  test('the moderator’s own calls', () => {
    expect(refusalFor(openPolicy, '101', talking(1, mona, anna))).toBe('ownCall');
    expect(refusalFor(openPolicy, '101', talking(1, anna, mona))).toBe('ownCall');
  });
});

describe('a call between two extensions of the house', () => {
  const withoutConsentOf = (unwilling: ExtensionNumber, policy = openPolicy): MonitoringPolicy => ({
    ...policy,
    persons: new Map(
      [...policy.persons].map(([number, one]) => [number, { ...one, consents: one.number !== unwilling }]),
    ),
  });
  const calls = [
    ['member calls member', talking(1, anna, ben)],
    ['member is called by member', talking(1, ben, anna)],
  ] as const;

  test.each(calls)('is closed where only one of them agreed: %s', (_, call) => {
    for (const unwilling of [anna, ben]) {
      for (const keyed of ['101', '102', '']) {
        expect(refusalFor(withoutConsentOf(unwilling), keyed, call), `${unwilling}, ${keyed}#`).toBe('noConsent');
      }
    }
  });

  test('is closed if the colleague is not a member and did not agree', () => {
    expect(refusalFor(withoutConsentOf(cara), '101', talking(1, anna, cara))).toBe('noConsent');
    expect(refusalFor(withoutConsentOf(cara), '101', annaOutside)).toBeUndefined();
  });

  test.each(calls)('is joined from the side of the extension that was keyed: %s', (_, call) => {
    for (const member of [anna, ben]) {
      const desk = new MonitoringDesk();
      desk.callsAre(call);
      desk.keys(desk.monitoring(member), '5');
      expect(desk.facts.at(-1)).toMatchObject({ type: 'modeChanged', member });
      const leg = call.caller.number === member ? 'a1' : 'b1';
      expect(desk.edges).toContain(`m1>${leg}`);
      expect(desk.edges).toHaveLength(3);
    }
  });

  test('is joined with # from the side that is permitted', () => {
    const quotaOfAnnaUsedUp = { ...noRecords, quotas: { month: noon.month, used: { 'support/101': 1 } } };
    const desk = new MonitoringDesk(withProfile({ quota: 1 }), quotaOfAnnaUsedUp);
    desk.callsAre(talking(1, anna, ben));
    desk.monitoring();
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', member: ben, other: '101' });
  });

  test('comes once when stepping through the calls, from whichever side', () => {
    for (const first of ['101', '102']) {
      const desk = new MonitoringDesk();
      desk.callsAre(talking(1, anna, ben), talking(2, anna, '0302'));
      const leg = desk.monitoring();
      desk.keys(leg, `##${first}#`);
      const visited = [...'***'].map((key) => {
        desk.keys(leg, key);
        const last = desk.facts.at(-1);
        return last?.type === 'started' ? last.call : last?.type;
      });
      expect(visited).toEqual(first === '101' ? [1, 2, 1] : [2, 1, 2]);
    }
  });
});

describe('the quota', () => {
  const bensCall = talking(2, ben, '03099999999');
  const annasNext = talking(3, anna, '03012345678');
  const annasThird = talking(4, anna, '03012345678');

  test('closes a member’s calls once it is used up, and opens them with the new month', () => {
    const desk = new MonitoringDesk(withProfile({ quota: 2 }));
    desk.callsAre(annaOutside, bensCall);
    const leg = desk.monitoring('101');
    desk.callsAre(annasNext, bensCall);
    desk.keys(leg, '101###');
    expect(desk.refusal).toBeUndefined();
    desk.callsAre(annasThird, bensCall);
    desk.keys(leg, '101#');
    expect(desk.refusal).toBe('quotaUsedUp');
    desk.keys(leg, '102###');
    expect(desk.factTypes.filter((type) => type === 'started')).toHaveLength(3);
    desk.local = { ...noon, month: '2026-04' };
    desk.keys(leg, '101#');
    expect(desk.stage(leg)).toBe('monitoring');
  });

  const used = (desk: MonitoringDesk, member = anna) =>
    quotaUsed(desk.state.records.quotas, supportProfile, member, noon);

  test('counts a call once, however often it is joined, by however many', () => {
    const desk = new MonitoringDesk(withProfile({ quota: 1 }));
    desk.callsAre(annaOutside, bensCall);
    const leg = desk.monitoring('101');
    desk.keys(leg, '##101#**##101#');
    desk.monitoring('101', mona, outside(city));
    expect(desk.refusal).toBeUndefined();
    expect([used(desk), used(desk, ben)]).toEqual([1, 1]);
  });

  test('counts a call for each of its two members on their own', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(talking(1, anna, ben));
    desk.keys(desk.monitoring('101'), '##102#');
    expect([used(desk), used(desk, ben)]).toEqual([1, 1]);
  });

  test('counts the next call anew, and keeps nothing of those that are over', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(annaOutside);
    desk.monitoring('101');
    desk.callsAre(annasNext);
    expect(desk.state.countedCalls).toEqual([]);
    desk.monitoring('101');
    expect(used(desk)).toBe(2);
  });

  test('does not start over when the clock has gone back', () => {
    const march = { month: '2026-03', used: { 'support/101': 1 } };
    for (const month of ['2026-02', '1970-01']) {
      expect(quotaUsed(march, supportProfile, anna, { ...noon, month })).toBe(1);
      expect(withQuotaUse(march, supportProfile, anna, { ...noon, month })).toEqual({
        month: '2026-03',
        used: { 'support/101': 2 },
      });
    }
  });

  test('counts per profile, member and month', () => {
    const once = withQuotaUse({ month: '2026-03', used: {} }, supportProfile, anna, noon);
    expect(once).toEqual({ month: '2026-03', used: { 'support/101': 1 } });
    expect(quotaUsed(once, supportProfile, ben, noon)).toBe(0);
    const april = { ...noon, month: '2026-04' };
    expect(quotaUsed(once, supportProfile, anna, april)).toBe(0);
    expect(withQuotaUse(once, supportProfile, ben, april)).toEqual({ month: '2026-04', used: { 'support/102': 1 } });
  });
});

describe('limits', () => {
  const twoModerators = (limits: MonitoringPolicy['limits']): MonitoringPolicy => ({
    ...openPolicy,
    limits,
    groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]),
  });

  test('of one call', () => {
    const desk = new MonitoringDesk(twoModerators({ perCall: 1, total: 100 }));
    desk.callsAre(annaOutside, talking(2, ben, '03099999999'));
    desk.monitoring('101');
    const second = desk.monitoring('101', cara);
    expect(desk.refusal).toBe('callLimit');
    expect(desk.told(second)).toEqual(['refuse', 'limit-reached', 'enter-member']);
    desk.keys(second, '102#');
    expect(desk.stage(second)).toBe('monitoring');
  });

  test('of the whole box, until somebody leaves', () => {
    const desk = new MonitoringDesk(twoModerators({ perCall: 10, total: 1 }));
    desk.callsAre(annaOutside, talking(2, ben, '03099999999'));
    const first = desk.monitoring('101');
    const second = desk.monitoring('102', cara);
    expect(desk.refusal).toBe('boxLimit');
    desk.keys(first, '##');
    desk.keys(second, '102#');
    expect(desk.stage(second)).toBe('monitoring');
  });
});

describe('the calls of the group', () => {
  test('are those with a member on either end, in their order, each seen from every member’s side', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(talking(1, cara, ben), talking(2, cara, mona), talking(3, anna, ben), talking(4, '030777', anna));
    const targets = groupTargets(openPolicy, openProfile, desk.calls);
    expect(targets.map(({ call, member }) => [call.id, member])).toEqual([
      [1, ben],
      [3, anna],
      [3, ben],
      [4, anna],
    ]);
  });

  test('can be asked for from outside, too', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(annaOutside);
    desk.monitoring('', mona, outside(city));
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', moderator: mona, caller: 'anonymous' });
    expect(desk.edges).toHaveLength(2);
  });

  test('are not open to a member’s phone by itself', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(annaOutside);
    const leg = desk.dialsIn(inside(ben));
    desk.keys(leg, '101#');
    desk.pinIsOf(leg, null);
    expect(desk.edges).toEqual([]);
  });
});
