import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PjsipError } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { LateSender } from './support/late-sender.js';
import { answerFields, authorization, type RawPhone, RawResponse } from './support/raw-sip.js';

const [alice] = users as [{ username: string; password: string }];

const eventCapacity = 1;

/** Keeps this thread from everything else. */
function holdUp(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('an emergency call', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;

  beforeEach(async () => {
    server = await AnsweringEndpoint.start({}, 300, { eventCapacity });
    server.endpoint.setEmergencyNumbers(['112']);
    phone = await server.phone();
  });
  afterEach(() => server.close());

  const invite = (number: string, extra: readonly string[] = []) => invitation(phone, server.port, number, { extra });

  const timer = ['Supported: timer', 'Require: timer', 'Session-Expires: 1800;refresher=uas'];

  it.each([
    ['200', '1800;refresher=uas'],
    ['112', undefined],
  ])('has no session timer where others have one: %s', async (number, expected) => {
    server.onCall = (call) => call.answer();
    const answer = await phone.exchange(await invite(number, timer));
    expect(answer.status).toBe(200);
    expect(answer.get('Session-Expires')).toBe(expected);
  });

  it.each([
    [false, '1800', true],
    [true, undefined, false],
  ])('that goes out does not offer one either: %s', async (emergency, expires, isNamed) => {
    server.endpoint.call({ to: `sip:112@127.0.0.1:${phone.port}`, emergency });
    const request = new RawResponse(await until('the INVITE', () => phone.last.startsWith('INVITE') && phone.last));
    expect(request.get('Session-Expires')).toBe(expires);
    expect((request.get('Supported') ?? '').split(/, */).includes('timer')).toBe(isNamed);
    expect(request.get('Supported')).toContain('100rel');
  });

  it('is reported, and first, even when so many others wait that they get 503', async () => {
    server.onCall = (call) => call.reject(486);
    const [first, second, emergency] = [await invite('200'), await invite('201'), await invite('112')];
    const statuses = Promise.all([first, second, emergency].map(async (text) => (await phone.exchange(text)).status));
    // Sent before this thread, which takes no events meanwhile, goes on.
    await new Promise((resolve) => setImmediate(resolve));
    holdUp(700);
    expect(await statuses).toEqual([486, 503, 486]);
    expect(server.calls.map(({ requestUser }) => requestUser)).toEqual(['112', '200']);
  });

  it('is let in even when others are not, because JavaScript is behind', async () => {
    server.onCall = (call) => call.reject(486);
    const [early, late, emergency] = [await invite('200'), await invite('201'), await invite('112')];
    const sender = new LateSender(server.port);
    await sender.ready();
    const answers = sender.send([
      { text: early, afterMs: 0 },
      { text: late, afterMs: 1500 },
      { text: emergency, afterMs: 1500 },
    ]);
    holdUp(3000);
    expect(await answers).toEqual(['SIP/2.0 486', 'SIP/2.0 503', 'SIP/2.0 486']);
    expect(await sender.send([{ text: await invite('201'), afterMs: 0 }])).toEqual(['SIP/2.0 486']);
    expect((await server.rejected('behind')).method).toBe('INVITE');
    await sender.close();
  });
});

describe('an emergency call while others hold all the ports for audio', () => {
  const range = { from: 29_100, to: 29_103 };
  const others: Socket[] = [];
  let server: AnsweringEndpoint;
  let phone: RawPhone;

  beforeEach(async () => {
    for (let port = range.from; port <= range.to; port += 1) others.push(await taken(port));
    server = await AnsweringEndpoint.start({}, 300, { rtpPorts: range });
    server.endpoint.setEmergencyNumbers(['112']);
    server.onCall = (call) => call.answer();
    phone = await server.phone();
  });
  afterEach(async () => {
    for (const socket of others.splice(0)) socket.close();
    await server.close();
  });

  const audioPort = (message: string) => Number(/^m=audio (\d+)/m.exec(message)?.[1]);

  const dialled = async (number: string, offer: string) =>
    phone.exchange(await invitation(phone, server.port, number, { offer }));

  it('takes others, while a usual one gets 503', async () => {
    expect((await dialled('200', sdp)).status).toBe(503);
    const answer = await dialled('112', sdp);
    expect(answer.status).toBe(200);
    expect(audioPort(answer.text)).toBeGreaterThan(range.to);
  });

  it('takes others, while a usual one that makes no offer gets 503 when it is answered', async () => {
    const ended = new Promise<number>((resolve) => {
      server.onCall = (call) => {
        call.once('ended', ({ status }) => resolve(status));
        expect(() => call.answer()).toThrow(PjsipError);
      };
    });
    expect((await dialled('200', '')).status).toBe(503);
    expect(await ended).toBe(503);
  });

  it('takes others even if the telephone makes no offer', async () => {
    const answer = await dialled('112', '');
    expect(answer.status).toBe(200);
    expect(audioPort(answer.text)).toBeGreaterThan(range.to);
  });

  it('that goes out does so, too', async () => {
    const to = `sip:112@127.0.0.1:${phone.port}`;
    expect(() => server.endpoint.call({ to })).toThrow(PjsipError);
    server.endpoint.call({ to, emergency: true });
    expect(audioPort(await until('the INVITE', () => phone.last.startsWith('INVITE') && phone.last))).toBeGreaterThan(
      range.to,
    );
  });
});

/** An INVITE to this number that answers the challenge. */
async function invitation(
  phone: RawPhone,
  port: number,
  number: string,
  { extra = [], offer = sdp }: { extra?: readonly string[]; offer?: string } = {},
): Promise<string> {
  const uri = `sip:${number}@127.0.0.1:${port}`;
  const type = offer === '' ? [] : ['Content-Type: application/sdp'];
  const parts = { method: 'INVITE', uri, toUser: number, extra: [...extra, ...type], body: offer };
  const { nonce } = await phone.request(parts);
  const fields = answerFields({ ...alice, nonce, method: 'INVITE', uri });
  return phone.compose({ ...parts, authorization: authorization(fields) });
}

async function taken(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 8',
  '',
].join('\r\n');
