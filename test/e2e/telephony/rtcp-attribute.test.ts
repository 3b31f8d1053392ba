import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toneOf, untilHears } from '../../support/office.js';
import { toneVoice } from '../../support/rtp/voice.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

/** A phone may want RTCP somewhere else than its sound (RFC 3605). */
describe.each([
  ['a port', '5001'],
  ['an address of IPv4', '5001 IN IP4 192.0.2.7'],
  ['an address of IPv6', '5001 IN IP6 ::1'],
  ['two addresses of IPv6', '5001 IN IP6 ::1\r\na=rtcp:5003 IN IP6 2001:db8::7'],
])('RTCP that is wanted at %s, beside sound at an address of IPv4, does not get in the way', (_place, wanted) => {
  const rewrite = (sdp: string) => sdp.replace(/^(m=.*)$/m, `$1\r\na=rtcp:${wanted}`);
  let office: RunningOffice;

  beforeAll(async () => {
    office = await RunningOffice.open();
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  const rings = () => until('102 to ring', () => office.phone('102').incoming.find(({ state }) => state === 'ringing'));
  const bothHear = async (caller: SipCall, callee: SipCall) => {
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [toneOf('101')] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [toneOf('102')] });
  };

  it('of an offer', async () => {
    const caller = await office.phone('101').agent.call('102', { rewrite });
    caller.audio.say(toneVoice(toneOf('101')));
    const callee = await office.phone('102').answer();
    await bothHear(caller, callee);
    caller.hangUp();
    await until('the caller to end', () => caller.end);
  });

  it('of a re-INVITE and an UPDATE', async () => {
    const { caller, callee } = await office.talk('101', '102');
    caller.rewriteSdp(rewrite);
    await caller.resume();
    expect(await caller.update()).toBe(200);
    await bothHear(caller, callee);
  });

  it('of an answer', async () => {
    const caller = await office.call('101', '102');
    (await rings()).rewriteSdp(rewrite);
    await bothHear(caller, await office.phone('102').answer());
  });

  it('of early media', async () => {
    const caller = await office.call('101', '102');
    const callee = await rings();
    callee.rewriteSdp(rewrite);
    callee.ring(183, { audio: true });
    callee.audio.say(toneVoice(toneOf('102')));
    await bothHear(caller, callee);
  });
});
