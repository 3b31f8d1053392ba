import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRightAnswer } from '../support/sip/digest.js';
import { LocalEndpoint } from './support/local-endpoint.js';

const user = { username: '101', password: 'a long password 1' };

/** A phone that answers each request as it is told to, and keeps what it got. */
class ToldPhone {
  readonly requests: string[] = [];

  static async open(answer: (request: string) => string | null): Promise<ToldPhone> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new ToldPhone(socket, answer);
  }

  private constructor(
    private readonly socket: Socket,
    answer: (request: string) => string | null,
  ) {
    socket.on('message', (data, { port, address }) => {
      const request = String(data);
      this.requests.push(request);
      const status = answer(request);
      if (status === null) return;
      const kept = request.split('\r\n').filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/.test(line));
      const lines = [`SIP/2.0 ${status}`, ...kept, 'Content-Length: 0', '', ''];
      socket.send(lines.join('\r\n').replace(/^(To: .*)$/m, '$1;tag=phone'), port, address);
    });
  }

  get uri(): string {
    return `sip:101@127.0.0.1:${this.socket.address().port}`;
  }

  close(): void {
    this.socket.close();
  }
}

const field = (request: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(request)?.[1];

describe('telling a phone something that it has not subscribed to', () => {
  let local: LocalEndpoint;
  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
  });
  afterAll(() => local.close());

  it('reaches it by a NOTIFY outside of any dialog', async () => {
    const phone = await ToldPhone.open(() => '200 OK');
    await local.endpoint.tellPhone(phone.uri, 'check-sync;reboot=false', user);
    const [request = ''] = phone.requests;
    expect(request).toMatch(/^NOTIFY sip:101@127\.0\.0\.1:/);
    expect(field(request, 'Event')).toBe('check-sync;reboot=false');
    expect(field(request, 'Subscription-State')).toBe('terminated');
    expect(field(request, 'To')).not.toContain('tag=');
    expect(request).not.toContain('Authorization');
    phone.close();
  });

  it('proves who says so to a phone that asks, by the password with which it has registered', async () => {
    const challenge = '401 Unauthorized\r\nWWW-Authenticate: Digest realm="phone", nonce="n1", algorithm=MD5';
    const phone = await ToldPhone.open((request) => (request.includes('Authorization:') ? '200 OK' : challenge));
    await local.endpoint.tellPhone(phone.uri, 'resync', user);
    const [first = '', second = ''] = phone.requests;
    const answer = field(second, 'Authorization') ?? '';
    expect(isRightAnswer(answer, user, 'NOTIFY')).toBe(true);
    expect(Number.parseInt(field(second, 'CSeq') ?? '', 10)).toBe(1 + Number.parseInt(field(first, 'CSeq') ?? '', 10));
    phone.close();
  });

  it('gives up when the phone does not take that answer, refuses, or says nothing', async () => {
    const challenge = '401 Unauthorized\r\nWWW-Authenticate: Digest realm="phone", nonce="n1", algorithm=MD5';
    for (const status of [challenge, '489 Bad Event', null]) {
      const phone = await ToldPhone.open(() => status);
      await expect(local.endpoint.tellPhone(phone.uri, 'check-sync', user)).rejects.toMatchObject({
        operation: 'NOTIFY',
      });
      phone.close();
    }
  });

  it('does not send what is no SIP URI, or would end a line', async () => {
    await expect(local.endpoint.tellPhone('tel:101', 'check-sync', user)).rejects.toThrow(TypeError);
    await expect(local.endpoint.tellPhone('sip:101@127.0.0.1', 'check-sync\r\nX: y', user)).rejects.toThrow(TypeError);
  });
});
