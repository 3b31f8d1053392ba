import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallIdentity } from '../../src/node-pjsua2/src/index.js';
import { UserAgent } from '../support/sip/user-agent.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

describe('the identity that the other side states after the INVITE', () => {
  let local: LocalEndpoint;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (incoming) => incoming.answer());
  });
  afterAll(() => local.close());

  const dial = async (headers: Readonly<Record<string, string>> = {}) => {
    const phone = await RawCall.dial(local.udp.port, { headers });
    const { call } = await local.caller();
    const told: CallIdentity[] = [];
    call.on('identified', (identity) => told.push(identity));
    return { phone, call, told };
  };

  it('is reported once per change, with all fields as they appear in the message', async () => {
    const anna = { 'P-Asserted-Identity': '"Anna" <sip:+4930@p.test>', Privacy: 'id' };
    const { phone, call, told } = await dial();
    for (let times = 0; times < 2; times += 1) await phone.request('UPDATE', { headers: anna });
    await phone.request('UPDATE');
    await phone.request('UPDATE', { headers: { 'Remote-Party-ID': '<tel:+4931>;party=calling', 'History-Info': '' } });
    await until('both news', () => told.length > 1);
    expect(told).toMatchObject([
      {
        headers: { 'p-asserted-identity': ['"Anna" <sip:+4930@p.test>'], privacy: ['id'] },
        isForwarded: false,
      },
      { headers: { 'remote-party-id': ['<tel:+4931>;party=calling'], 'history-info': [''] } },
    ]);
    expect(told[0]?.headers.from?.[0]).toContain('sip:phone@127.0.0.1');
    await phone.hangUp();
    await call.ended;
    expect(told).toHaveLength(2);
  });

  it('is not reported when the INVITE has already stated it', async () => {
    const anna = { 'P-Asserted-Identity': '<sip:+4930@p.test>' };
    const { phone, call, told } = await dial(anna);
    await phone.request('UPDATE', { headers: anna });
    await phone.request('UPDATE');
    await phone.hangUp();
    await call.ended;
    expect(told).toEqual([]);
  });

  it('is reported even when it is too long to be read', async () => {
    const { phone, call, told } = await dial();
    await phone.request('UPDATE', { headers: { 'P-Asserted-Identity': `<sip:${'1'.repeat(2100)}@p.test>` } });
    await phone.hangUp();
    await call.ended;
    expect(told).toMatchObject([{ headers: { 'p-asserted-identity': [''] } }]);
  });

  it('says so when more is stated at once than is kept', async () => {
    const { phone, call, told } = await dial();
    let stated = 0;
    const hasGap = () => told.some(({ isIncomplete }) => isIncomplete);
    // A busy machine may not take them all in within the second of one round.
    for (let round = 0; round < 20 && !hasGap(); round += 1) {
      for (let times = 0; times < 60; times += 1) {
        stated += 1;
        const number = `+49${stated % 2}`;
        phone.say('UPDATE', { headers: { 'P-Asserted-Identity': `<sip:${number}@p.test>` } });
      }
      // The datagrams are sent with the next tick only. JavaScript takes nothing in afterwards, so all that they bring waits.
      await new Promise(setImmediate);
      const stood = performance.now() + 1000;
      while (performance.now() < stood);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await until('the gap', hasGap);
    expect(told.length).toBeLessThan(stated);
    await phone.hangUp();
    await call.ended;
  });
});

describe('the identity of the branch of a forked call that answers', () => {
  it('is told again, when another branch has spoken since', async () => {
    const local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    const anna = { 'P-Asserted-Identity': '<sip:+4930@p.test>' };
    const phone = await UserAgent.open({
      server: { protocol: 'udp', address: '127.0.0.1', port: local.udp.port },
      credentials: { username: 'phone', password: '' },
    });
    phone.onCall = (call) => {
      call.say(anna);
      call.ring(181, { audio: false });
      call.say({ To: '<sip:phone@p.test>;tag=elsewhere', 'P-Asserted-Identity': '<sip:+4931@p.test>' });
      call.ring(180, { audio: false });
      call.say({});
      call.accept();
    };
    const call = local.endpoint.call({ to: `sip:phone@127.0.0.1:${phone.local.port}` });
    const told: CallIdentity[] = [];
    call.on('identified', (identity) => told.push(identity));
    await new Promise<void>((resolve) => call.once('answered', resolve));
    const isAnna = { headers: { 'p-asserted-identity': ['<sip:+4930@p.test>'] }, isForwarded: true };
    expect(told).toMatchObject([
      isAnna,
      { headers: { 'p-asserted-identity': ['<sip:+4931@p.test>'] }, isForwarded: false },
      isAnna,
    ]);
    phone.close();
    await local.close();
  });
});
