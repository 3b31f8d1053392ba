import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { residualLevel } from '../../support/audio/tones.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const audibleDbfs = -35;

describe('the codes of the exchange', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    office = await RunningOffice.open();
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  const rings = (number: string) =>
    until(`${number} to ring`, () => office.phone(number).incoming.findLast(({ state }) => state === 'ringing'));
  const untilEnded = (call: SipCall) => until('a call to end', () => call.end);
  const untilSpoken = (call: SipCall) =>
    until('speech', () => residualLevel(call.audio.heard(400), ['101', '102', '103', '104'].map(toneOf)) > audibleDbfs);

  it.each(['*8', '**101'])(
    '%s picks up the call that rings at a colleague, which is listened to as any other',
    async (code) => {
      const caller = await office.call('104', '101');
      const left = await rings('101');
      const picker = await office.call('102', code);
      await untilHears('caller', caller, { present: [toneOf('102')], absent: [toneOf('101')] });
      await untilHears('picker', picker, { present: [toneOf('104')], absent: [toneOf('101')] });
      expect(await untilEnded(left)).toMatchObject({ by: 'them' });
      const moderator = await office.moderate('100', `${pins[100]}#102#`);
      await untilHears('moderator', moderator, { present: [toneOf('102'), toneOf('104')], absent: [toneOf('101')] });
    },
  );

  it('*8 tells a stranger to the group that nothing rings for them, and the telephone rings on', async () => {
    await office.call('103', '101');
    const ringing = await rings('101');
    const stranger = await office.call('104', '*8');
    await untilSpoken(stranger);
    expect(await untilEnded(stranger)).toMatchObject({ status: 480 });
    expect(ringing.state).toBe('ringing');
  });

  it('*00 from any telephone of a member ends listening, while the call goes on', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    const order = await office.call('102', '*00');
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('102')] });
    await untilSpoken(order);
    expect(await untilEnded(order)).toMatchObject({ by: 'them', status: 200 });
    await office.untilMonitorEnded('endedByMember');
    await untilHears('one of the two', caller, { present: [toneOf('102')], absent: [toneOf('100')] });
    await untilHears('the other', callee, { present: [toneOf('101')], absent: [toneOf('100')] });
  });

  it('a call is parked by transferring it, waits with speech, and is taken from another telephone', async () => {
    const { caller, callee } = await office.talk('104', '101');
    const place = `<${office.phone('101').agent.uriOf('*03')}>`;
    expect(await callee.refer(place)).toBe(202);
    await untilEnded(callee);
    await untilSpoken(caller);
    const taker = await office.call('102', '*03');
    await untilHears('who was parked', caller, { present: [toneOf('102')], absent: [toneOf('101')] });
    await untilHears('taker', taker, { present: [toneOf('104')], absent: [toneOf('101')] });
    const moderator = await office.moderate('100', `${pins[100]}#102#`);
    await untilHears('moderator', moderator, { present: [toneOf('102'), toneOf('104')], absent: [toneOf('101')] });
  });

  it('a monitor waits while its member is parked, hears nothing of that, and goes on afterwards', async () => {
    const { caller: member, callee } = await office.talk('101', '104');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('104')], absent: [] });
    expect(await callee.refer(`<${office.phone('104').agent.uriOf('*01')}>`)).toBe(202);
    await untilEnded(callee);
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('104')] });
    const taker = await office.call('103', '*01');
    await untilHears('taker', taker, { present: [toneOf('101')], absent: [] });
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('103')], absent: [toneOf('104')] });
    expect(member.state).toBe('talking');
  });
});
