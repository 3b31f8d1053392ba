import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { moderate, OfficePhone, officeSettings, pins, talk, toneOf, untilHears } from '../../support/office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const moderatorTone = toneOf('100');
const memberTone = toneOf('101');
const otherTone = toneOf('102');

describe('monitoring over SIP', () => {
  let appliance: Appliance;
  let phones: Record<'100' | '109' | '101' | '102' | '103' | '104', OfficePhone>;
  const calls: SipCall[] = [];

  beforeAll(async () => {
    appliance = await Appliance.start(await officeSettings());
    const register = (number: string) => OfficePhone.register(appliance, number);
    phones = {
      100: await register('100'),
      109: await register('109'),
      101: await register('101'),
      102: await register('102'),
      103: await register('103'),
      104: await register('104'),
    };
  });
  afterEach(async () => {
    for (const call of calls.splice(0)) call.hangUp();
    for (const phone of Object.values(phones)) {
      for (const call of phone.incoming.splice(0)) call.hangUp();
    }
  });
  afterAll(async () => {
    for (const phone of Object.values(phones)) phone.close();
    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
  });

  const track = (call: SipCall): SipCall => {
    calls.push(call);
    return call;
  };
  const memberCallsOther = async () => {
    const { caller, callee } = await talk(phones[101], phones[102]);
    return { member: track(caller), other: track(callee) };
  };
  const listen = async (method: 'rfc4733' | 'info' = 'rfc4733') =>
    track(await moderate(phones[100], `${pins[100]}#101#`, method));

  const untilMode = async (
    mode: 'listen' | 'whisper' | 'barge',
    { member, other, moderator }: { member: SipCall; other: SipCall; moderator: SipCall },
  ) => {
    const toMember = mode === 'listen' ? [] : [moderatorTone];
    const toOther = mode === 'barge' ? [moderatorTone] : [];
    const notToMember = mode === 'listen' ? [moderatorTone] : [];
    const notToOther = mode === 'barge' ? [] : [moderatorTone];
    await untilHears('moderator', moderator, { present: [memberTone, otherTone], absent: [moderatorTone] });
    await untilHears('member', member, { present: [otherTone, ...toMember], absent: [memberTone, ...notToMember] });
    await untilHears('other', other, { present: [memberTone, ...toOther], absent: [otherTone, ...notToOther] });
  };

  it.each(['rfc4733', 'info'] as const)('listens after PIN and extension keyed by %s, unheard', async (method) => {
    const { member, other } = await memberCallsOther();
    await untilHears('member', member, { present: [otherTone], absent: [memberTone, moderatorTone] });
    const moderator = await listen(method);
    await untilMode('listen', { member, other, moderator });
    moderator.hangUp();
    await untilHears('member', member, { present: [otherTone], absent: [memberTone, moderatorTone] });
    expect(member.requestsReceived).toEqual([]);
    expect(other.requestsReceived).toEqual([]);
    expect(member.audio.digitsReceived + other.audio.digitsReceived + member.infoDigits + other.infoDigits).toBe('');
  });

  it('switches between listen, whisper and barge in any order', async () => {
    const { member, other } = await memberCallsOther();
    const moderator = await listen();
    const keys = { listen: '4', whisper: '5', barge: '6' } as const;
    for (const mode of ['listen', 'whisper', 'barge', 'listen', 'barge', 'whisper', 'listen'] as const) {
      await moderator.pressKeys(keys[mode], 'rfc4733');
      await untilMode(mode, { member, other, moderator });
    }
    expect(member.audio.digitsReceived + other.audio.digitsReceived).toBe('');
  });

  it('joins the newest live call on # alone', async () => {
    const first = await talk(phones[101], phones[102]);
    track(first.caller);
    const second = await talk(phones[103], phones[104]);
    track(second.caller);
    const moderator = track(await moderate(phones[100], `${pins[100]}##`));
    await untilHears('moderator', moderator, {
      present: [toneOf('103'), toneOf('104')],
      absent: [memberTone, otherTone, moderatorTone],
    });
    await moderator.pressKeys('*', 'rfc4733');
    await untilHears('moderator', moderator, {
      present: [memberTone, otherTone],
      absent: [toneOf('103'), toneOf('104')],
    });
    await moderator.pressKeys('0', 'rfc4733');
    await untilHears('moderator', moderator, {
      present: [toneOf('103'), toneOf('104')],
      absent: [memberTone, otherTone],
    });
  });

  it('takes over: the member leaves, the call goes on with the moderator', async () => {
    const { member, other } = await memberCallsOther();
    const moderator = await listen();
    await untilMode('listen', { member, other, moderator });
    await moderator.pressKeys('8', 'rfc4733');
    await until('the member to be released', () => member.state === 'ended');
    await untilHears('other', other, { present: [moderatorTone], absent: [memberTone, otherTone] });
    await untilHears('moderator', moderator, { present: [otherTone], absent: [memberTone, moderatorTone] });
    other.hangUp();
    await until('the moderator to be released', () => moderator.state === 'ended');
  });

  it('lets the call live on with the moderator when the member hangs up during barge', async () => {
    const { member, other } = await memberCallsOther();
    const moderator = await listen();
    await moderator.pressKeys('6', 'rfc4733');
    await untilMode('barge', { member, other, moderator });
    member.hangUp();
    await untilHears('other', other, { present: [moderatorTone], absent: [memberTone] });
    await untilHears('moderator', moderator, { present: [otherTone], absent: [memberTone] });
  });

  it('lets two moderators listen to one call, neither hearing the other', async () => {
    const { member, other } = await memberCallsOther();
    const moderator = await listen();
    const second = track(await moderate(phones[109], `${pins[109]}#101#`));
    await untilMode('listen', { member, other, moderator });
    await untilHears('second moderator', second, {
      present: [memberTone, otherTone],
      absent: [moderatorTone, toneOf('109')],
    });
    await second.pressKeys('5', 'rfc4733');
    await untilHears('member', member, { present: [otherTone, toneOf('109')], absent: [moderatorTone] });
    await untilHears('moderator', moderator, { present: [memberTone, otherTone], absent: [toneOf('109')] });
    second.hangUp();
    await untilMode('listen', { member, other, moderator });
  });

  it('goes on through hold, resume and re-INVITE, and whispers during the other party’s hold', async () => {
    const { member, other } = await memberCallsOther();
    const moderator = await listen();
    await moderator.pressKeys('5', 'rfc4733');
    await untilMode('whisper', { member, other, moderator });
    await other.hold();
    await untilHears('member on hold', member, { present: [moderatorTone], absent: [otherTone] });
    await other.resume();
    await untilMode('whisper', { member, other, moderator });
    await member.renegotiate(['PCMU']);
    await untilMode('whisper', { member, other, moderator });
  });

  it('ends with the call, and follows the member into the next one after 7', async () => {
    const { member, other } = await memberCallsOther();
    const moderator = await listen();
    await untilMode('listen', { member, other, moderator });
    await moderator.pressKeys('7', 'rfc4733');
    other.hangUp();
    await until('the member to be released', () => member.state === 'ended');
    const next = await talk(phones[103], phones[101]);
    track(next.caller);
    await untilHears('moderator', moderator, { present: [memberTone, toneOf('103')], absent: [otherTone] });
  });

  it('leaves with # # and can join again', async () => {
    const { member, other } = await memberCallsOther();
    const moderator = await listen();
    await untilMode('listen', { member, other, moderator });
    await moderator.pressKeys('##', 'rfc4733');
    await until('the moderator to hear no call', async () => {
      const entries = await appliance.audit();
      return entries.at(-1)?.fact.type === 'ended';
    });
    await moderator.pressKeys('101#', 'rfc4733');
    await untilMode('listen', { member, other, moderator });
  });

  it('keeps a record that tells it all and verifies', async () => {
    const entries = await appliance.audit();
    const types = new Set(entries.map(({ fact }) => fact.type));
    for (const type of ['boxStarted', 'attempt', 'identified', 'started', 'modeChanged', 'followChanged', 'ended']) {
      expect(types).toContain(type);
    }
    const text = JSON.stringify(entries) + JSON.stringify(appliance.log);
    for (const pin of Object.values(pins)) expect(text).not.toContain(pin);
    expect(text).not.toContain('secret of');
  });
});
