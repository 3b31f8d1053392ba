import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';

/** A provider that says nothing at all. */
async function silentProvider(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

const trunkTo = (id: string, port: number, prefix: string) => ({
  id,
  name: id,
  kind: 'address',
  host: '127.0.0.1',
  port,
  addresses: ['127.0.0.9'],
  prefix,
  inbound: { extension: '101' },
});

describe('an emergency call', () => {
  let silent: Socket;
  let provider: UserAgent;
  let office: RunningOffice;
  let onCall: (call: SipCall) => void = () => {};

  beforeAll(async () => {
    silent = await silentProvider();
    const credentials = { username: 'provider', password: 'nothing' };
    const server = { protocol: 'udp', address: '127.0.0.1', port: 5060 } as const;
    provider = await UserAgent.open({ server, credentials });
    provider.onCall = (call) => onCall(call);
    office = await RunningOffice.open(
      { trunks: [trunkTo('silent', silent.address().port, '0'), trunkTo('spare', provider.local.port, '9')] },
      ['101'],
    );
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    await office.close();
    provider.close();
    silent.close();
  });

  it('goes out over the next trunk when the first one says nothing', async () => {
    onCall = (call) => call.accept();
    const caller = await office.call('101', '112');
    await until('the emergency services to answer', () => caller.state === 'talking');
    expect(office.appliance.log).toContainEqual(
      expect.objectContaining({
        msg: 'trunkFailed',
        note: expect.objectContaining({ trunk: 'silent', cause: 'noAnswer' }),
      }),
    );
  });

  it.each([302, 403])(
    'is not taken elsewhere by a trunk that answers %d, and ends when it was the last',
    async (status) => {
      onCall = (call) => (status === 302 ? call.forward(provider.uriOf('104')) : call.refuse(status));
      const caller = await office.call('101', '112');
      const end = await until('the call to end', () => caller.end);
      expect(end.by).toBe('them');
      expect(end.status).not.toBe(500);
    },
  );

  it.each([
    ['421 Require: timer', 421, { Require: 'timer' }],
    ['422 Min-SE', 422, { 'Min-SE': '2000' }],
  ])('is made with a session timer for a trunk that insists on one: %s', async (_, status, demand) => {
    const timers: (string | undefined)[] = [];
    onCall = (call) => {
      const timer = call.invite.headers.get('Session-Expires');
      timers.push(timer);
      if (Number(timer ?? 0) >= (status === 422 ? 2000 : 1)) return call.accept();
      call.say(demand);
      call.refuse(status);
    };
    const caller = await office.call('101', '112');
    await until('the emergency services to answer', () => caller.state === 'talking');
    expect(timers[0]).toBeUndefined();
    expect(Number(timers.at(-1))).toBeGreaterThan(0);
  });

  it('ends when the trunk is content with nothing', async () => {
    let tries = 0;
    onCall = (call) => {
      tries += 1;
      call.say({ Require: 'timer' });
      call.refuse(421);
    };
    const caller = await office.call('101', '112');
    const end = await until('the call to end', () => caller.end);
    expect([end.by, tries]).toEqual(['them', 2]);
  });
});
