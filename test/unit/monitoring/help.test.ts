import { describe, expect, test } from 'vitest';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { underAgreement } from '../../../src/monitoring/agreed.js';
import { desiredLegs } from '../../../src/monitoring/desired.js';
import { type HelpFound, helpersFor, type PossibleHelper } from '../../../src/monitoring/help.js';
import { listeningLamps } from '../../../src/monitoring/listening-lamps.js';
import type { Mode, MonitoringPolicy, Profile } from '../../../src/monitoring/profile.js';
import { listeningTo } from '../../../src/primitives/busy-lamp.js';
import {
  callId,
  contactId,
  type ExtensionNumber,
  groupId,
  type LegId,
  legId,
  profileId,
} from '../../../src/primitives/ids.js';
import type { TalkingCall } from '../../../src/switchboard/state.js';
import { agreed } from '../agreement/documents.js';
import { anna, ben, cara, city, inside, mona, supportProfile } from '../switchboard/office.js';
import {
  extensionParty,
  MonitoringDesk,
  members,
  moderators,
  noRecords,
  openPolicy,
  openProfile,
  outsideParty,
  talking,
} from './desk.js';

/** Mona and Cara moderate. */
const policy = (change: Partial<Profile> = {}, rest: Partial<MonitoringPolicy> = {}): MonitoringPolicy => ({
  ...openPolicy,
  helpTitles: { de: 'Hilfe:', en: 'Help:' },
  groups: new Map([
    [moderators, [mona, cara]],
    [members, [anna, ben]],
  ]),
  profiles: new Map([[supportProfile, { ...openProfile, ...change }]]),
  ...rest,
});

const annaOutside = talking(1, anna, '03012345678');

function deskWith(rules = policy(), ...calls: readonly TalkingCall[]): MonitoringDesk {
  const desk = new MonitoringDesk(rules);
  desk.callsAre(...(calls.length > 0 ? calls : [annaOutside]));
  return desk;
}

const phoneLeg = (moderator: ExtensionNumber, serial = 1): LegId => legId(`help-${moderator}-${serial}`);

function possible(without: readonly ExtensionNumber[] = []): ReadonlyMap<ExtensionNumber, PossibleHelper> {
  return new Map(
    [mona, cara, ben].map((moderator) => {
      const to = { kind: 'contact', extension: moderator, contact: contactId(`of-${moderator}`) } as const;
      const phones = without.includes(moderator) ? [] : [{ leg: phoneLeg(moderator), to }];
      return [moderator, { leg: legId(`help-${moderator}`), phones }];
    }),
  );
}

const found = (desk: MonitoringDesk, mode: Mode = 'whisper', who = possible(), isDialled = true): HelpFound =>
  helpersFor(desk.state, { member: anna, mode, isDialled }, who, desk.around);

/** Anna asks; returns who is called. */
function asks(desk: MonitoringDesk, mode: Mode = 'whisper'): readonly ExtensionNumber[] {
  const help = found(desk, mode);
  if (help.kind === 'none') throw new Error(help.reason);
  desk.happens({ type: 'helpAsked', help: help.help, helpers: help.helpers, by: { way: 'code' } });
  return help.helpers.map(({ moderator }) => moderator);
}

const answers = (desk: MonitoringDesk, moderator: ExtensionNumber) =>
  desk.happens({ type: 'answered', leg: phoneLeg(moderator) });

/** And the member has heard that somebody comes. */
function picksUp(desk: MonitoringDesk, moderator: ExtensionNumber): void {
  answers(desk, moderator);
  desk.speechEnds(legId('a1'));
}

const hangsUp = (desk: MonitoringDesk, moderator: ExtensionNumber) =>
  desk.happens({ type: 'released', leg: phoneLeg(moderator), cause: 'declined' });

const ringing = (desk: MonitoringDesk): readonly LegId[] =>
  [...desiredLegs(desk.state)].flatMap(([leg, { kind }]) => (kind === 'dial' ? [leg] : []));

const ofType = (desk: MonitoringDesk, type: string) => desk.facts.filter((fact) => fact.type === type);
const whisper = (moderator: ExtensionNumber) => [
  `a1>${phoneLeg(moderator)}`,
  `b1>${phoneLeg(moderator)}`,
  `${phoneLeg(moderator)}>a1`,
];

describe('a member who asks for help', () => {
  test('gets all moderators called, whose telephones show for whom', () => {
    const desk = deskWith();
    expect(asks(desk)).toEqual([mona, cara]);
    expect([...desiredLegs(desk.state)]).toMatchObject([
      [phoneLeg(mona), { kind: 'dial', callerId: { number: anna, name: `Hilfe: ${anna}` } }],
      [phoneLeg(cara), { kind: 'dial', callerId: { number: anna, name: `Help: ${anna}` } }],
    ]);
    expect(desk.edges).toEqual([]);
    const asked = { type: 'helpAsked', way: 'code', mode: 'whisper', member: anna, call: 1, other: '03012345678' };
    expect(desk.facts).toMatchObject([
      { ...asked, session: 1, moderator: mona },
      { ...asked, session: 2, moderator: cara },
    ]);
  });

  test('is helped by whoever picks up first, who whispers, while the other telephones fall silent', () => {
    const desk = deskWith();
    asks(desk);
    picksUp(desk, cara);
    expect(desk.edges).toEqual(whisper(cara));
    expect(ringing(desk)).toEqual([]);
    expect(desk.told(phoneLeg(cara))).toEqual(['confirm', 'extension', anna, 'asks-for-help', 'mode-whisper']);
    expect(desk.facts.slice(2)).toMatchObject([
      { type: 'helpGiven', session: 2, moderator: cara, member: anna },
      { type: 'started', session: 2, moderator: cara, member: anna, wished: true },
      { type: 'modeChanged', session: 2, mode: 'whisper' },
      { type: 'helpEnded', session: 1, moderator: mona, reason: 'helpedByOther' },
      { type: 'dialogueEnded', session: 1, moderator: mona },
      { type: 'told', session: 2, party: 'member', notice: 'toneAtStart' },
    ]);
    expect(desk.state.records.quotas.used).toEqual({});
    expect(desk.told(legId('a1'))).toEqual([]);
  });

  test('sees by the lamp of a key that somebody helps, and the other party does not', () => {
    const desk = deskWith(policy(), talking(1, anna, ben));
    asks(desk);
    expect([...listeningLamps(desk.state, desk.talking)]).toEqual([]);
    picksUp(desk, mona);
    expect([...listeningLamps(desk.state, desk.talking)]).toEqual([[listeningTo(anna), 'talking']]);
  });

  test.each<Mode>(['listen', 'whisper'])(
    'hears that somebody comes before that one hears anything, whatever the profile says: others can ask in their name (%s)',
    (mode) => {
      const desk = deskWith();
      asks(desk, mode);
      answers(desk, mona);
      expect(desk.told(legId('a1'))).toEqual(['notice']);
      expect(desk.edges).toEqual(whisper(mona).slice(2, mode === 'listen' ? 2 : 3));
      desk.speechEnds(legId('a1'));
      expect(desk.edges).toEqual(whisper(mona).slice(0, mode === 'listen' ? 2 : 3));
      expect(ofType(desk, 'started')).toMatchObject([{ noticeMember: 'toneAtStart', noticeOther: 'none' }]);
    },
  );

  test('is not heard before it is recorded', () => {
    const desk = deskWith();
    asks(desk);
    desk.records = false;
    picksUp(desk, mona);
    expect(desk.edges).toEqual([]);
    desk.recorded(1);
    desk.speechEnds(legId('a1'));
    expect(desk.edges).toEqual(whisper(mona));
  });

  test('can ask for a moderator who speaks with both, or only listens', () => {
    const both = deskWith();
    asks(both, 'barge');
    picksUp(both, mona);
    expect(both.edges).toContain(`${phoneLeg(mona)}>b1`);
    const listens = deskWith(policy({ interventions: new Set() }));
    asks(listens, 'listen');
    picksUp(listens, mona);
    expect(listens.edges).toEqual(whisper(mona).slice(0, 2));
  });

  test('is told in the call, and alone, that nobody has answered in time', () => {
    const desk = deskWith();
    asks(desk);
    expect(desk.deadline).toBe(desk.now + 30_000);
    desk.passes(30_000);
    expect(ringing(desk)).toEqual([]);
    expect(ofType(desk, 'helpEnded')).toMatchObject([{ reason: 'notAnswered' }, { reason: 'notAnswered' }]);
    expect(ofType(desk, 'refused')).toEqual([]);
    expect([desk.told(legId('a1')), desk.told(legId('b1'))]).toEqual([['notice', 'nobody-helped'], []]);
    desk.speechEnds(legId('a1'));
    expect([desk.told(legId('a1')), desk.state.helps]).toEqual([[], []]);
  });

  test('is told so once the last has declined, and once they hear again where they are on hold', () => {
    const onHold = { ...annaOutside, caller: { ...annaOutside.caller, held: true } };
    const desk = deskWith(policy(), onHold);
    asks(desk);
    hangsUp(desk, mona);
    expect(ringing(desk)).toEqual([phoneLeg(cara)]);
    hangsUp(desk, cara);
    expect(desk.told(legId('a1'))).toEqual([]);
    desk.callsAre(annaOutside);
    expect(desk.told(legId('a1'))).toEqual(['notice', 'nobody-helped']);
  });

  test('can ask again at once', () => {
    const desk = deskWith();
    asks(desk);
    hangsUp(desk, mona);
    hangsUp(desk, cara);
    asks(desk);
    expect([desk.told(legId('a1')), ringing(desk)]).toEqual([[], [phoneLeg(mona), phoneLeg(cara)]]);
  });

  test.each([
    ['by *00', (desk: MonitoringDesk) => desk.happens({ type: 'memberStops', extension: anna })],
    ['on the page', (desk: MonitoringDesk) => desk.happens({ type: 'helpWithdrawn', extension: anna })],
  ])('withdraws it while telephones ring: %s', (_, withdraws) => {
    const desk = deskWith();
    asks(desk);
    withdraws(desk);
    expect([ringing(desk), desk.told(legId('a1')), desk.state.helps]).toEqual([[], [], []]);
    expect(ofType(desk, 'helpEnded')).toMatchObject([{ reason: 'endedByMember' }, { reason: 'endedByMember' }]);
    expect(ofType(desk, 'dialogueEnded')).toHaveLength(2);
  });

  test.each([
    ['by *00', (desk: MonitoringDesk) => desk.happens({ type: 'memberStops', extension: anna })],
    ['on the page', (desk: MonitoringDesk) => desk.happens({ type: 'helpWithdrawn', extension: anna })],
  ])('ends the help that is given: %s', (_, withdraws) => {
    const desk = deskWith();
    asks(desk);
    picksUp(desk, mona);
    withdraws(desk);
    expect(desk.edges).toEqual([]);
    expect(ofType(desk, 'ended')).toMatchObject([{ reason: 'endedByMember', moderator: mona }]);
    expect(desk.told(phoneLeg(mona))).toEqual(['refuse', 'ended-by-others', 'goodbye']);
  });

  test('does not end by that what others listen to of their own accord', () => {
    const desk = deskWith();
    const own = desk.monitoring('101', cara, inside(cara));
    asks(desk);
    picksUp(desk, mona);
    desk.happens({ type: 'helpWithdrawn', extension: anna });
    expect(desk.edges).toEqual([`a1>${own}`, `b1>${own}`]);
  });

  test('wants no other to be ended: those of others ring on', () => {
    const desk = deskWith();
    asks(desk);
    desk.happens({ type: 'helpWithdrawn', extension: ben });
    expect(ringing(desk)).toHaveLength(2);
  });
});

describe('the call', () => {
  const transferred = { ...annaOutside, callee: outsideParty('0301', 'c1') };

  test.each([
    ['ends', (desk: MonitoringDesk) => desk.callsAre(), 'callEnded'],
    ['goes on with somebody else', (desk: MonitoringDesk) => desk.callsAre(transferred), 'transferred'],
    [
      'is being transferred',
      (desk: MonitoringDesk) => {
        desk.inTransfer = new Set([legId('a1')]);
        desk.callsAre();
      },
      'transferred',
    ],
  ])('%s: nobody is called any more, and nobody helps any more', (_, act, reason) => {
    const rings = deskWith();
    asks(rings);
    act(rings);
    expect([ringing(rings), rings.state.helps]).toEqual([[], []]);
    expect(ofType(rings, 'helpEnded')).toMatchObject([{ reason }, { reason }]);

    const helped = deskWith();
    asks(helped);
    picksUp(helped, mona);
    act(helped);
    expect([helped.edges, helped.stage(phoneLeg(mona))]).toEqual([[], 'parting']);
    expect(ofType(helped, 'ended')).toMatchObject([{ reason, moderator: mona }]);
    expect(helped.told(phoneLeg(mona))).toEqual(['call-ended', 'goodbye']);
  });

  test('is the newest of several', () => {
    const desk = deskWith(policy(), annaOutside, talking(2, '03099', anna));
    asks(desk);
    picksUp(desk, mona);
    expect(ofType(desk, 'started')).toMatchObject([{ call: callId(2), other: 'city/03099' }]);
  });

  test.each([
    ['that the telephone holds which dials the code', true, 1],
    ['that is not on hold for the page, which nobody leaves a call for', false, 2],
  ])('is the one %s, of those at several telephones', (_, isDialled, meant) => {
    const held = { ...annaOutside, caller: { ...annaOutside.caller, held: true } };
    const free = talking(2, '03099', anna);
    for (const calls of [
      [held, free],
      [free, held],
    ]) {
      const help = found(deskWith(policy(), ...calls), 'whisper', possible(), isDialled);
      expect(help.kind === 'helpers' && help.help.call).toBe(callId(meant));
    }
  });

  test('is known only now to be with somebody excluded: nobody is called any more, and who picks up hears nothing', () => {
    const rules = policy({}, { exclusions: { extensions: new Set(), numbers: ['0301'] } });
    const desk = deskWith(rules);
    asks(desk);
    desk.callsAre({ ...annaOutside, callee: { ...annaOutside.callee, number: '0301', known: ['0301'] } });
    expect(ringing(desk)).toEqual([]);
    expect(ofType(desk, 'helpEnded')).toMatchObject([{ reason: 'excluded' }, { reason: 'excluded' }]);
  });
});

describe('nobody is called', () => {
  const withoutCall = (desk: MonitoringDesk) => desk.callsAre();
  const annaBen = talking(2, anna, ben);
  const emergency: TalkingCall = { ...annaOutside, route: { kind: 'emergency', trunks: [city], number: '112' } };
  const noConsent = (who: ExtensionNumber): Partial<MonitoringPolicy> => ({
    persons: new Map([...openPolicy.persons].map(([key, one]) => [key, { ...one, consents: key !== who }])),
  });
  const nothing = () => {};

  test.each<[string, MonitoringPolicy, readonly TalkingCall[], (desk: MonitoringDesk) => void, string]>([
    ['there is no call', policy(), [], withoutCall, 'noCall'],
    ['moderators are being called already', policy(), [], (desk) => void asks(desk), 'alreadyAsked'],
    [
      'the member is excluded',
      policy({}, { exclusions: { extensions: new Set([anna]), numbers: [] } }),
      [],
      nothing,
      'excluded',
    ],
    [
      'the other party is excluded',
      policy({}, { exclusions: { extensions: new Set(), numbers: ['03012345678'] } }),
      [],
      nothing,
      'excluded',
    ],
    ['it goes to the emergency services', policy(), [emergency], nothing, 'excluded'],
    [
      'the call is private',
      policy(),
      [{ ...annaOutside, caller: { ...annaOutside.caller, isConfidential: true } }],
      nothing,
      'privateCall',
    ],
    ['the colleague has not agreed', policy({}, noConsent(ben)), [annaBen], nothing, 'colleague'],
    ['the profile is off', policy({ enabled: false }), [], nothing, 'closed'],
    [
      'there is no licence',
      policy(),
      [],
      (desk) => desk.happens({ type: 'closed', closure: 'licenceMissing', endsRunning: true }),
      'closed',
    ],
    [
      'it is outside the hours of the profile',
      policy({ windows: [{ weekdays: [3], from: 0, to: 60 }] }),
      [],
      nothing,
      'nobody',
    ],
    ['nobody may whisper', policy({ interventions: new Set(['barge']) }), [], nothing, 'modeNotAllowed'],
    ['no profile covers the member', policy({ members: groupId('nobody') }), [], nothing, 'nobody'],
    ['no more may listen', policy({}, { limits: { perCall: 0, total: 100 } }), [], nothing, 'nobody'],
    [
      'the only moderator is in the call',
      policy({}, { groups: new Map([...openPolicy.groups, [moderators, [ben]]]) }),
      [annaBen],
      nothing,
      'nobody',
    ],
    [
      'nobody has a PIN who could listen at all',
      policy({}, { persons: new Map([...openPolicy.persons].map(([key, one]) => [key, { ...one, pinMark: null }])) }),
      [],
      nothing,
      'nobody',
    ],
  ])('where %s', (_, rules, calls, before, reason) => {
    const desk = deskWith(rules, ...calls);
    before(desk);
    expect(found(desk)).toEqual({ kind: 'none', reason });
  });

  test('who has no telephone, is locked out, or is called already', () => {
    const desk = deskWith();
    expect(found(desk, 'whisper', possible([mona]))).toMatchObject({ helpers: [{ moderator: cara }] });
    expect(found(desk, 'whisper', possible([mona, cara]))).toEqual({ kind: 'none', reason: 'nobody' });
    const called = deskWith(policy(), annaOutside, talking(3, ben, '0301'));
    called.happens({
      ...{ type: 'callModerator', leg: legId('asked'), moderator: mona, by: 'ada', rights: ['ada'], pin: null },
      ...{ purpose: null, profile: null, wanted: { member: ben, call: null }, title: '', on: 'phone' },
      ...{ phones: [{ leg: legId('p1'), to: { kind: 'contact', extension: mona, contact: contactId('p') } }] },
      services: new Map(),
    });
    expect(found(called)).toMatchObject({ helpers: [{ moderator: cara }] });
    const locked = new MonitoringDesk(policy(), {
      ...noRecords,
      lockouts: { [`moderator:${mona}`]: { failures: 5, lockedUntil: 10_000_000, lastFailure: 900_000 } },
    });
    locked.callsAre(annaOutside);
    expect(found(locked)).toMatchObject({ helpers: [{ moderator: cara }] });
  });

  test('twice who moderates in two profiles: the first that allows it counts', () => {
    const id = profileId('second');
    const first = { ...openProfile, interventions: new Set<never>() };
    const profiles = new Map([
      [supportProfile, first],
      [id, { ...openProfile, id }],
    ]);
    const help = found(deskWith(policy({}, { profiles })));
    expect(help).toMatchObject({
      helpers: [
        { moderator: mona, profile: id },
        { moderator: cara, profile: id },
      ],
    });
  });
});

describe('the wish of the member', () => {
  test('needs no quota, and leaves it as it is', () => {
    const used = { [`${supportProfile}/${anna}`]: 1 };
    const desk = new MonitoringDesk(policy({ quota: 1 }), { ...noRecords, quotas: { month: '2026-03', used } });
    desk.callsAre(annaOutside);
    asks(desk);
    picksUp(desk, mona);
    expect([desk.edges, desk.state.records.quotas.used]).toEqual([whisper(mona), used]);
    desk.monitoring('101', cara, inside(cara));
    expect(desk.refusal).toBe('quotaUsedUp');
  });

  test('stands for their own consent', () => {
    const persons = new Map([...openPolicy.persons].map(([key, one]) => [key, { ...one, consents: key !== anna }]));
    const desk = deskWith(policy({}, { persons }));
    asks(desk);
    picksUp(desk, mona);
    desk.passes(60_000);
    expect(desk.edges).toEqual(whisper(mona));
  });

  test('lets the moderator in, where the others in the call still have to', () => {
    const outside = deskWith(policy({ admission: true }));
    asks(outside);
    picksUp(outside, mona);
    outside.passes(60_000);
    expect([outside.edges, outside.told(legId('a1'))]).toEqual([whisper(mona), []]);

    const colleague = deskWith(policy({ admission: true }), talking(1, anna, ben));
    asks(colleague);
    picksUp(colleague, mona);
    expect(colleague.edges).toEqual([]);
    expect([colleague.told(legId('a1')), colleague.told(legId('b1'))]).toEqual([
      [],
      ['notice', 'extension', mona, 'asks-to-listen', '5000 ms'],
    ]);
    colleague.happens({ type: 'digit', leg: legId('b1'), digit: '*' }, { type: 'digit', leg: legId('b1'), digit: '1' });
    colleague.speechEnds(legId('a1'));
    expect(colleague.edges).toEqual(whisper(mona));
  });

  test('spares no notice to the other party', () => {
    const desk = deskWith(policy({ notice: { member: { kind: 'none' }, other: { kind: 'announcement' } } }));
    asks(desk);
    picksUp(desk, mona);
    expect([desk.told(legId('b1')), desk.edges]).toEqual([['notice'], [`${phoneLeg(mona)}>a1`]]);
    desk.speechEnds(legId('b1'));
    expect(desk.edges).toEqual(whisper(mona));
  });

  describe('under an agreement', () => {
    const outsidePeriod = (change: Partial<AgreementDocument> = {}) =>
      underAgreement(policy(), {
        hash: 'ab',
        periods: [],
        document: {
          ...agreed,
          notice: { member: { start: 'none', toneEvery: null }, other: { start: 'none', toneEvery: null } },
          modes: ['whisper'],
          periods: { daysAhead: 3, mostDays: 10, gapDays: 10 },
          quota: { callsPerMember: 0, membersPerMonth: 0 },
          listening: [{ moderators: [mona], members: [anna, ben] }],
          ...change,
        },
      });

    test('needs no period, purpose and quota, but somebody who may listen to all in the call', () => {
      const desk = deskWith(outsidePeriod());
      expect(asks(desk)).toEqual([mona]);
      picksUp(desk, mona);
      desk.passes(60_000);
      expect(desk.edges).toEqual(whisper(mona));
      expect(ofType(desk, 'started')[0]).not.toHaveProperty('purpose');
    });

    test('does not stand for a colleague, who is protected by the periods', () => {
      const desk = deskWith(outsidePeriod(), talking(1, anna, ben));
      expect(found(desk)).toEqual({ kind: 'none', reason: 'nobody' });
    });

    test('is nothing where nobody may listen to the member', () => {
      const desk = deskWith(outsidePeriod({ listening: [] }));
      expect(found(desk)).toEqual({ kind: 'none', reason: 'nobody' });
    });
  });
});

describe('a moderator who helps', () => {
  function helps(rules = policy(), ...calls: readonly TalkingCall[]) {
    const desk = deskWith(rules, ...(calls.length > 0 ? calls : [annaOutside, talking(2, ben, '0301')]));
    asks(desk);
    picksUp(desk, mona);
    return { desk, leg: phoneLeg(mona) };
  }

  test('can do what the profile allows', () => {
    const { desk, leg } = helps();
    desk.keys(leg, '6');
    expect(desk.edges).toContain(`${leg}>b1`);
    desk.keys(leg, '4');
    expect(desk.edges).toEqual([`a1>${leg}`, `b1>${leg}`]);
  });

  test('can do nothing else', () => {
    const { desk, leg } = helps(policy({ interventions: new Set(['whisper']) }));
    for (const key of '68') desk.keys(leg, key);
    expect(ofType(desk, 'refused')).toMatchObject([
      { reason: 'interventionNotAllowed' },
      { reason: 'interventionNotAllowed' },
    ]);
    expect(desk.edges).toEqual(whisper(mona));
  });

  test('has shown no PIN, so hears no other call, and the dialogue ends when they leave', () => {
    const { desk, leg } = helps();
    for (const key of '*07') {
      desk.keys(leg, key);
      expect([desk.refusal, desk.edges]).toEqual(['noOtherCall', whisper(mona)]);
    }
    desk.keys(leg, '##');
    expect([desk.stage(leg), desk.edges, desk.told(leg)]).toEqual(['parting', [], ['goodbye']]);
    expect(ofType(desk, 'ended')).toMatchObject([{ reason: 'moderatorLeft' }]);
  });

  test('who shows their PIN on the page can go on to another call', () => {
    const { desk, leg } = helps();
    desk.happens({
      ...{ type: 'callModerator', leg: legId('asked'), moderator: mona, by: 'ada', rights: ['ada'], pin: null },
      ...{ purpose: null, profile: null, wanted: { member: ben, call: null }, title: '', on: 'phone', phones: [] },
      services: new Map(),
    });
    expect(desk.edges).toEqual([`a2>${leg}`, `b2>${leg}`]);
    expect(ofType(desk, 'started')[1]).not.toHaveProperty('wished');
    expect(desk.state.records.quotas.used).toEqual({ [`${supportProfile}/${ben}`]: 1 });
    desk.keys(leg, '##');
    expect(desk.stage(leg)).toBe('member');
  });

  test('stays by themselves where that is refused', () => {
    const { desk, leg } = helps(policy(), annaOutside);
    desk.happens({
      ...{ type: 'callModerator', leg: legId('asked'), moderator: mona, by: 'ada', rights: ['ada'], pin: null },
      ...{ purpose: null, profile: null, wanted: { member: ben, call: null }, title: '', on: 'phone', phones: [] },
      services: new Map(),
    });
    expect([desk.edges, desk.refusal]).toEqual([whisper(mona), 'memberHasNoCall']);
    desk.keys(leg, '*');
    expect(desk.refusal).toBe('noOtherCall');
  });

  test.each([
    [
      'hangs up',
      (desk: MonitoringDesk, leg: LegId) => desk.happens({ type: 'released', leg, cause: 'normal' }),
      'moderatorHungUp',
    ],
    [
      'loses the right',
      (desk: MonitoringDesk) =>
        desk.happens({ type: 'policyChanged', policy: policy({}, { groups: new Map([[members, [anna]]]) }) }),
      'notModerator',
    ],
    [
      'has another PIN',
      (desk: MonitoringDesk) =>
        desk.happens({
          type: 'policyChanged',
          policy: policy(
            {},
            { persons: new Map([...openPolicy.persons].map(([key, one]) => [key, { ...one, pinMark: 'new' }])) },
          ),
        }),
      'pinChanged',
    ],
    [
      'is ended by the button',
      (desk: MonitoringDesk) => desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true }),
      'endedByButton',
    ],
    [
      'is ended by an admin',
      (desk: MonitoringDesk) => desk.happens({ type: 'monitorEnded', session: 1, reason: 'endedByAdmin' }),
      'endedByAdmin',
    ],
    ['is ended with the box', (desk: MonitoringDesk) => desk.happens({ type: 'boxStops' }), 'boxStopped'],
  ])('%s', (_, act, reason) => {
    const { desk, leg } = helps();
    act(desk, leg);
    expect([desk.edges, ofType(desk, 'ended')]).toMatchObject([[], [{ reason, moderator: mona }]]);
  });
});

describe('telephones that ring for help fall silent', () => {
  test.each([
    [
      'the profile is switched off',
      (desk: MonitoringDesk) => desk.happens({ type: 'policyChanged', policy: policy({ enabled: false }) }),
      'profileOff',
    ],
    [
      'the button is pressed',
      (desk: MonitoringDesk) => desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true }),
      'endedByButton',
    ],
    ['the box stops', (desk: MonitoringDesk) => desk.happens({ type: 'boxStops' }), 'boxStopped'],
  ])('once %s', (_, act, reason) => {
    const desk = deskWith();
    asks(desk);
    act(desk);
    expect(ringing(desk)).toEqual([]);
    expect(ofType(desk, 'helpEnded')).toMatchObject([{ reason }, { reason }]);
    expect(ofType(desk, 'dialogueEnded')).toHaveLength(2);
  });

  test('of a moderator who declines on the page', () => {
    const desk = deskWith();
    asks(desk);
    desk.happens({ type: 'monitorEnded', session: 1, reason: 'moderatorLeft' });
    expect(ringing(desk)).toEqual([phoneLeg(cara)]);
    expect(ofType(desk, 'helpEnded')).toMatchObject([{ reason: 'moderatorLeft', moderator: mona }]);
  });

  test('but of the others not where the first picks up on a line that would carry an encrypted call in clear', () => {
    const desk = deskWith();
    desk.protections = new Map([[legId('a1'), 'encrypted']]);
    asks(desk);
    desk.protections = new Map([...desk.protections, [phoneLeg(mona), 'clear'], [phoneLeg(cara), 'encrypted']]);
    picksUp(desk, mona);
    expect([desk.told(phoneLeg(mona)), ofType(desk, 'helpGiven')]).toEqual([
      ['refuse', 'not-encrypted', 'goodbye'],
      [],
    ]);
    picksUp(desk, cara);
    expect(desk.edges).toEqual(whisper(cara));
  });

  test('and where the first to pick up may not any more, the others ring on', () => {
    const desk = deskWith(policy({}, { limits: { perCall: 1, total: 100 } }));
    const early = desk.identified(cara, inside(cara));
    asks(desk);
    desk.keys(early, '101#');
    picksUp(desk, mona);
    expect(desk.told(phoneLeg(mona))).toEqual(['refuse', 'limit-reached', 'goodbye']);
    expect(ofType(desk, 'helpEnded')).toMatchObject([{ reason: 'callLimit', moderator: mona }]);
    expect(ringing(desk)).toEqual([phoneLeg(cara)]);
  });
});

test('a call between two of the same extension is one of it', () => {
  const own = { ...annaOutside, callee: extensionParty(anna, 'b1') };
  expect(found(deskWith(policy(), own))).toMatchObject({ kind: 'helpers' });
});
