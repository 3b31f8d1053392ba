import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { residualLevel } from '../../support/audio/tones.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { officeSettings, pins, toneOf, untilHears } from '../../support/office.js';
import { toneVoice } from '../../support/rtp/voice.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { outsideTone, TrunkOffice } from '../../support/trunk-office.js';
import { until } from '../../support/waiting.js';
import { signaturesOf, terms } from '../../support/works-agreement.js';

const everybody = ['100', '109', '101', '102', '103', '104'];
const hear = (...numbers: readonly string[]) => ({
  present: numbers.map(toneOf),
  absent: everybody.filter((number) => !numbers.includes(number)).map(toneOf),
});
const audibleDbfs = -35;

const untilSpoken = (call: SipCall) =>
  until('speech', () => residualLevel(call.audio.heard(400), everybody.map(toneOf)) > audibleDbfs);
const untilEnded = (call: SipCall) => until('a call to end', () => call.end);
const ringsAt = (office: RunningOffice, number: string) =>
  until(`${number} to ring`, () => office.phone(number).incoming.findLast(({ state }) => state === 'ringing'));
const ringing = (office: RunningOffice, number: string) =>
  office.phone(number).incoming.filter(({ state }) => state === 'ringing');

/** In the call, only the member hears the moderator. */
async function untilWhispering(member: SipCall, other: SipCall, moderator: SipCall, by: string): Promise<void> {
  await untilHears('moderator', moderator, hear('101', '102'));
  await untilHears('member', member, hear('102', by));
  await untilHears('other', other, hear('101'));
}

describe('a member who asks for help in a call', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    const { profiles } = (await officeSettings()) as { profiles: object[] };
    office = await RunningOffice.open({
      profiles: profiles.map((profile) => ({ ...profile, quota: 1 })),
      exclusions: { extensions: ['104'], numbers: [] },
    });
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  const count = async (type: string) => (await office.recorded(type)).length;
  /** Why the telephones of the two moderators rang no more. */
  const endsFrom = (from: number) =>
    until('the end of ringing in the record', async () => {
      const ends = (await office.recorded('helpEnded')).slice(from).map(({ reason }) => reason);
      return ends.length >= 2 && ends;
    });

  it('by *9 on a second line: the moderators ring, the first to pick up whispers, and the other stops ringing', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const second = await office.call('101', '*9');
    const left = await ringsAt(office, '100');
    await ringsAt(office, '109');
    expect(left.party.displayName).toBe('Help: 101');
    await untilSpoken(second);
    const helper = await office.phone('109').answer();
    await untilWhispering(caller, callee, helper, '109');
    expect(await untilEnded(left)).toMatchObject({ by: 'them' });
    const wish = { member: '101', other: '102' };
    expect(await office.recorded('helpAsked')).toMatchObject([
      { ...wish, moderator: '100', way: 'code', mode: 'whisper' },
      { ...wish, moderator: '109', way: 'code', mode: 'whisper' },
    ]);
    expect(await office.recorded('helpGiven')).toMatchObject([{ ...wish, moderator: '109' }]);
    expect(await office.recorded('helpEnded')).toMatchObject([{ moderator: '100', reason: 'helpedByOther' }]);
    expect(await office.recorded('started')).toMatchObject([{ ...wish, moderator: '109', wished: true }]);
    helper.hangUp();
    await office.untilMonitorEnded('moderatorHungUp');
    await untilHears('member', caller, hear('102'));
  });

  it('needs no quota, and leaves it to those who listen of their own accord', async () => {
    const first = await office.listening();
    await office.hangUp();
    await untilEnded(first.member);
    const { caller, callee } = await office.talk('101', '102');
    await office.moderate('100', `${pins[100]}#101#`);
    await office.untilRefused('quotaUsedUp');
    await office.call('101', '*9');
    await untilWhispering(caller, callee, await office.phone('109').answer(), '109');
  });

  it('on hold, and is helped once the call goes on', async () => {
    const { caller, callee } = await office.talk('101', '102');
    await caller.hold();
    const second = await office.call('101', '*9');
    await untilSpoken(second);
    await untilEnded(second);
    const helper = await office.phone('100').answer();
    await caller.resume();
    await untilWhispering(caller, callee, helper, '100');
  });

  it('is refused aloud without a call, and in one with somebody excluded, and no telephone rings', async () => {
    const asked = await count('helpAsked');
    const without = await office.call('101', '*9');
    await untilSpoken(without);
    expect(await untilEnded(without)).toMatchObject({ status: 480 });
    await office.talk('101', '104');
    const excluded = await office.call('101', '*9');
    await untilSpoken(excluded);
    expect(await untilEnded(excluded)).toMatchObject({ status: 480 });
    expect([...ringing(office, '100'), ...ringing(office, '109')]).toEqual([]);
    expect(await count('helpAsked')).toBe(asked);
  });

  it('withdraws it by *00, and the telephones stop ringing', async () => {
    const ended = await count('helpEnded');
    await office.talk('101', '102');
    await office.call('101', '*9');
    const rings = [await ringsAt(office, '100'), await ringsAt(office, '109')];
    await office.call('101', '*00');
    for (const call of rings) expect(await untilEnded(call)).toMatchObject({ by: 'them' });
    expect(await endsFrom(ended)).toEqual(['endedByMember', 'endedByMember']);
  });

  it('ends the help by *00, and the call goes on', async () => {
    const { caller, callee } = await office.talk('101', '102');
    await office.call('101', '*9');
    const helper = await office.phone('100').answer();
    await untilWhispering(caller, callee, helper, '100');
    await office.call('101', '*00');
    await untilEnded(helper);
    await untilHears('member', caller, hear('102'));
    await untilHears('other', callee, hear('101'));
  });

  it('and hangs up: the telephones stop ringing', async () => {
    const ended = await count('helpEnded');
    const { caller } = await office.talk('101', '102');
    await office.call('101', '*9');
    const rings = [await ringsAt(office, '100'), await ringsAt(office, '109')];
    caller.hangUp();
    for (const call of rings) expect(await untilEnded(call)).toMatchObject({ by: 'them' });
    expect(await endsFrom(ended)).toEqual(['callEnded', 'callEnded']);
  });

  it('is told in the call, and alone, that nobody has answered: one is busy, the other declines', async () => {
    const ended = await count('helpEnded');
    const { caller, callee } = await office.talk('101', '102');
    const second = await office.call('101', '*9');
    await untilEnded(second);
    (await ringsAt(office, '100')).refuse(486);
    const last = await ringsAt(office, '109');
    await untilHears('member', caller, hear('102'));
    last.refuse(603);
    await untilSpoken(caller);
    await untilHears('other', callee, hear('101'));
    await untilHears('member', caller, hear('102'));
    expect(await endsFrom(ended)).toEqual(['notAnswered', 'notAnswered']);
  });

  it('has the end of it in the record also after a power cut while somebody helps', async () => {
    const ended = await count('ended');
    const { caller, callee } = await office.talk('101', '102');
    await office.call('101', '*9');
    await untilWhispering(caller, callee, await office.phone('100').answer(), '100');
    await office.powerCut();
    expect((await office.recorded('ended')).slice(ended)).toMatchObject([
      { moderator: '100', member: '101', reason: 'boxStopped', seconds: null },
    ]);
  });
});

describe('a member who asks for help under a works agreement', () => {
  const port = 18_491;
  let trunk: TrunkOffice;
  let office: RunningOffice;

  beforeAll(async () => {
    trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '103' } },
      onCall: (call) => {
        call.accept();
        call.audio.say(toneVoice(outsideTone));
      },
      settings: { web: { address: '127.0.0.1', port } },
    });
    ({ office } = trunk);
    const admin = await BoxAdmin.of(office.appliance, port);
    const proposed = await admin.ask('POST', '/api/agreement/proposal', {
      ...terms,
      periods: { daysAhead: 1, mostDays: 1, gapDays: 1 },
      quota: { callsPerMember: 0, membersPerMonth: 0 },
    });
    const { document } = Object(proposed.body);
    const signatures = signaturesOf(document, 'employer', 'council');
    expect(await admin.ask('PUT', '/api/agreement', { document, signatures })).toMatchObject({ status: 200 });
    admin.close();
  });
  afterEach(() => trunk.hangUp());
  afterAll(() => trunk.close());

  it('needs no announced period, no quota and no purpose, but a moderator who may listen to them', async () => {
    const member = await office.call('101', '089555000');
    await until('the call to be answered', () => member.state === 'talking');
    const own = await office.moderate('100', `${pins[100]}#1101#`);
    await office.untilRefused('outsidePeriod');
    own.hangUp();
    await untilEnded(own);
    await office.call('101', '*9');
    const helper = await office.phone('100').answer();
    const [other] = trunk.outside;
    if (!other) throw new Error('the provider got no call');
    await untilHears('moderator', helper, { present: [toneOf('101'), outsideTone], absent: [toneOf('100')] });
    await untilHears('member', member, { present: [toneOf('100'), outsideTone], absent: [toneOf('101')] });
    await untilHears('other', other, { present: [toneOf('101')], absent: [toneOf('100'), outsideTone] });
    expect(ringing(office, '109')).toEqual([]);
    const [started] = await office.recorded('started');
    expect(started).toMatchObject({ moderator: '100', member: '101', wished: true });
    expect(started).not.toHaveProperty('purpose');
  });

  it('speaks for themselves alone, and not for a colleague', async () => {
    const asked = (await office.recorded('helpAsked')).length;
    await office.talk('101', '102');
    const second = await office.call('101', '*9');
    await untilSpoken(second);
    expect(await untilEnded(second)).toMatchObject({ status: 480 });
    expect(await office.recorded('helpAsked')).toHaveLength(asked);
  });
});
