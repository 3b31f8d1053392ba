import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

describe('within a call', () => {
  let local: LocalEndpoint;
  let phone: RawCall;
  let call: Call;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'], transfers: true });
    local.endpoint.on('incomingCall', (incoming) => incoming.answer());
  });
  afterAll(() => local.close());
  beforeEach(async () => {
    phone = await RawCall.dial(local.udp.port);
    await phone.request('INFO'); // the ACK came before it
    call = local.incoming.at(-1)?.call ?? expect.fail('it was answered without us');
  });
  afterEach(async () => {
    await phone.hangUp();
    await call.ended;
  });

  const allowed = (text: string) => /^Allow: (.*)$/im.exec(text)?.[1]?.split(/, */) ?? [];

  it('OPTIONS are told what is understood, and nothing else', async () => {
    const { status, text } = await phone.request('OPTIONS');
    expect(status).toBe(200);
    expect(allowed(text).toSorted()).toEqual(
      ['INVITE', 'ACK', 'CANCEL', 'BYE', 'INFO', 'UPDATE', 'PRACK', 'OPTIONS', 'REFER'].toSorted(),
    );
    expect(text).toMatch(/^Supported: (?!.*replaces)/im);
  });

  it.each([
    ['SUBSCRIBE', 405, { Event: 'dialog' }],
    ['NOTIFY', 405, { Event: 'message-summary', 'Subscription-State': 'active' }],
    ['MESSAGE', 405, {}],
    ['PUBLISH', 405, { Event: 'presence' }],
    ['FLY', 501, {}],
  ])('%s is answered with %i, and the call goes on', async (method, status, headers) => {
    const options = method === 'MESSAGE' ? { type: 'text/plain', body: 'hello' } : {};
    const answer = await phone.request(method, { headers, ...options });
    expect(answer.status).toBe(status);
    expect(allowed(answer.text)).toContain('INVITE');
    expect((await phone.request('INFO')).status).toBe(200);
  });

  it.each(['INFO', 'INVITE', 'UPDATE', 'OPTIONS', 'REFER', 'BYE', 'FLY'])(
    'that is over, %s is told so',
    async (method) => {
      await phone.request('BYE');
      await call.ended;
      expect((await phone.request(method)).status).toBe(481);
      phone = await RawCall.dial(local.udp.port);
      call = local.incoming.at(-1)?.call ?? expect.fail('it was answered without us');
    },
  );

  it('an offer of ours that met one of theirs is made again', async () => {
    phone.answersToOffers.push(491, 491, 200);
    await call.hold();
    expect(phone.offeredAt).toHaveLength(3);
  });

  it('an offer of ours that is refused otherwise is not', async () => {
    phone.answersToOffers.push(488);
    await expect(call.hold()).rejects.toMatchObject({ operation: 're-INVITE' });
    expect(phone.offeredAt).toHaveLength(1);
  });

  it('an offer that waits to be made again goes with the call', async () => {
    phone.answersToOffers.push(491);
    const held = call.hold();
    await until('the offer', () => phone.offeredAt.length > 0);
    await phone.request('INFO');
    call.hangUp();
    await expect(held).rejects.toThrow('the call has ended');
    phone = await RawCall.dial(local.udp.port);
    call = local.incoming.at(-1)?.call ?? expect.fail('it was answered without us');
  });
});
