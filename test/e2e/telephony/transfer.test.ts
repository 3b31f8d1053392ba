import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { residualLevel } from '../../support/audio/tones.js';
import { OfficePhone, officeSettings, passwordOf, pins, toneOf, untilHears } from '../../support/office.js';
import { BaresipPhone } from '../../support/phones/baresip-phone.js';
import { untilPhoneHears } from '../../support/phones/hearing.js';
import type { PjsipPhone } from '../../support/phones/pjsip-phone.js';
import { PjsipExchange } from '../../support/phones/pjsip-phone.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { parseNameAddress } from '../../support/sip/message.js';
import { outsideTone, TrunkOffice } from '../../support/trunk-office.js';
import { until } from '../../support/waiting.js';

const audibleDbfs = -35;

describe('a transfer asked for by REFER', () => {
  let trunk: TrunkOffice;
  let office: RunningOffice;

  beforeAll(async () => {
    trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '101' } },
      onCall: (call) => call.ring(180, { audio: false }),
      settings: { ringSeconds: 10 },
    });
    ({ office } = trunk);
  });
  afterEach(() => trunk.hangUp());
  afterAll(() => trunk.close());

  const untilEnded = (call: SipCall) => until('a call to end', () => call.end);
  const rings = (number: string) =>
    until(`${number} to ring`, () => office.phone(number).incoming.findLast(({ state }) => state === 'ringing'));
  const uriOf = (number: string) => office.phone('101').agent.uriOf(number);
  const refer = async (call: SipCall, to: string) => expect(await call.refer(to)).toBe(202);
  const transferTo = (call: SipCall, number: string) => refer(call, `<${uriOf(number)}>`);
  const transfer = (call: SipCall, to: SipCall) => refer(call, `<${uriOf(to.party.user)}?Replaces=${to.asReplaces}>`);

  const untilTold = (call: SipCall, ...statuses: readonly number[]) =>
    until(
      () => `the phone to be told ${statuses}, was told ${call.transferStatuses}`,
      () => String(call.transferStatuses) === String(statuses),
    );

  /** Two who hear each other, and nobody else of the house. */
  const untilTalking = async (a: SipCall, tone: number, b: SipCall, other: number) => {
    const others = [toneOf('100'), toneOf('101'), toneOf('102'), toneOf('103')].filter((one) => one !== tone);
    await untilHears('one', a, { present: [other], absent: [tone, ...others.filter((one) => one !== other)] });
    await untilHears('other', b, { present: [tone], absent: others });
  };
  const untilWaiting = (call: SipCall) =>
    until('the announcement to who waits', () => {
      const voices = ['101', '102', '103'].map(toneOf);
      return residualLevel(call.audio.heard(400), [...voices, outsideTone]) > audibleDbfs;
    });
  const ringsOutside = async () => {
    const call = await trunk.ringsOutside();
    call.audio.say(toneVoice(outsideTone));
    return call;
  };
  const callIn = async () => {
    const caller = await trunk.callIn();
    const callee = await office.phone('101').answer();
    await until('the call to be answered', () => caller.state === 'talking');
    return { caller, callee };
  };

  describe('blind', () => {
    it.each(['caller', 'callee'] as const)('by the %s: the other waits, and talks to who answers', async (end) => {
      const { caller, callee } = await office.talk('101', '102');
      const [own, stays, tone] = end === 'caller' ? [caller, callee, toneOf('102')] : [callee, caller, toneOf('101')];
      await own.hold();
      await transferTo(own, '103');
      const ringing = await rings('103');
      expect(ringing.party.user).toBe(end === 'caller' ? '102' : '101');
      await untilTold(own, 180);
      await untilWaiting(stays);
      expect(own.state).toBe('talking');
      const third = await office.phone('103').answer();
      await untilTold(own, 180, 200);
      expect(await untilEnded(own)).toMatchObject({ by: 'them' });
      await untilTalking(stays, tone, third, toneOf('103'));
      expect(stays.requestsReceived).toEqual([]);
      third.hangUp();
      await untilEnded(stays);
    });

    it('goes on when the phone hangs up at once, and rings back when nobody answers', async () => {
      const { caller, callee } = await office.talk('101', '102');
      await transferTo(caller, '103');
      caller.hangUp();
      (await rings('103')).refuse(486);
      const back = await office.phone('101').answer();
      await untilTalking(callee, toneOf('102'), back, toneOf('101'));
    });

    it.each([
      ['0089555000', '089555000'],
      ['112', '112'],
    ])('goes outside by the trunk, as if %s was dialled', async (number, sent) => {
      const { caller, callee } = await office.talk('101', '102');
      await transferTo(caller, number);
      const far = await ringsOutside();
      expect(parseNameAddress(far.invite.uri).user).toBe(sent);
      far.accept();
      await untilTold(caller, 180, 200);
      await untilEnded(caller);
      await untilTalking(callee, toneOf('102'), far, outsideTone);
    });

    it('hands on who called from outside, also to the outside', async () => {
      const { caller, callee } = await callIn();
      await transferTo(callee, '103');
      const third = await office.phone('103').answer();
      await untilEnded(callee);
      await untilTalking(caller, outsideTone, third, toneOf('103'));
      await transferTo(third, '0089555000');
      const far = await trunk.ringsOutside();
      far.audio.say(toneVoice(toneOf('102')));
      far.accept();
      await untilEnded(third);
      await untilTalking(caller, outsideTone, far, toneOf('102'));
    });

    it('is not for the outside to ask', async () => {
      const { caller, callee } = await callIn();
      await transferTo(caller, '103');
      await untilTold(caller, 403);
      await untilTalking(caller, outsideTone, callee, toneOf('101'));
      expect(office.phone('103').incoming).toEqual([]);
    });

    it.each([
      ['is busy', async () => (await rings('103')).refuse(486), [180, 486]],
      ['declines', async () => (await rings('103')).refuse(603), [180, 603]],
      ['does not answer', async () => {}, [180, 480]],
    ] as const)('to one who %s: the call comes back', async (_what, react, statuses) => {
      const { caller, callee } = await office.talk('101', '102');
      await caller.hold();
      await transferTo(caller, '103');
      await rings('103');
      await untilTold(caller, 180);
      await react();
      await untilTold(caller, ...statuses);
      await untilWaiting(callee);
      await caller.resume();
      await untilTalking(caller, toneOf('101'), callee, toneOf('102'));
      await transferTo(caller, '104');
      const third = await office.phone('104').answer();
      await untilHears('other', callee, { present: [toneOf('104')], absent: [toneOf('101'), toneOf('103')] });
      third.hangUp();
    });

    it.each([
      ['a number that nobody has', '777', 404],
      ['the prefix alone', '0', 484],
      ['a service number', '*55', 403],
    ])('to %s is refused, and the call goes on', async (_what, number, status) => {
      const { caller, callee } = await office.talk('101', '102');
      await transferTo(caller, number);
      await untilTold(caller, status);
      await untilTalking(caller, toneOf('101'), callee, toneOf('102'));
    });

    it.each([
      ['another telephone system', '<sip:103@elsewhere.example>', 202, [404]],
      ['a telephone number', '<tel:+4989555000>', 416, []],
      ['nothing that can be read', 'sip:<103', 400, []],
      ['the call of nobody', '<sip:103@elsewhere.example?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>', 481, []],
    ])('to %s is refused, and the call goes on', async (_what, to, status, told) => {
      const { caller, callee } = await office.talk('101', '102');
      expect(await caller.refer(to)).toBe(status);
      await untilTold(caller, ...told);
      await untilTalking(caller, toneOf('101'), callee, toneOf('102'));
      expect(office.phone('103').incoming).toEqual([]);
    });

    it('knows the box by the name that phones register to', async () => {
      const { agent } = office.phone('101');
      const identity = { To: '<sip:101@pbx.office.example>', Contact: agent.contact, Expires: '300' };
      expect((await agent.request('REGISTER', identity)).status).toBe(200);
      const { caller, callee } = await office.talk('101', '102');
      await refer(caller, '<sip:103@PBX.office.example;user=phone>');
      const third = await office.phone('103').answer();
      await untilTold(caller, 180, 200);
      await untilTalking(callee, toneOf('102'), third, toneOf('103'));
      expect((await agent.register()).status).toBe(200);
    });

    it('ends with whoever waits for it', async () => {
      const { caller, callee } = await office.talk('101', '102');
      await transferTo(caller, '103');
      const ringing = await rings('103');
      callee.hangUp();
      await untilEnded(caller);
      expect(await untilEnded(ringing)).toMatchObject({ status: 487 });
    });
  });

  describe('attended', () => {
    /** 102 has called 101, who holds them and calls 103. */
    const consult = async () => {
      const { caller: waits, callee: first } = await office.talk('102', '101');
      await first.hold();
      const second = await office.call('101', '103');
      return { waits, first, second, ringing: await rings('103') };
    };
    const consultAnswered = async () => {
      const calls = await consult();
      const third = await office.phone('103').answer();
      await until('the answer', () => calls.second.state === 'talking');
      return { ...calls, third };
    };

    it.each(['first', 'second'] as const)('joins both others, asked for on the %s call', async (which) => {
      const { waits, first, second, third } = await consultAnswered();
      const [on, other] = which === 'first' ? [first, second] : [second, first];
      await other.hold();
      await transfer(on, other);
      await untilTold(on, 200);
      for (const call of [first, second]) expect(await untilEnded(call)).toMatchObject({ by: 'them' });
      await untilTalking(waits, toneOf('102'), third, toneOf('103'));
      expect([...waits.requestsReceived, ...third.requestsReceived]).toEqual([]);
      third.hangUp();
      await untilEnded(waits);
    });

    it('before the answer: who waits talks to who answers', async () => {
      const { waits, first, second } = await consult();
      await until('the ringing to be told', () => second.state === 'ringing');
      await transfer(first, second);
      await untilEnded(second);
      await untilTold(first, 180);
      await untilWaiting(waits);
      const third = await office.phone('103').answer();
      await untilTold(first, 180, 200);
      await untilEnded(first);
      await untilTalking(waits, toneOf('102'), third, toneOf('103'));
    });

    it('before an answer that does not come: the first call comes back', async () => {
      const { waits, first, second, ringing } = await consult();
      await until('the ringing to be told', () => second.state === 'ringing');
      await transfer(first, second);
      await untilEnded(second);
      ringing.refuse(486);
      await untilTold(first, 180, 486);
      await first.resume();
      await untilTalking(waits, toneOf('102'), first, toneOf('101'));
    });

    it('with the call of somebody else is refused', async () => {
      const { caller: own, callee: partner } = await office.talk('101', '102');
      const { caller: foreign, callee } = await office.talk('103', '104');
      await transfer(own, foreign);
      await untilTold(own, 403);
      await untilTalking(own, toneOf('101'), partner, toneOf('102'));
      await untilHears('103', foreign, { present: [toneOf('104')], absent: [toneOf('101'), toneOf('102')] });
      expect(callee.state).toBe('talking');
    });
  });

  describe('while the member is listened to', () => {
    const untilListening = (moderator: SipCall, ...voices: readonly string[]) => {
      const absent = ['100', '101', '102', '103'].filter((number) => !voices.includes(number)).map(toneOf);
      return untilHears('moderator', moderator, { present: voices.map(toneOf), absent });
    };
    const untilNothing = (moderator: SipCall) => untilListening(moderator);
    /** What the record tells of the starts and ends of monitors since so many entries. */
    const recordedSince = async (count: number) =>
      (await office.appliance.audit())
        .slice(count)
        .map(({ fact }) => fact)
        .filter(({ type }) => type === 'started' || type === 'ended');

    it('who is transferred is followed to whoever answers', async () => {
      const before = (await office.appliance.audit()).length;
      const { member, other, moderator } = await office.listening();
      await transferTo(other, '103');
      await rings('103');
      await untilNothing(moderator);
      await office.phone('103').answer();
      await untilEnded(other);
      await untilListening(moderator, '101', '103');
      member.hangUp();
      await until('the end to be recorded', async () => (await recordedSince(before)).length === 4);
      expect(await recordedSince(before)).toMatchObject([
        { type: 'started', member: '101', other: '102' },
        { type: 'ended', member: '101', other: '102', reason: 'transferred' },
        { type: 'started', member: '101', other: '103' },
        { type: 'ended', member: '101', other: '103', reason: 'callEnded' },
      ]);
    });

    it('who transfers is waited with, until the call comes back', async () => {
      const before = (await office.appliance.audit()).length;
      const { member, moderator } = await office.listening();
      await transferTo(member, '103');
      await rings('103');
      await untilNothing(moderator);
      (await rings('103')).refuse(486);
      await untilTold(member, 180, 486);
      await untilListening(moderator, '101', '102');
      await transferTo(member, '103');
      const third = await office.phone('103').answer();
      await untilEnded(member);
      await untilNothing(moderator);
      expect(third.state).toBe('talking');
      expect(await recordedSince(before)).toMatchObject([
        { type: 'started', member: '101', other: '102' },
        { type: 'ended', member: '101', other: '102', reason: 'transferred' },
        { type: 'started', member: '101', other: '102' },
        { type: 'ended', member: '101', other: '102', reason: 'transferred' },
      ]);
    });

    it('who is transferred with a word before is followed', async () => {
      const { other, moderator } = await office.listening();
      await other.hold();
      const second = await office.call('102', '103');
      const third = await office.phone('103').answer();
      await until('the answer', () => second.state === 'talking');
      await transfer(other, second);
      await untilListening(moderator, '101', '103');
      expect(third.state).toBe('talking');
    });

    it('the moderator cannot transfer', async () => {
      await office.talk('101', '102');
      const moderator = await office.moderate('100', `${pins[100]}#101#`);
      await untilListening(moderator, '101', '102');
      await transferTo(moderator, '103');
      await untilTold(moderator, 403);
      await untilListening(moderator, '101', '102');
    });
  });
});

describe('a transfer by baresip', () => {
  let appliance: Appliance;
  let exchange: PjsipExchange;
  let baresip: BaresipPhone;
  let other: PjsipPhone;
  let third: OfficePhone;
  const tones = { own: toneOf('101'), other: toneOf('102'), third: toneOf('103') };

  beforeAll(async () => {
    // baresip 1.0 gives up when it is offered any digest but MD5.
    appliance = await Appliance.start(await officeSettings({ sip: { address: '127.0.0.1', digest: ['MD5'] } }));
    exchange = await PjsipExchange.open(['PCMA', 'PCMU', 'G722']);
    const account = (number: string) => ({
      server: appliance.address(),
      number,
      password: passwordOf(number),
      tone: toneOf(number),
    });
    baresip = await BaresipPhone.register(account('101'), 'G722');
    other = await exchange.register(account('102'), 'PCMA');
    third = await OfficePhone.register(appliance, '103');
  });
  afterEach(async () => {
    for (const phone of [baresip, other]) await phone?.hangUp();
  });
  afterAll(async () => {
    for (const phone of [baresip, other, exchange]) await phone?.close();
    third?.close();
    await appliance?.remove();
  });

  const talk = async () => {
    await baresip.call('102');
    await other.answer();
    await Promise.all([baresip.untilTalking(), other.untilTalking()]);
  };

  it('hands the other on, and baresip hangs up', async () => {
    await talk();
    await baresip.transferTo('103');
    const answered = await third.answer();
    await baresip.untilEnded();
    await untilPhoneHears('other', other, { present: [tones.third], absent: [tones.own, tones.other] });
    await untilHears('third', answered, { present: [tones.other], absent: [tones.own, tones.third] });
  });

  it('that comes to nothing is told, and baresip hangs up', async () => {
    await talk();
    await baresip.transferTo('103');
    (await until('103 to ring', () => third.incoming.find(({ state }) => state === 'ringing'))).refuse(486);
    await baresip.untilTransferFailed('486 Busy Here');
    await other.untilEnded();
  });
});
