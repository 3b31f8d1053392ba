import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call, TransferRequest } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

const target = 'sip:200@office.example';
const active = 'active;expires=180';
const over = 'terminated;reason=noresource';

describe('a transfer that a phone asks for', () => {
  let local: LocalEndpoint;
  let phone: RawCall;
  let call: Call;
  let asked: TransferRequest[];
  const calls: Call[] = [];

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'], transfers: true });
    local.endpoint.on('incomingCall', (incoming) => {
      calls.push(incoming);
      incoming.answer();
    });
  });
  afterAll(() => local.close());
  beforeEach(async () => {
    [phone, call] = await dial();
    asked = [];
  });
  afterEach(async () => {
    await phone.hangUp();
    await call.ended;
  });

  const dial = async (): Promise<[RawCall, Call]> => {
    const phone = await RawCall.dial(local.udp.port);
    const call = calls.at(-1);
    if (call === undefined) throw new Error('it was answered without us');
    return [phone, call];
  };
  const listen = () => call.on('transferAsked', (request) => asked.push(request));
  const refer = (to: string, headers: Record<string, string> = {}) =>
    phone.request('REFER', { headers: { 'Refer-To': to, ...headers } });
  const untilNotices = (count: number) =>
    until(
      () => `${count} notices, got ${JSON.stringify(phone.notices)}`,
      () => phone.notices.length >= count,
    );

  it('is accepted and reported, and the phone is told how it goes', async () => {
    listen();
    const { status, text } = await refer(`"The office" <${target};user=phone?Subject=x>`);
    expect(status).toBe(202);
    expect(text).toMatch(/^Contact: /m);
    await until('the request', () => asked.length === 1);
    expect(asked).toEqual([{ to: `${target};user=phone`, user: '200', host: 'office.example' }]);
    call.reportTransfer(180);
    call.reportTransfer(200);
    await untilNotices(3);
    call.reportTransfer(200); // it is over: nobody waits for this
    expect(phone.notices).toEqual([
      { event: 'refer', state: active, body: 'SIP/2.0 100 Trying' },
      { event: 'refer', state: active, body: 'SIP/2.0 180 Ringing' },
      { event: 'refer', state: over, body: 'SIP/2.0 200 OK' },
    ]);
    expect((await phone.request('INFO')).status).toBe(200);
    expect(phone.notices).toHaveLength(3);
  });

  it('names the call that it replaces', async () => {
    listen();
    const [consulted, other] = await dial();
    expect((await refer(`<${target}?Replaces=${consulted.asReplaces}>`)).status).toBe(202);
    await until('the request', () => asked.length === 1);
    expect(asked).toEqual([{ to: target, user: '200', host: 'office.example', replaces: other.id }]);
    await consulted.hangUp();
    await other.ended;
  });

  it('may be asked for again when the last one has failed, and the two are told apart', async () => {
    listen();
    await refer(target);
    expect((await refer(target)).status).toBe(491);
    call.reportTransfer(486);
    expect((await refer(target)).status).toBe(202);
    call.reportTransfer(404);
    await untilNotices(4);
    expect(phone.notices.map(({ event }) => event.replace(/\d+/, 'n'))).toEqual([
      'refer',
      'refer',
      'refer;id=n',
      'refer;id=n',
    ]);
    expect(phone.notices.map(({ body }) => body.split(' ')[1])).toEqual(['100', '486', '100', '404']);
  });

  it('is not reported to a phone that does not want it', async () => {
    listen();
    const { status, text } = await refer(target, { 'Refer-Sub': 'false' });
    expect(status).toBe(202);
    expect(text).toMatch(/^Refer-Sub: false/m);
    await until('the request', () => asked.length === 1);
    call.reportTransfer(200);
    expect((await phone.request('INFO')).status).toBe(200);
    expect(phone.notices).toEqual([]);
  });

  it('fails where nobody listens for it', async () => {
    expect((await refer(target)).status).toBe(202);
    await untilNotices(2);
    expect(phone.notices.at(-1)).toEqual({ event: 'refer', state: over, body: 'SIP/2.0 501 Not Implemented' });
  });

  it('may have parameters of its own', async () => {
    listen();
    expect((await refer(`Office <${target}> ;x=y`)).status).toBe(202);
    await until('the request', () => asked.length === 1);
    expect(asked).toMatchObject([{ to: target }]);
  });

  it('may state that it asks for a call', async () => {
    listen();
    expect((await refer(`<${target};method=INVITE>`)).status).toBe(202);
    await until('the request', () => asked.length === 1);
    expect(asked).toEqual([{ to: target, user: '200', host: 'office.example' }]);
  });

  it('names the call that it replaces in any valid spelling', async () => {
    listen();
    const replaces = decodeURIComponent(phone.asReplaces).replace('to-tag=', ' To-Tag = ').replace('from-', 'FROM-');
    expect((await refer(`<${target}?replaces=${encodeURIComponent(`${replaces};x=y`)}>`)).status).toBe(202);
    await until('the request', () => asked.length === 1);
    expect(asked).toMatchObject([{ replaces: call.id }]);
  });

  it('that is over does not apply to another call, however many take its place', async () => {
    const stale = phone;
    await phone.request('BYE'); // which may be repeated for 32 s: as long lives the dialog
    await call.ended;
    const placesInTurn = 70;
    const statuses = new Set<number>();
    for (let round = 0; round < placesInTurn; ++round) {
      const [other, answered] = await dial();
      answered.on('transferAsked', (request) => asked.push(request));
      statuses.add((await stale.request('REFER', { headers: { 'Refer-To': target } })).status);
      expect((await other.request('INFO')).status).toBe(200); // whatever was told came before
      await other.hangUp();
      await answered.ended;
    }
    [phone, call] = await dial();
    expect({ statuses, asked }).toEqual({ statuses: new Set([481]), asked: [] });
  });

  it.each([
    ['no target', undefined, 400],
    ['no URI', '<nonsense', 400],
    ['two targets', `<${target}>, <sip:201@office.example>`, 400],
    ['a telephone number', 'tel:+49301234', 416],
    ['a page', '<https://office.example/>', 416],
    ['a scheme that requires TLS', '<sips:200@office.example>', 416],
    ['another method', `<${target};method=BYE>`, 501],
    ['a call that does not exist', `<${target}?Replaces=nobody%3Bto-tag%3D1%3Bfrom-tag%3D2>`, 481],
    ['no tags', `<${target}?Replaces=nobody>`, 400],
    ['no tag for the phone', `<${target}?Replaces=nobody%3Bto-tag%3D1>`, 400],
    ['two tags for the phone', `<${target}?Replaces=nobody%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bfrom-tag%3D3>`, 400],
    ['an empty tag', `<${target}?Replaces=nobody%3Bto-tag%3D%3Bfrom-tag%3D2>`, 400],
    ['no Call-ID', `<${target}?Replaces=%3Bto-tag%3D1%3Bfrom-tag%3D2>`, 400],
    ['an answered call where only an unanswered one is meant', 'answered', 486],
    ['two calls', `<${target}?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2&Replaces=b%3Bto-tag%3D1%3Bfrom-tag%3D2>`, 400],
  ])('is refused when it names %s', async (_what, to, status) => {
    listen();
    const named = to === 'answered' ? `<${target}?Replaces=${phone.asReplaces}%3Bearly-only>` : to;
    expect((await phone.request('REFER', { headers: named === undefined ? {} : { 'Refer-To': named } })).status).toBe(
      status,
    );
    expect((await phone.request('INFO')).status).toBe(200);
    expect(asked).toEqual([]);
    expect(phone.notices).toEqual([]);
  });

  it('is refused when it has two targets', async () => {
    listen();
    expect((await refer(target, { r: target })).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it('is forgotten with its call', async () => {
    listen();
    await refer(target);
    await phone.request('BYE');
    await call.ended;
    call.reportTransfer(200);
    [phone, call] = await dial();
  });
});
