import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LookupGuard } from '../../support/lookup-guard.js';
import { toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const someName = 'media.phone.invalid';

/** The places of SDP at which a phone may say where it takes its media. */
const places: readonly (readonly [string, (sdp: string) => string])[] = [
  ['c= of the session', (sdp) => sdp.replace(/^c=IN IP4 .*$/m, `c=IN IP4 ${someName}`)],
  ['c= of the stream', (sdp) => sdp.replace(/^(m=.*)$/m, `$1\r\nc=IN IP4 ${someName}`)],
  ['a=rtcp', (sdp) => sdp.replace(/^(m=.*)$/m, `$1\r\na=rtcp:4001 IN IP4 ${someName}`)],
];

/** A name that blocks a thread while it is looked up lets everybody wait where no nameserver answers, so none may be. */
describe('a box that hears and is told of names', () => {
  let guard: LookupGuard;
  let office: RunningOffice;

  beforeAll(async () => {
    guard = await LookupGuard.open();
    const trunk = { id: 'provider', name: 'Provider', prefix: '0', host: 'sip.provider.invalid', port: 5060 };
    const account = { kind: 'registering', username: '4930123450', password: 'secret of the trunk' };
    office = await RunningOffice.open(
      { trunks: [{ ...trunk, ...account, inbound: { extension: '101' } }] },
      undefined,
      {
        environment: guard.environment,
      },
    );
  });
  afterEach(async () => {
    await office.hangUp();
    expect(await guard.lookups()).toEqual([]);
  });
  afterAll(async () => {
    expect(await office.appliance.stop()).toBe(0);
    expect(await guard.lookups()).toEqual([]);
    await office.close();
    await guard.close();
  });

  const rings = (number: string): Promise<SipCall> =>
    until(`${number} to ring`, () => office.phone(number).incoming.find(({ state }) => state === 'ringing'));
  const stillTalk = async ({ caller, callee }: { caller: SipCall; callee: SipCall }) => {
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [toneOf('101')] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [toneOf('102')] });
  };

  it('sets up calls', async () => {
    await stillTalk(await office.talk('101', '102'));
  });

  it('refuses a call by a trunk whose name leads nowhere, and serves the others meanwhile', async () => {
    const outward = await office.call('104', '0089555000');
    await stillTalk(await office.talk('101', '102'));
    expect(await until('the call to be refused', () => outward.end)).toMatchObject({ by: 'them' });
  });

  describe.each(places)('a name in %s', (_place, rewrite) => {
    it('of an offer is not acceptable', async () => {
      const call = await office.phone('101').agent.call('102', { rewrite });
      expect(await until('the call to be refused', () => call.end)).toMatchObject({ status: 488 });
      expect(office.phone('102').incoming).toEqual([]);
    });

    it('of a re-INVITE or an UPDATE is not acceptable, and the call goes on', async () => {
      const talk = await office.talk('101', '102');
      talk.caller.rewriteSdp(rewrite);
      await expect(talk.caller.resume()).rejects.toThrow('488');
      expect(await talk.caller.update()).toBe(488);
      await stillTalk(talk);
    });

    it.each([
      ['of an answer', (callee: SipCall) => callee.accept()],
      ['of early media', (callee: SipCall) => callee.ring(183, { audio: true })],
    ])('%s ends the call', async (_kind, answer) => {
      const caller = await office.call('101', '102');
      const callee = await rings('102');
      callee.rewriteSdp(rewrite);
      answer(callee);
      await until('both ends', () => caller.state === 'ended' && callee.state === 'ended');
      await stillTalk(await office.talk('101', '102'));
    });
  });
});
