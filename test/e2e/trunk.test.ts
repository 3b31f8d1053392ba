import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../support/appliance.js';
import { OfficePhone, officeSettings, toneOf, untilHears } from '../support/office.js';
import { toneVoice } from '../support/rtp/voice.js';
import type { SipCall } from '../support/sip/call.js';
import { parseNameAddress } from '../support/sip/message.js';
import { Upstream } from '../support/upstream.js';
import { until } from '../support/waiting.js';

const credentials = { username: '4930123450', password: 'secret of the trunk' };
const outsideTone = 1500;

type Inbound = { readonly extension: string } | { readonly group: string };

const trunkTo = ({ address }: Upstream, inbound: Inbound, change: object = {}) => ({
  id: 'provider',
  name: 'Provider',
  kind: 'registering',
  host: address.address,
  port: address.port,
  prefix: '0',
  inbound,
  ...credentials,
  ...change,
});

describe.each([
  ['an extension', { extension: '101' }, ['101']],
  ['a group', { group: 'support' }, ['101', '102', '103']],
] as const)('a registering trunk whose calls lead to %s', (_what, inbound, rung) => {
  let upstream: Upstream;
  let appliance: Appliance;
  let phones: OfficePhone[];
  const outside: SipCall[] = [];
  const calls: SipCall[] = [];

  beforeAll(async () => {
    upstream = await Upstream.open(credentials);
    upstream.agent.onCall = (call) => {
      outside.push(call);
      call.ring(180, { audio: false });
    };
    const callerId = '+4930123450';
    appliance = await Appliance.start(await officeSettings({ trunks: [trunkTo(upstream, inbound, { callerId })] }));
    phones = [];
    for (const number of ['101', '102', '103', '104']) phones.push(await OfficePhone.register(appliance, number));
    await until('the trunk to be registered', () => upstream.contact);
  });
  afterEach(async () => {
    const all = [...outside.splice(0), ...calls.splice(0), ...phones.flatMap(({ incoming }) => incoming.splice(0))];
    for (const call of all) call.hangUp();
    for (const call of all) await until('a call left over to end', () => call.state === 'ended');
  });
  afterAll(async () => {
    for (const phone of phones) phone.close();
    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
    upstream.close();
  });

  const phone = (number: string): OfficePhone => {
    const found = phones.find((candidate) => candidate.number === number);
    if (!found) throw new Error(`there is no telephone ${number}`);
    return found;
  };
  const rings = (number: string) =>
    until(`${number} to ring`, () => phone(number).incoming.find(({ state }) => state === 'ringing'));
  const ringsOutside = () => until('the call at the provider', () => outside.find(({ state }) => state === 'ringing'));
  const talkOut = async () => {
    const caller = await phone('104').call('0089555000');
    calls.push(caller);
    const callee = await ringsOutside();
    callee.accept();
    callee.audio.say(toneVoice(outsideTone));
    await until('the call to be answered', () => caller.state === 'talking');
    return { caller, callee };
  };
  const callIn = async () => {
    const caller = await upstream.agent.call(upstream.contact ?? '', {
      headers: { 'P-Asserted-Identity': '"Outside" <sip:+4989555000@provider.test>' },
    });
    calls.push(caller);
    caller.audio.say(toneVoice(outsideTone));
    return caller;
  };

  it('registers with the right answer to a challenge', () => {
    expect(upstream.challenged).toBeGreaterThan(0);
    expect(upstream.admitted[0]).toMatchObject({ method: 'REGISTER' });
    expect(upstream.admitted[0]?.expires).toBeGreaterThan(0);
  });

  it('takes a call out, without the prefix and with the number of the trunk', async () => {
    const { caller, callee } = await talkOut();
    expect(caller.progress[0]).toEqual({ status: 180, hasAudio: false });
    expect(upstream.admitted.at(-1)?.method).toBe('INVITE');
    expect(parseNameAddress(callee.invite.uri).user).toBe('089555000');
    expect(parseNameAddress(callee.invite.headers.get('To') ?? '').user).toBe('089555000');
    expect(callee.party.user).toBe('+4930123450');
    await untilHears('caller', caller, { present: [outsideTone], absent: [toneOf('104')] });
    await untilHears('outside', callee, { present: [toneOf('104')], absent: [outsideTone] });
  });

  it.each(['the house', 'the outside'])('ends a call out when %s hangs up', async (side) => {
    const { caller, callee } = await talkOut();
    const [first, second] = side === 'the house' ? [caller, callee] : [callee, caller];
    first.hangUp();
    expect(await until('the other side to end', () => second.end)).toMatchObject({ status: 200, by: 'them' });
  });

  it('tells the caller that the outside is busy', async () => {
    const caller = await phone('104').call('0089555000');
    calls.push(caller);
    (await ringsOutside()).refuse(486);
    expect(await until('the caller to end', () => caller.end)).toMatchObject({ status: 486, by: 'them' });
  });

  it('refuses the prefix alone as incomplete', async () => {
    const caller = await phone('104').call('0');
    expect(await until('the caller to end', () => caller.end)).toMatchObject({ status: 484, by: 'them' });
    expect(outside).toEqual([]);
  });

  it('lets a call in ring whom the settings name, and nobody else', async () => {
    const caller = await callIn();
    const ringing = await Promise.all(rung.map(rings));
    for (const call of ringing) expect(call.party).toMatchObject({ user: '+4989555000', displayName: 'Outside' });
    const callee = await phone('101').answer();
    await until('the call to be answered', () => caller.state === 'talking');
    await untilHears('outside', caller, { present: [toneOf('101')], absent: [outsideTone] });
    await untilHears('callee', callee, { present: [outsideTone], absent: [toneOf('101')] });
    for (const { number, incoming } of phones) expect(incoming).toHaveLength(rung.some((to) => to === number) ? 1 : 0);
    caller.hangUp();
    expect(await until('the callee to end', () => callee.end)).toMatchObject({ status: 200, by: 'them' });
  });

  it('stops ringing when the outside gives up', async () => {
    const caller = await callIn();
    const ringing = await Promise.all(rung.map(rings));
    await until('the ringing to be told', () => caller.state === 'ringing');
    caller.hangUp();
    expect(await until('the outside to end', () => caller.end)).toMatchObject({ status: 487, by: 'us' });
    for (const call of ringing)
      expect(await until('the ringing to end', () => call.end)).toMatchObject({ status: 487 });
  });
});

describe('a registering trunk with a wrong password', () => {
  it('is not registered, and calls out are refused', async () => {
    const upstream = await Upstream.open(credentials);
    const trunk = trunkTo(upstream, { extension: '101' }, { password: 'another secret' });
    const appliance = await Appliance.start(await officeSettings({ trunks: [trunk] }));
    const phone = await OfficePhone.register(appliance, '104');
    await until('a wrong answer', () => upstream.challenged > 1);
    const caller = await phone.call('0089555000');
    expect(await until('the caller to end', () => caller.end)).toMatchObject({ status: 503, by: 'them' });
    expect(upstream.contact).toBeUndefined();
    expect(upstream.admitted).toEqual([]);
    phone.close();
    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
    upstream.close();
  });
});
