import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { officeSettings, passwordOf } from '../../support/office.js';
import { BaresipPhone } from '../../support/phones/baresip-phone.js';
import type { SipCall } from '../../support/sip/call.js';
import type { DigestAlgorithm } from '../../support/sip/digest.js';
import { parameter } from '../../support/sip/message.js';
import { UserAgent, type UserAgentOptions } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';

describe('registration', () => {
  let appliance: Appliance;
  const agents: UserAgent[] = [];

  const open = async (username: string, options: Partial<UserAgentOptions> & { protocol?: 'udp' | 'tcp' } = {}) => {
    const agent = await UserAgent.open({
      server: appliance.address(options.protocol),
      credentials: { username, password: passwordOf(username) },
      ...options,
    });
    agents.push(agent);
    return agent;
  };
  const registered = async (...parameters: Parameters<typeof open>) => {
    const agent = await open(...parameters);
    expect((await agent.register()).status).toBe(200);
    return agent;
  };
  const statusOfCall = async (from: UserAgent, number: string) => {
    const call = await from.call(number);
    await until(`an end of the call to ${number}`, () => call.end);
    return call.end?.status;
  };

  beforeAll(async () => {
    appliance = await Appliance.start(await officeSettings());
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) {
      await agent.register(0);
      agent.close();
    }
  });
  afterAll(() => appliance.remove());

  it.each<['udp' | 'tcp', DigestAlgorithm]>([
    ['udp', 'SHA-256'],
    ['udp', 'MD5'],
    ['tcp', 'SHA-256'],
    ['tcp', 'MD5'],
  ])('over %s with %s makes a phone one that can call and be called', async (protocol, algorithm) => {
    const agent = await open('101', { protocol, algorithm });
    const response = await agent.register(120);
    expect(response.status).toBe(200);
    expect(parameter(response.headers.get('Contact'), 'expires')).toBe('120');
    const other = await registered('102');
    for (const [from, to, number] of [
      [agent, other, '102'],
      [other, agent, '101'],
    ] as const) {
      to.onCall = (call) => call.accept();
      const call = await from.call(number);
      await until(`the call to ${number}`, () => call.state === 'talking');
      call.hangUp();
    }
  });

  it('of a phone that knows MD5 alone, and gives up upon more, succeeds at its next try, which the log explains', async () => {
    const account = { server: appliance.address(), number: '101', password: passwordOf('101'), tone: 440 };
    const phone = await BaresipPhone.register(account, 'PCMA', { isPatient: true });
    const other = await registered('102');
    let rung: SipCall | undefined;
    other.onCall = (call) => {
      rung = call;
      call.accept();
    };
    await phone.call('102');
    await phone.untilTalking();
    await phone.hangUp();
    await until('the call to end', () => rung?.end);
    expect(appliance.log).toContainEqual(expect.objectContaining({ kind: 'md5Fallback', method: 'REGISTER' }));
    await phone.close();
  });

  it.each(['udp', 'tcp'] as const)('of two phones on one extension over %s makes both ring', async (protocol) => {
    const rung: SipCall[] = [];
    for (const phone of [await registered('101', { protocol }), await registered('101', { protocol })]) {
      phone.onCall = (call) => {
        rung.push(call);
        call.ring(180, { audio: false });
      };
    }
    const call = await (await registered('102')).call('101');
    await until('both to ring', () => rung.length === 2 && call.state === 'ringing');
    call.hangUp();
    await until('both to stop', () => rung.every(({ state }) => state === 'ended'));
  });

  it('is refused with a wrong password, and leads no call to the phone', async () => {
    const intruder = await open('103', { credentials: { username: '103', password: 'not the password' } });
    const rung: SipCall[] = [];
    intruder.onCall = (call) => rung.push(call);
    expect((await intruder.register()).status).toBe(403);
    expect(await statusOfCall(await registered('102'), '103')).toBe(480);
    expect(rung).toEqual([]);
  });

  it('is refused for an extension that does not exist, just as with a wrong password', async () => {
    const nobody = await open('555');
    expect((await nobody.register()).status).toBe(403);
    expect(await statusOfCall(await registered('102'), '555')).toBe(404);
  });

  it('ends on request: the extension cannot be reached any more', async () => {
    const caller = await registered('102');
    const phone = await registered('103');
    phone.onCall = (call) => call.refuse(486);
    expect(await statusOfCall(caller, '103')).toBe(486);
    expect((await phone.register(0)).status).toBe(200);
    expect(await statusOfCall(caller, '103')).toBe(480);
  });

  it('ends by itself when the phone on a connection is gone', async () => {
    const caller = await registered('102');
    const phone = await registered('103', { protocol: 'tcp' });
    agents.splice(agents.indexOf(phone), 1);
    phone.close();
    await until('the extension to be unavailable', async () => (await statusOfCall(caller, '103')) === 480);
  });

  it('is done anew after the box was without power', async () => {
    (await registered('101')).close();
    agents.pop();
    await appliance.kill();
    await appliance.run();
    await registered('101');
    expect(await statusOfCall(await registered('102'), '103')).toBe(480);
  });
});
