import { describe, expect, test } from 'vitest';
import { callId, legId } from '../../../src/primitives/ids.js';
import type { Digit } from '../../../src/primitives/keys.js';
import { anna, ben, cara, inside, mona, supportProfile } from '../switchboard/office.js';
import { extensionParty, MonitoringDesk, moderators, openPolicy, openProfile, talking, withProfile } from './desk.js';

const policy = withProfile({ admission: true });
const annaOutside = talking(1, anna, '03012345678');
const annaBen = talking(2, anna, ben);
const [annasLeg, othersLeg] = [legId('a1'), legId('b1')];

function deskWith(...calls: readonly (typeof annaOutside)[]): MonitoringDesk {
  const desk = new MonitoringDesk(policy);
  desk.callsAre(...calls);
  return desk;
}

/** Somebody keys this in a call. */
function keyed(desk: MonitoringDesk, leg: string, digits: string): void {
  for (const digit of digits) desk.happens({ type: 'digit', leg: legId(leg), digit: digit as Digit });
}

const question = ['notice', 'extension', mona, 'asks-to-listen', '5000 ms'];

describe('where members let the moderator in', () => {
  test('the member is asked, and the moderator waits', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    expect(desk.told(annasLeg)).toEqual(question);
    expect(desk.told(othersLeg)).toEqual([]);
    expect(desk.told(leg)).toEqual(['please-wait-to-be-let-in']);
    expect(desk.edges).toEqual([]);
    expect(desk.factTypes).toEqual(['attempt', 'identified', 'admissionAsked']);
    expect(desk.state.records.quotas.used).toEqual({});
  });

  test('the moderator listens once the member has let them in by keys, and that is recorded', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    keyed(desk, 'a1', '*1');
    expect(desk.edges).toEqual([`${annasLeg}>${leg}`, `${othersLeg}>${leg}`]);
    expect(desk.told(annasLeg)).toEqual([]);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'letIn', extension: anna, way: 'keys', member: anna, moderator: mona },
      { type: 'started', member: anna },
    ]);
    expect(desk.state.records.quotas.used).toEqual({ [`${supportProfile}/${anna}`]: 1 });
  });

  test('nothing is heard before that is recorded', () => {
    const desk = deskWith(annaOutside);
    desk.monitoring('101');
    desk.records = false;
    keyed(desk, 'a1', '*1');
    expect(desk.edges).toEqual([]);
  });

  test('a moderator who is turned down is told so and released, and nothing is counted', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    keyed(desk, 'a1', '*0');
    expect([desk.refusal, desk.stage(leg), desk.told(leg)]).toEqual([
      'notLetIn',
      'parting',
      ['refuse', 'not-let-in', 'goodbye'],
    ]);
    expect(desk.facts.at(-2)).toMatchObject({ type: 'admissionEnded', reason: 'notLetIn', member: anna });
    expect([desk.edges, desk.told(annasLeg), desk.state.records.quotas.used]).toEqual([[], [], {}]);
  });

  test('a member who does nothing has not let anybody in', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    expect(desk.deadline).toBe(desk.now + 30_000);
    desk.passes(29_999);
    expect(desk.told(annasLeg)).toEqual(question);
    desk.passes(1);
    expect([desk.refusal, desk.stage(leg), desk.told(annasLeg)]).toEqual(['notLetIn', 'member', []]);
    expect(desk.told(leg)).toEqual(['refuse', 'not-let-in', 'enter-member']);
    keyed(desk, 'a1', '*1');
    expect(desk.edges).toEqual([]);
  });

  test.each([
    ['1', 'no star before it'],
    ['*2', 'another key behind the star'],
    ['*21', 'another key in between'],
    ['#1', 'another key before it'],
  ])('%s lets nobody in: %s', (keys) => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    keyed(desk, 'a1', keys);
    expect([desk.edges, desk.stage(leg), desk.refusal]).toEqual([[], 'monitoring', undefined]);
  });

  test('a star of long ago begins no answer', () => {
    const desk = deskWith(annaOutside);
    desk.monitoring('101');
    keyed(desk, 'a1', '*');
    desk.passes(3001);
    keyed(desk, 'a1', '1');
    expect(desk.edges).toEqual([]);
  });

  test('the other party lets nobody in, nor the moderator', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    keyed(desk, 'b1', '*1');
    desk.keys(leg, '*1');
    expect(desk.edges).toEqual([]);
  });

  test('everybody with an extension here has to, and each can turn the moderator down', () => {
    const desk = deskWith(annaBen);
    const leg = desk.monitoring('101');
    expect([desk.told(legId('a2')), desk.told(legId('b2'))]).toEqual([question, question]);
    keyed(desk, 'a2', '*1');
    expect([desk.edges, desk.told(legId('a2')), desk.told(legId('b2'))]).toEqual([[], [], question]);
    keyed(desk, 'b2', '*0');
    expect([desk.edges, desk.stage(leg)]).toEqual([[], 'parting']);
  });

  test('both have let in', () => {
    const desk = deskWith(annaBen);
    const leg = desk.monitoring('101');
    keyed(desk, 'b2', '*1');
    keyed(desk, 'a2', '*1');
    expect(desk.edges).toEqual([`a2>${leg}`, `b2>${leg}`]);
  });

  test('a moderator who was about to take over hears that this is lost, and that they have to wait', () => {
    const desk = new MonitoringDesk(
      withProfile({ admission: true, notice: { member: { kind: 'none' }, other: { kind: 'announcement' } } }),
    );
    desk.callsAre(annaOutside);
    const leg = desk.monitoring('101');
    keyed(desk, 'a1', '*1');
    desk.keys(leg, '8');
    desk.callsAre({ ...annaOutside, callee: extensionParty(cara, 'c1') });
    expect(desk.told(leg)).toEqual(['refuse', 'mode-take-over', 'please-wait-to-be-let-in']);
  });

  test('somebody on hold is asked once they hear again', () => {
    const onHold = { ...annaOutside, caller: { ...annaOutside.caller, held: true } };
    const desk = deskWith(onHold);
    desk.monitoring('101');
    expect(desk.told(annasLeg)).toEqual([]);
    desk.callsAre(annaOutside);
    expect(desk.told(annasLeg)).toEqual(question);
  });

  test('who comes into the call is asked anew, with everybody else', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    keyed(desk, 'a1', '*1');
    desk.callsAre({ ...annaOutside, callee: extensionParty(cara, 'c1') });
    expect([desk.edges, desk.told(annasLeg), desk.told(legId('c1'))]).toEqual([[], question, question]);
    expect(desk.facts.slice(-2)).toMatchObject([{ type: 'ended', reason: 'transferred' }, { type: 'admissionAsked' }]);
    keyed(desk, 'a1', '*1');
    keyed(desk, 'c1', '*1');
    expect(desk.edges).toEqual([`a1>${leg}`, `c1>${leg}`]);
  });

  test('a moderator who follows the member asks in the next call, too', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    keyed(desk, 'a1', '*1');
    desk.keys(leg, '7');
    desk.callsAre(talking(3, anna, '0301'));
    expect([desk.edges, desk.told(legId('a3'))]).toEqual([[], question]);
  });

  test.each([
    ['the call ends', (desk: MonitoringDesk) => desk.callsAre(), 'callEnded'],
    [
      'the moderator hangs up',
      (desk: MonitoringDesk, leg: ReturnType<typeof legId>) => desk.happens({ type: 'released', leg, cause: 'normal' }),
      'moderatorHungUp',
    ],
    [
      'the moderator leaves',
      (desk: MonitoringDesk, leg: ReturnType<typeof legId>) => desk.keys(leg, '##'),
      'moderatorLeft',
    ],
    ['the box stops', (desk: MonitoringDesk) => desk.happens({ type: 'boxStops' }), 'boxStopped'],
    [
      'the button is pressed',
      (desk: MonitoringDesk) => desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true }),
      'endedByButton',
    ],
    [
      'an admin ends it',
      (desk: MonitoringDesk) => desk.happens({ type: 'monitorEnded', session: 1, reason: 'endedByAdmin' }),
      'endedByAdmin',
    ],
    [
      'the member ends it on their page',
      (desk: MonitoringDesk) => desk.happens({ type: 'monitorEnded', session: 1, reason: 'endedByMember' }),
      'notLetIn',
    ],
    [
      'the member dials *00',
      (desk: MonitoringDesk) => desk.happens({ type: 'memberStops', extension: anna }),
      'notLetIn',
    ],
  ])('it is recorded that asking has ended when %s', (_, act, reason) => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    act(desk, leg);
    expect(desk.facts).toContainEqual(expect.objectContaining({ type: 'admissionEnded', reason, member: anna }));
    expect([desk.edges, desk.told(annasLeg)]).toEqual([[], []]);
  });

  test('keys that would do something to a monitor tell the moderator to wait', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    for (const key of '45689') {
      desk.keys(leg, key);
      expect([key, desk.told(leg)]).toEqual([key, ['please-wait-to-be-let-in']]);
    }
  });

  test('the next call is asked for in place of the first', () => {
    const desk = deskWith(annaOutside, talking(3, ben, '0301'));
    const leg = desk.monitoring('102');
    expect(desk.told(legId('a3'))).toEqual(question);
    desk.keys(leg, '*');
    expect([desk.told(legId('a3')), desk.told(annasLeg)]).toEqual([[], question]);
    expect(desk.facts.at(-2)).toMatchObject({ type: 'admissionEnded', reason: 'moderatorSwitched', member: ben });
  });

  test('the page lets in the moderator of that session alone', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    desk.happens({ type: 'memberLetsIn', extension: anna, session: 7, way: 'page', by: 'ada' });
    desk.happens({ type: 'memberLetsIn', extension: ben, session: 1, way: 'page', by: 'ada' });
    expect(desk.edges).toEqual([]);
    desk.happens({ type: 'memberLetsIn', extension: anna, session: 1, way: 'page', by: 'ada' });
    expect(desk.edges).toEqual([`${annasLeg}>${leg}`, `${othersLeg}>${leg}`]);
  });

  test('what has come to stand against it meanwhile does so when the member answers', () => {
    const desk = deskWith(annaOutside);
    const leg = desk.monitoring('101');
    desk.happens({ type: 'closed', closure: 'recordUnavailable', endsRunning: false });
    keyed(desk, 'a1', '*1');
    expect([desk.edges, desk.refusal, desk.stage(leg)]).toEqual([[], 'recordUnavailable', 'member']);
    expect(desk.facts).toContainEqual(expect.objectContaining({ type: 'admissionEnded', reason: 'recordUnavailable' }));
  });

  test('a rule that comes into force meanwhile ends what nobody has let in, and not what somebody has', () => {
    const free = new MonitoringDesk(openPolicy);
    free.callsAre(annaOutside);
    const leg = free.monitoring('101');
    free.happens({ type: 'policyChanged', policy });
    expect([free.edges, free.refusal, free.stage(leg)]).toEqual([[], 'notLetIn', 'member']);

    const admitted = deskWith(annaOutside);
    admitted.monitoring('101');
    keyed(admitted, 'a1', '*1');
    admitted.happens({ type: 'policyChanged', policy: withProfile({ admission: true, name: 'New' }) });
    expect(admitted.edges).toHaveLength(2);
  });

  test('who is being asked for goes on being asked where the rule is taken away', () => {
    const desk = deskWith(annaOutside);
    desk.monitoring('101');
    desk.happens({ type: 'policyChanged', policy: openPolicy });
    expect([desk.edges, desk.told(annasLeg)]).toEqual([[], question]);
  });
});

describe('of two moderators', () => {
  const both = {
    ...policy,
    groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]),
    profiles: new Map([[supportProfile, { ...openProfile, admission: true }]]),
  };
  const deskOfTwo = () => {
    const desk = new MonitoringDesk(both);
    desk.callsAre(annaOutside);
    return { desk, first: desk.monitoring('101', mona), second: desk.monitoring('101', cara, inside(cara)) };
  };

  test('the keys answer the first, and then the other, who is asked for only then', () => {
    const { desk, first, second } = deskOfTwo();
    expect(desk.told(annasLeg)).toEqual(question);
    keyed(desk, 'a1', '*1');
    expect(desk.edges).toEqual([`a1>${first}`, `b1>${first}`]);
    expect(desk.told(annasLeg)).toContain(cara);
    keyed(desk, 'a1', '*0');
    expect([desk.edges, desk.stage(second)]).toEqual([[`a1>${first}`, `b1>${first}`], 'parting']);
  });

  test('the first is who has asked first, though another has dialled in before', () => {
    const desk = new MonitoringDesk(both);
    desk.callsAre(annaOutside);
    const early = desk.identified(mona);
    const asks = desk.monitoring('101', cara, inside(cara));
    desk.passes(1000);
    desk.keys(early, '101#');
    expect(desk.told(annasLeg)).toContain(cara);
    keyed(desk, 'a1', '*1');
    expect(desk.edges).toEqual([`a1>${asks}`, `b1>${asks}`]);
  });

  test('a star keyed for the first lets the second not in once the first has gone', () => {
    const { desk, first } = deskOfTwo();
    keyed(desk, 'a1', '*');
    desk.happens({ type: 'released', leg: first, cause: 'normal' });
    keyed(desk, 'a1', '1');
    expect(desk.edges).toEqual([]);
  });

  test('both count towards the moderators that one call may have', () => {
    const desk = new MonitoringDesk({ ...both, limits: { perCall: 1, total: 10 } });
    desk.callsAre(annaOutside);
    desk.monitoring('101', mona);
    desk.monitoring('101', cara, inside(cara));
    expect(desk.refusal).toBe('callLimit');
  });
});

test('a call is asked for by its number', () => {
  const desk = deskWith(annaOutside);
  desk.monitoring('101');
  expect(desk.facts.at(-1)).toMatchObject({ type: 'admissionAsked', call: callId(1), other: '03012345678' });
});
