import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { OfficePhone, officeSettings, toneOf, untilHears } from '../../support/office.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { parseNameAddress } from '../../support/sip/message.js';
import { credentials, outsideTone, TrunkOffice, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

describe.each([
  ['an extension', { extension: '101' }, ['101']],
  ['a group', { group: 'support' }, ['101', '102', '103']],
] as const)('a registering trunk whose calls lead to %s', (_what, inbound, rung) => {
  let trunk: TrunkOffice;
  let office: RunningOffice;

  beforeAll(async () => {
    trunk = await TrunkOffice.open({
      trunk: { inbound, callerId: '+4930123450' },
      onCall: (call) => call.ring(180, { audio: false }),
    });
    ({ office } = trunk);
  });
  afterEach(() => trunk.hangUp());
  afterAll(async () => {
    expect(await office.appliance.stop()).toBe(0);
    await trunk.close();
  });

  const rings = (number: string) =>
    until(`${number} to ring`, () => office.phone(number).incoming.find(({ state }) => state === 'ringing'));
  const talkOut = async () => {
    const caller = await office.call('104', '0089555000');
    const callee = await trunk.ringsOutside();
    callee.accept();
    callee.audio.say(toneVoice(outsideTone));
    await until('the call to be answered', () => caller.state === 'talking');
    return { caller, callee };
  };
  const callIn = () => trunk.callIn({ 'P-Asserted-Identity': '"Outside" <sip:+4989555000@provider.test>' });

  it('registers with the right answer to a challenge', () => {
    expect(trunk.upstream.challenged).toBeGreaterThan(0);
    expect(trunk.upstream.admitted[0]).toMatchObject({ method: 'REGISTER' });
    expect(trunk.upstream.admitted[0]?.expires).toBeGreaterThan(0);
  });

  it('takes a call out, without the prefix and with the number of the trunk', async () => {
    const { caller, callee } = await talkOut();
    expect(caller.progress[0]).toEqual({ status: 180, hasAudio: false });
    expect(trunk.upstream.admitted.at(-1)?.method).toBe('INVITE');
    expect(parseNameAddress(callee.invite.uri).user).toBe('089555000');
    expect(parseNameAddress(callee.invite.headers.get('To') ?? '').user).toBe('089555000');
    expect(callee.party.user).toBe('+4930123450');
    await untilHears('caller', caller, { present: [outsideTone], absent: [toneOf('104')] });
    await untilHears('outside', callee, { present: [toneOf('104')], absent: [outsideTone] });
  });

  it('shows nothing outside of who withholds their number', async () => {
    await office.phone('104').agent.call('0089555000', { headers: { Privacy: 'id' } });
    const { headers } = (await trunk.ringsOutside()).invite;
    expect(parseNameAddress(headers.get('From') ?? '')).toMatchObject({ displayName: 'Anonymous', user: 'anonymous' });
    expect(headers.get('Privacy')).toBe('id');
    expect(headers.get('P-Asserted-Identity')).toBeUndefined();
    // The provider knows the account; who has called over it is nobody's business there.
    expect(`${headers.get('From')} ${headers.get('Contact')}`).not.toMatch(/Person|104@/);
  });

  it.each(['the house', 'the outside'])('ends a call out when %s hangs up', async (side) => {
    const { caller, callee } = await talkOut();
    const [first, second] = side === 'the house' ? [caller, callee] : [callee, caller];
    first.hangUp();
    expect(await until('the other side to end', () => second.end)).toMatchObject({ status: 200, by: 'them' });
  });

  it('tells the caller that the outside is busy', async () => {
    const caller = await office.call('104', '0089555000');
    (await trunk.ringsOutside()).refuse(486);
    expect(await until('the caller to end', () => caller.end)).toMatchObject({ status: 486, by: 'them' });
  });

  it('refuses the prefix alone as incomplete', async () => {
    const caller = await office.call('104', '0');
    expect(await until('the caller to end', () => caller.end)).toMatchObject({ status: 484, by: 'them' });
    expect(trunk.outside).toEqual([]);
  });

  it('lets a call in ring whom the settings name, and nobody else', async () => {
    const caller = await callIn();
    const ringing = await Promise.all(rung.map(rings));
    for (const call of ringing) expect(call.party).toMatchObject({ user: '+4989555000', displayName: 'Outside' });
    const callee = await office.phone('101').answer();
    await until('the call to be answered', () => caller.state === 'talking');
    await untilHears('outside', caller, { present: [toneOf('101')], absent: [outsideTone] });
    await untilHears('callee', callee, { present: [outsideTone], absent: [toneOf('101')] });
    for (const number of ['100', '101', '102', '103', '104', '109'])
      expect(office.phone(number).incoming).toHaveLength(rung.some((to) => to === number) ? 1 : 0);
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

describe('a trusted trunk', () => {
  it('is told the number of who withholds it, and that it is not to be shown', async () => {
    const trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '101' }, trusted: true },
      onCall: (call) => call.ring(180, { audio: false }),
    });
    await trunk.office.phone('104').agent.call('0089555000', { headers: { Privacy: 'id' } });
    const { headers } = (await trunk.ringsOutside()).invite;
    expect(parseNameAddress(headers.get('From') ?? '')).toMatchObject({ displayName: 'Anonymous', user: 'anonymous' });
    expect(parseNameAddress(headers.get('P-Asserted-Identity') ?? '').user).toBe('104');
    expect(headers.get('Privacy')).toBe('id');
    await trunk.close();
  });
});

describe('a registering trunk whose provider names a proxy and a name for authentication', () => {
  const domain = 'tel.provider.test';
  const authName = 'office-0815@tel.provider.test';
  const settingsFor = (upstream: Upstream, change: object) => {
    const { address, port, protocol: transport } = upstream.address;
    const proxy = { host: domain, port: null, transport, proxy: address, proxyPort: port, authName };
    return officeSettings({ trunks: [trunkTo(upstream, { inbound: { extension: '101' }, ...proxy, ...change })] });
  };

  it('registers, calls and is called by way of the proxy', async () => {
    const upstream = await Upstream.open(credentials, '127.0.0.1', undefined, { domain, authName });
    const appliance = await Appliance.start(await settingsFor(upstream, {}));
    const phone = await OfficePhone.register(appliance, '101');
    const contact = await until('the trunk to be registered', () => upstream.contact);
    expect(parseNameAddress(contact).user).toBe(credentials.username);

    const outside: SipCall[] = [];
    upstream.agent.onCall = (call) => {
      outside.push(call);
      call.ring(180, { audio: false });
    };
    const caller = await phone.call('0089555000');
    const callee = await until('the call at the provider', () => outside[0]);
    expect(callee.invite.uri).toMatch(`sip:089555000@${domain}`);
    expect(upstream.admitted.at(-1)?.method).toBe('INVITE');
    callee.accept();
    callee.audio.say(toneVoice(outsideTone));
    await until('the call to be answered', () => caller.state === 'talking');
    await untilHears('caller', caller, { present: [outsideTone], absent: [toneOf('101')] });
    await untilHears('outside', callee, { present: [toneOf('101')], absent: [outsideTone] });
    caller.hangUp();
    expect(await until('the outside to end', () => callee.end)).toMatchObject({ by: 'them' });

    const incoming = await upstream.agent.call(contact);
    await phone.answer();
    await until('the call to be answered', () => incoming.state === 'talking');
    incoming.hangUp();
    phone.close();
    expect(await appliance.stop()).toBe(0);
    // Its farewell goes by way of the proxy, too.
    expect(upstream.contact).toBeUndefined();
    expect(upstream.strayed).toBe(0);
    await appliance.remove();
    upstream.close();
  });

  it('is not registered without that name', async () => {
    const upstream = await Upstream.open(credentials, '127.0.0.1', undefined, { domain, authName });
    const appliance = await Appliance.start(await settingsFor(upstream, { authName: null }));
    await until('a wrong answer', () => upstream.challenged > 1);
    expect(upstream.admitted).toEqual([]);
    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
    upstream.close();
  });
});

describe('a registering trunk with a wrong password', () => {
  it('is not registered, and calls out are refused', async () => {
    const upstream = await Upstream.open(credentials);
    const trunk = trunkTo(upstream, { inbound: { extension: '101' }, password: 'another secret' });
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
