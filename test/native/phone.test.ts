import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call, CallDigit } from '../../src/node-pjsua2/src/index.js';
import { expectHears } from '../support/audio/hearing.js';
import { toneVoice } from '../support/rtp/voice.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

const phoneTone = 600;

/** The other side is not PJSIP here: it does what phones do, and what they should not. */
describe('a call from a phone', () => {
  let local: LocalEndpoint;
  let phone: RawCall | undefined;
  let call: Call | undefined;
  let isConfirmed = false;
  const digits: CallDigit[] = [];

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA', 'PCMU'] });
    local.endpoint.on('incomingCall', (incoming) => {
      call = incoming;
      isConfirmed = false;
      incoming.on('answered', () => {
        isConfirmed = true;
      });
      incoming.on('digit', (digit) => digits.push(digit));
      incoming.answer();
    });
  });
  afterAll(() => local.close());
  afterEach(async () => {
    await phone?.hangUp();
    await call?.ended;
    phone = undefined;
    digits.splice(0);
  });

  /** Both ends of an answered call. */
  const dial = async (): Promise<{ phone: RawCall; call: Call }> => {
    phone = await RawCall.dial(local.udp.port);
    if (call === undefined) throw new Error('it was answered without us');
    // Before its ACK nothing of it is heard.
    await until('the answer to be confirmed', () => isConfirmed);
    return { phone, call };
  };

  const told = (count: number) =>
    until(
      () => `${count} digits, got ${JSON.stringify(digits)}`,
      () => digits.length >= count,
    );

  describe('reports each key once', () => {
    it('with its duration', async () => {
      const { phone } = await dial();
      await phone.audio.pressKeys('55#', 120);
      await told(3);
      expect(digits).toEqual([...'55#'].map((digit) => ({ digit, method: 'rfc4733', durationMs: 120 })));
    });

    it('even if its final packets are lost or late', async () => {
      const { phone } = await dial();
      phone.audio.say({ frame: () => undefined }); // one source of packets only
      const send = (packet: Buffer) => phone.audio.transmit(packet, phone.theirRtpPort, '127.0.0.1');
      for (const [index, duration] of [160, 320, 480].entries()) send(eventPacket('7', index, 8000, duration));
      await told(1);
      expect(digits).toEqual([{ digit: '7', method: 'rfc4733', durationMs: 60 }]);
      send(eventPacket('7', 3, 8000, 640, true)); // the same press: the timestamp is that of its beginning
      send(eventPacket('7', 4, 16_000, 160));
      for (const index of [5, 6, 7]) send(eventPacket('7', index, 16_000, 320, true));
      await told(2);
      send(eventPacket('1', 8, 24_000, 320, true));
      await told(3);
      expect(digits.map(({ digit }) => digit).join('')).toBe('771');
    });

    it('even if the same key comes again and nothing arrives of it but the end', async () => {
      const { phone } = await dial();
      phone.audio.say({ frame: () => undefined });
      const send = (packet: Buffer) => phone.audio.transmit(packet, phone.theirRtpPort, '127.0.0.1');
      for (const press of [0, 1, 2])
        for (const repeat of [0, 1, 2]) await send(eventPacket('4', 3 * press + repeat, 8000 * press, 400, true));
      await told(3);
      await send(eventPacket('9', 9, 24_000, 400, true));
      await told(4);
      expect(digits.map(({ digit }) => digit).join('')).toBe('4449');
    });

    it('even if it is held for longer than a packet can say', async () => {
      const { phone } = await dial();
      phone.audio.say({ frame: () => undefined });
      const longest = 0xffff;
      let index = 0;
      const send = (digit: string, timestamp: number, duration: number, isEnd = false) =>
        phone.audio.transmit(eventPacket(digit, index++, timestamp, duration, isEnd), phone.theirRtpPort, '127.0.0.1');
      const begin = 2 ** 32 - 10 * longest - 1;
      for (const segment of [0, 1, 2])
        for (const duration of [160, 30_000, longest]) await send('5', begin + segment * longest, duration);
      await send('5', begin + 2 * longest, longest, true);
      await send('5', begin + 4 * longest, 800, true);
      await told(2);
      expect(digits.map(({ digit }) => digit).join('')).toBe('55');
      expect(digits[0]?.durationMs).toBeGreaterThan(24_000);
    });

    it('sent by INFO in either form', async () => {
      const { phone } = await dial();
      const inform = async (type: string, body: string) => (await phone.request('INFO', { type, body })).status;
      expect(await inform('application/dtmf-relay', 'Signal=4\r\nDuration=90\r\n')).toBe(200);
      expect(await inform('application/dtmf-relay', 'Signal= *\r\n')).toBe(200);
      expect(await inform('application/dtmf-relay', 'nothing')).toBe(400);
      expect(await inform('application/dtmf', '9\r\n')).toBe(200);
      expect(await inform('application/dtmf', '11')).toBe(200);
      expect(await inform('application/dtmf', 'd')).toBe(200);
      expect(await inform('application/dtmf', 'x')).toBe(400);
      await told(5);
      expect(digits.map(({ digit, method, durationMs }) => `${digit} ${method} ${durationMs}`)).toEqual([
        '4 info 90',
        '* info 0',
        '9 info 0',
        '# info 0',
        'D info 0',
      ]);
    });

    it('even if the phone sends it by both methods', async () => {
      const { phone } = await dial();
      for (const key of '1123') {
        await phone.request('INFO', { type: 'application/dtmf', body: key });
        await phone.audio.pressKeys(key, 60);
      }
      await phone.audio.pressKeys('0', 60);
      await told(5);
      expect(digits.map(({ digit }) => digit).join('')).toBe('11230');
    });
  });

  it('answers an INFO that carries no key', async () => {
    const { phone } = await dial();
    expect((await phone.request('INFO', { type: 'text/plain', body: 'hello' })).status).toBe(415);
    expect((await phone.request('INFO')).status).toBe(200);
  });

  it('answers REFER with 501, says so in the log, and dials nobody', async () => {
    const { phone } = await dial();
    const logged: string[] = [];
    local.endpoint.on('log', ({ message }) => logged.push(message));
    const { status } = await phone.request('REFER', {
      headers: { 'Refer-To': `<sip:200@127.0.0.1:${local.udp.port}>` },
    });
    expect(status).toBe(501);
    await until('the log to tell', () => logged.some((message) => message.includes('REFER')));
    expect(local.endpoint.statistics().activeCalls).toBe(1);
  });

  it('accepts an UPDATE, another codec, and a re-INVITE without an offer', async () => {
    const { phone, call } = await dial();
    expect((await phone.request('UPDATE')).status).toBe(200);
    phone.audio.say(toneVoice(phoneTone));
    expect(await phone.renegotiate('0 101')).toBe(200);
    phone.aim(phone.audio, 'PCMU');
    expectHears('we, in µ-law,', await local.hear(call, 400), { present: [phoneTone], absent: [] });
    expect(await phone.renegotiate('')).toBe(200);
    phone.aim(phone.audio, 'PCMA');
    expectHears('we, in A-law,', await local.hear(call, 400), { present: [phoneTone], absent: [] });
  });

  it('is refused without a common codec', async () => {
    await expect(RawCall.dial(local.udp.port, { formats: '18 101' })).rejects.toThrow('INVITE was answered 488');
  });

  it('refuses a re-INVITE without a common codec, and goes on as before', async () => {
    const { phone, call } = await dial();
    phone.audio.say(toneVoice(phoneTone));
    expect(await phone.renegotiate('18 101')).toBe(488);
    expectHears('we', await local.hear(call, 400), { present: [phoneTone], absent: [] });
  });

  it('is not harmed by garbage on its media ports', async () => {
    const { phone, call } = await dial();
    phone.audio.say(toneVoice(phoneTone));
    await throwRubbish(phone);
    expectHears('we, after the rubbish,', await local.hear(call, 600), { present: [phoneTone], absent: [] });
    await local.say(450, call);
    await until('audio to the phone', () => phone.audio.received.length > 20);
  });
});

/** One packet of a telephone-event (RFC 4733, 2.3) of payload type 101. */
function eventPacket(digit: string, index: number, timestamp: number, duration: number, isEnd = false): Buffer {
  const packet = Buffer.alloc(16);
  packet.writeUInt16BE(0x8000 | 101, 0);
  packet.writeUInt16BE(100 + index, 2);
  packet.writeUInt32BE(timestamp, 4);
  packet.writeUInt32BE(0x1234, 8);
  packet.writeUInt8(Number(digit), 12);
  packet.writeUInt8(isEnd ? 0x8a : 0x0a, 13);
  packet.writeUInt16BE(duration, 14);
  return packet;
}

/** Packets of any length and content from the phone's RTP and RTCP ports; many look like the beginning of a real one. */
async function throwRubbish(phone: RawCall): Promise<void> {
  const rtcp = createSocket('udp4');
  rtcp.bind(phone.audio.port + 1, phone.audio.address);
  await once(rtcp, 'listening');
  const payloadTypes = [0, 8, 101, 13, 200, 201];
  let state = 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let count = 0; count < 2000; ++count) {
    const length = random(count % 10 === 0 ? 1400 : 60);
    const packet = Buffer.from(Array.from({ length }, () => random(256)));
    if (count % 3 !== 0 && length > 1) packet.writeUInt16BE(0x8000 | (payloadTypes[random(6)] ?? 0), 0);
    if (count % 2 === 0) await phone.audio.transmit(packet, phone.theirRtpPort, '127.0.0.1');
    else await new Promise((resolve) => rtcp.send(packet, phone.theirRtpPort + 1, '127.0.0.1', resolve));
  }
  rtcp.close();
}
