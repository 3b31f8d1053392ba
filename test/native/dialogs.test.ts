import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call, CallDigit } from '../../src/node-pjsua2/src/index.js';
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

  it('OPTIONS are answered with our capabilities, and nothing else', async () => {
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
    'that is over, %s is answered accordingly',
    async (method) => {
      await phone.request('BYE');
      await call.ended;
      expect((await phone.request(method)).status).toBe(481);
      phone = await RawCall.dial(local.udp.port);
      call = local.incoming.at(-1)?.call ?? expect.fail('it was answered without us');
    },
  );

  it('a flood is refused with 500 and Retry-After, and harms neither the call nor its end', async () => {
    const flood = async () => {
      const before = phone.answers.length;
      return until('a refusal', () => {
        for (let press = 0; press < 50; press += 1) phone.press(press % 10);
        return phone.answers.slice(before).find(({ status }) => status === 500);
      });
    };
    expect((await flood()).text).toMatch(/^Retry-After: \d+/im);
    await until('room for another', async () => (await phone.request('INFO')).status === 200);
    await flood();
    expect((await phone.request('BYE')).status).toBe(200);
    expect((await call.ended).cause).toBe('remote');
    phone = await RawCall.dial(local.udp.port);
    call = local.incoming.at(-1)?.call ?? expect.fail('it was answered without us');
  });

  it('an offer of ours that collided with one of theirs is made again', async () => {
    phone.answersToOffers.push(491, 491, 200);
    await call.hold();
    expect(phone.offeredAt).toHaveLength(3);
  });

  it('an offer of ours that is refused for another reason is not', async () => {
    phone.answersToOffers.push(488);
    await expect(call.hold()).rejects.toMatchObject({ operation: 're-INVITE' });
    expect(phone.offeredAt).toHaveLength(1);
  });

  it('while an offer of ours is under way another one is refused, and the first ends with the call', async () => {
    const held = call.hold();
    await expect(call.resume()).rejects.toMatchObject({ name: 'InvalidStateError' });
    call.hangUp();
    await expect(held).rejects.toMatchObject({ name: 'InvalidStateError' });
    phone = await RawCall.dial(local.udp.port);
    call = local.incoming.at(-1)?.call ?? expect.fail('it was answered without us');
  });

  it('an offer that waits to be made again ends with the call', async () => {
    phone.answersToOffers.push(491);
    const held = call.hold();
    await until('the offer', () => phone.offeredAt.length > 0);
    await phone.request('INFO');
    call.hangUp();
    await expect(held).rejects.toThrow('the call has ended');
    phone = await RawCall.dial(local.udp.port);
    call = local.incoming.at(-1)?.call ?? expect.fail('it was answered without us');
  });

  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160', '5', 160],
    ['Application/DTMF-Relay;x=y', 'signal = 5\nDURATION = 160', '5', 160],
    ['application/dtmf-relay', 'Signal=11\r\n', '#', 0],
    ['APPLICATION/DTMF', '*', '*', 0],
  ])('a key in %s is reported, whatever its spelling', async (type, body, digit, durationMs) => {
    const keys: CallDigit[] = [];
    call.on('digit', (key) => keys.push(key));
    expect((await phone.request('INFO', { type, body })).status).toBe(200);
    await until('the key', () => keys.length > 0);
    expect(keys).toEqual([{ digit, method: 'info', durationMs }]);
  });

  it.each([
    ['application/dtmf-relay', 'Duration=160', 400],
    ['application/dtmf', 'x', 400],
    ['text/plain', 'hello', 415],
  ])('%s with %j is not a key', async (type, body, status) => {
    expect((await phone.request('INFO', { type, body })).status).toBe(status);
  });
});

describe('an offer', () => {
  let local: LocalEndpoint;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (incoming) => incoming.answer());
  });
  afterAll(() => local.close());

  const multipart = (type: string, first: boolean) => (sdp: string) => {
    const offer = `Content-Type: Application/SDP;charset=utf-8\r\n\r\n${sdp}`;
    const other =
      'Content-Type: application/isup;version=itu-t92+\r\nContent-Disposition: signal;handling=optional\r\n\r\nabc';
    const parts = first ? [offer, other] : [other, offer];
    return { type, body: `${parts.map((part) => `--x\r\n${part}\r\n`).join('')}--x--\r\n` };
  };

  it.each([
    ['first of several parts', multipart('multipart/mixed;boundary=x', true)],
    ['last of several parts', multipart('Multipart/Mixed; Boundary="x"', false)],
    ['with its type in capitals', (body: string) => ({ type: 'APPLICATION/SDP;charset=utf-8', body })],
  ])('%s is accepted', async (_, wrap) => {
    const phone = await RawCall.dial(local.udp.port, { wrap });
    expect(phone.theirRtpPort).toBeGreaterThan(0);
    await phone.hangUp();
  });

  it('with only IPv6 is refused for that reason', async () => {
    const wrap = (sdp: string) => ({ type: 'application/sdp', body: sdp.replaceAll('IN IP4 127.0.0.1', 'IN IP6 ::1') });
    await expect(RawCall.dial(local.udp.port, { wrap })).rejects.toThrow('answered 488');
  });

  it('that wants to replace a call starts another call, because we do not announce support for that', async () => {
    const phone = await RawCall.dial(local.udp.port);
    const headers = { Replaces: decodeURIComponent(phone.asReplaces) };
    const other = await RawCall.dial(local.udp.port, { headers });
    expect((await phone.request('INFO')).status).toBe(200);
    await other.hangUp();
    await phone.hangUp();
    await expect(RawCall.dial(local.udp.port, { headers: { ...headers, Require: 'replaces' } })).rejects.toThrow(
      'answered 420',
    );
  });
});
