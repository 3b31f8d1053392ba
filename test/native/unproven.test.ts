import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallEnd } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, type RawPhone, type RawResponse } from './support/raw-sip.js';

const [alice] = users as [{ username: string; password: string }];

/** Enough for 50 packets. */
const whileMs = 1000;

describe('audio of a call', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;
  let ear: Socket;
  let heard: number;
  let keys: string[];
  let isAnswered: boolean;

  beforeEach(async () => {
    server = await AnsweringEndpoint.start();
    keys = [];
    isAnswered = false;
    server.onCall = (call) => {
      call.on('digit', ({ digit }) => keys.push(digit));
      call.on('answered', () => {
        isAnswered = true;
      });
      call.answer();
      const player = server.endpoint.createPlayer({
        segments: [{ frequencies: [440], ms: 1000, levelDbfs: -10 }],
        loop: true,
      });
      void server.endpoint.connect(player, call).catch(() => {});
    };
    phone = await server.phone();
    ear = createSocket('udp4');
    ear.bind(0, '127.0.0.1');
    await once(ear, 'listening');
    heard = 0;
    ear.on('message', () => {
      heard += 1;
    });
  });
  afterEach(async () => {
    ear.close();
    await server.close();
  });

  const invite = (uri: string) => ({
    method: 'INVITE',
    uri,
    toUser: '200',
    extra: ['Content-Type: application/sdp'],
    body: [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${ear.address().port} RTP/AVP 8 101`,
      'a=rtpmap:101 telephone-event/8000',
      '',
    ].join('\r\n'),
  });

  /** Keys a 5, as RFC 4733 has it. */
  const press = async (answer: RawResponse): Promise<void> => {
    const port = Number(/m=audio (\d+)/.exec(answer.text)?.[1]);
    for (let i = 0; i < 20; i += 1) {
      const packet = Buffer.alloc(16);
      packet.writeUInt16BE(0x8000 | 101, 0);
      packet.writeUInt16BE(i, 2);
      packet.writeUInt32BE(0, 4);
      packet.writeUInt32BE(7, 8);
      packet.writeUInt8(5, 12);
      packet.writeUInt8(i > 10 ? 0x8a : 0x0a, 13);
      packet.writeUInt16BE(160 * (1 + Math.min(i, 11)), 14);
      ear.send(packet, port, '127.0.0.1');
      await pause(20);
    }
  };

  const acknowledge = (answer: RawResponse, uri: string): void => {
    const field = (name: string) => `${name}: ${answer.get(name) ?? ''}`;
    phone.send(
      [
        `ACK ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${phone.port};branch=z9hG4bKack`,
        field('From'),
        field('To'),
        field('Call-ID'),
        `CSeq: ${(answer.get('CSeq') ?? '').split(' ')[0]} ACK`,
        'Max-Forwards: 70',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
  };

  it('neither goes to nor comes from a caller that has shown nothing but the address of a trunk', async () => {
    server.endpoint.setPeers([{ name: 'carrier', addresses: ['127.0.0.1'] }]);
    const uri = `sip:200@127.0.0.1:${server.port}`;
    const answer = await phone.request(invite(uri));
    expect(answer.status).toBe(200);
    await press(answer);
    await pause(whileMs);
    expect(heard).toBe(0);
    expect(keys).toEqual([]);
    acknowledge(answer, uri);
    await until('audio after the ACK', () => isAnswered && heard > 20);
    await press(answer);
    expect(await until('a key', () => keys[0])).toBe('5');
  });

  /** A good half of what it would take if an answer to our BYE were waited for. */
  const unacknowledgedMs = 45_000;

  it('ends when the answer was repeated in vain, and this is reported once', { timeout: 90_000 }, async () => {
    const ends: CallEnd[] = [];
    const answer = server.onCall;
    server.onCall = (call) => {
      call.on('ended', (end) => ends.push(end));
      answer(call);
    };
    server.endpoint.setPeers([{ name: 'carrier', addresses: ['127.0.0.1'] }]);
    expect((await phone.request(invite(`sip:200@127.0.0.1:${server.port}`))).status).toBe(200);
    await until('the end', () => ends.length > 0, unacknowledgedMs);
    expect(ends).toEqual([expect.objectContaining({ status: 408, cause: 'timeout' })]);
    await until('the BYE', () => phone.last.startsWith('BYE '));
  });

  it('goes at once to a caller that has answered a challenge', async () => {
    const uri = `sip:200@127.0.0.1:${server.port}`;
    const { nonce } = await phone.request(invite(uri));
    const fields = answerFields({ ...alice, nonce, method: 'INVITE', uri });
    expect((await phone.request({ ...invite(uri), authorization: authorization(fields) })).status).toBe(200);
    await until('audio', () => heard > 20);
    expect(isAnswered).toBe(false);
  });
});
