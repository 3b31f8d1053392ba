import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Call, type CallDigit, type Connection, InvalidStateError } from '../../src/node-pjsua2/src/index.js';
import { decodeG711 } from '../support/audio/g711.js';
import { expectHears } from '../support/audio/hearing.js';
import { noise } from '../support/audio/tones.js';
import type { PacketRecord } from '../support/rtp/packet-log.js';
import { RtpSession } from '../support/rtp/session.js';
import { sampleVoice, toneVoice } from '../support/rtp/voice.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

interface Leg {
  readonly phone: RawCall;
  readonly call: Call;
  readonly digits: CallDigit[];
}

const tones = { first: 450, second: 700, moderator: 950 };
/** No payload of noise is like another. */
const unique = sampleVoice(noise(7, -12, 10_000).samples);
const frameTicks = 160;

/** Phones with an endpoint between them that connects their calls. */
describe('audio between two calls', () => {
  let local: LocalEndpoint;
  const legs: Leg[] = [];
  const sessions: RtpSession[] = [];

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA', 'PCMU'] });
  });
  afterAll(() => local.close());
  afterEach(async () => {
    for (const session of sessions.splice(0)) session.close();
    for (const { phone, call } of legs.splice(0)) {
      await phone.hangUp();
      await call.ended;
    }
  });

  const dial = async (formats = '8 101', law: 'PCMA' | 'PCMU' = 'PCMA'): Promise<Leg> => {
    const known = local.incoming.length;
    const dialling = RawCall.dial(local.udp.port, { formats });
    const { call } = await until('the call', () => local.incoming[known]);
    const digits: CallDigit[] = [];
    call.on('digit', (digit) => digits.push(digit));
    call.answer();
    const phone = await dialling;
    phone.aim(phone.audio, law);
    const leg = { phone, call, digits };
    legs.push(leg);
    return leg;
  };

  const join = async (one: Leg, other: Leg): Promise<void> => {
    await local.endpoint.connect(one.call, other.call);
    await local.endpoint.connect(other.call, one.call);
  };

  /** Two phones that talk, the first one in noise. */
  const talk = async () => {
    const [first, second] = [await dial(), await dial()];
    first.phone.audio.say(unique);
    second.phone.audio.say(toneVoice(tones.second));
    await join(first, second);
    return { first, second };
  };

  const packets = async ({ phone }: Leg, count: number): Promise<readonly PacketRecord[]> => {
    const before = phone.audio.received.length;
    await until(`${count} packets`, () => phone.audio.received.length >= before + count);
    return phone.audio.received.since(0).slice(before);
  };

  /** Fails unless every payload is one that the other side sent, in the same order. */
  const expectRelayed = (from: Leg, received: readonly PacketRecord[]) => {
    const sent = from.phone.audio.sent.since(0).map(({ payload }) => Buffer.from(payload).toString('hex'));
    const places = received.map(({ payload }) => sent.indexOf(Buffer.from(payload).toString('hex')));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  };

  const expectUnbroken = (received: readonly PacketRecord[]) => {
    for (const [index, packet] of received.entries()) {
      const before = received[index - 1];
      if (!before) continue;
      expect(packet.ssrc).toBe(before.ssrc);
      expect(packet.sequence).toBe((before.sequence + 1) & 0xffff);
      expect((packet.timestamp - before.timestamp) >>> 0).toBe(frameTicks);
    }
  };

  it('does not change by a single bit before, while and after someone listens', async () => {
    const { first, second } = await talk();
    await packets(second, 10);
    const start = second.phone.audio.received.length;
    await packets(second, 50);
    const moderator = await dial();
    const taps: Connection[] = [];
    for (const { call } of [first, second]) taps.push(await local.endpoint.connect(call, moderator.call));
    await packets(second, 50);
    for (const tap of taps) await tap.close();
    await packets(second, 50);
    const received = second.phone.audio.received.since(0).slice(start);
    expectRelayed(first, received);
    expectUnbroken(received);
    expect(received[0]?.ssrc).not.toBe(first.phone.audio.sent.at(0).ssrc);
  });

  it('never reaches a call that was given up on before it had audio', async () => {
    const first = await dial();
    first.phone.audio.say(toneVoice(tones.first));
    const known = local.incoming.length;
    const dialling = RawCall.dial(local.udp.port, { formats: '8 101' });
    const { call } = await until('the call', () => local.incoming[known]);
    const opening = new AbortController();
    const connected = local.endpoint.connect(first.call, call, {}, opening);
    opening.abort();
    await expect(connected).rejects.toThrow(InvalidStateError);
    await expect(local.endpoint.connect(first.call, call, {}, opening)).rejects.toThrow(InvalidStateError);
    call.answer();
    const phone = await dialling;
    phone.aim(phone.audio, 'PCMA');
    const second = { phone, call, digits: [] };
    legs.push(second);
    second.phone.audio.say(toneVoice(tones.second));
    await local.endpoint.connect(second.call, first.call);
    await until('the other direction', () => first.phone.audio.received.length > 60);
    expectHears('the second', second.phone.audio.heard(1000), { present: [], absent: [tones.first] });
  });

  it('reaches a listener from both, in one unbroken stream', async () => {
    const { first, second } = await talk();
    first.phone.audio.say(toneVoice(tones.first));
    const moderator = await dial();
    moderator.phone.audio.say(toneVoice(tones.moderator));
    for (const { call } of [first, second]) await local.endpoint.connect(call, moderator.call);
    await packets(moderator, 10);
    expectUnbroken(await packets(moderator, 60));
    expectHears('the moderator', moderator.phone.audio.heard(1000), {
      present: [tones.first, tones.second],
      absent: [tones.moderator],
    });
  });

  it('has no seam where a moderator starts and stops whispering, and the other direction is untouched', async () => {
    const { first, second } = await talk();
    second.phone.audio.say(unique);
    first.phone.audio.say(toneVoice(tones.first));
    second.phone.audio.say(toneVoice(tones.second));
    const moderator = await dial();
    moderator.phone.audio.say(toneVoice(tones.moderator));
    for (const { call } of [first, second]) await local.endpoint.connect(call, moderator.call);
    await packets(first, 20);
    const start = first.phone.audio.received.length;
    await packets(first, 30);
    const whisper = await local.endpoint.connect(moderator.call, first.call);
    await packets(first, 20);
    await packets(first, 60);
    expectHears('the member', first.phone.audio.heard(1000), {
      present: [tones.second, tones.moderator],
      absent: [tones.first],
    });
    expectHears('the other party', second.phone.audio.heard(1000), {
      present: [tones.first],
      absent: [tones.second, tones.moderator],
    });
    await whisper.close();
    await packets(first, 5);
    expectRelayed(second, await packets(first, 20));
    const received = first.phone.audio.received.since(0).slice(start);
    expectUnbroken(received);
    expect(largestStep(received)).toBeLessThan(steepest(tones.second) + steepest(tones.moderator) + 1000);
  });

  it('loses only what was lost on the way in', async () => {
    const { first, second } = await talk();
    await packets(second, 10);
    first.phone.audio.lose(0.2);
    const received = await packets(second, 80);
    expectRelayed(first, received);
    const numbers = received.map(({ sequence }) => sequence);
    const span = ((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)) & 0xffff;
    expect(span / received.length).toBeGreaterThan(1.15);
    for (const [index, { timestamp }] of received.entries()) {
      const before = received[index - 1];
      const places = before ? ((numbers[index] ?? 0) - before.sequence) & 0xffff : 0;
      if (before) expect((timestamp - before.timestamp) >>> 0).toBe(places * frameTicks);
    }
  });

  it('is translated to the other law where the phones differ, at its own pace', async () => {
    const [first, second] = [await dial(), await dial('0 101', 'PCMU')];
    first.phone.audio.say(toneVoice(tones.first));
    second.phone.audio.say(toneVoice(tones.second));
    await join(first, second);
    await packets(second, 10);
    const received = await packets(second, 60);
    expect(new Set(received.map(({ payloadType }) => payloadType))).toEqual(new Set([0]));
    expectUnbroken(received);
    expectHears('the one in µ-law', second.phone.audio.heard(1000), { present: [tones.first], absent: [tones.second] });
    expectHears('the one in A-law', first.phone.audio.heard(1000), { present: [tones.second], absent: [tones.first] });
  });

  it('does not carry keys, which are reported instead, but carries those that we send', async () => {
    const { first, second } = await talk();
    await packets(second, 10);
    const start = second.phone.audio.received.length;
    await first.phone.audio.pressKeys('17', 100);
    await until('both keys', () => first.digits.length === 2);
    await packets(second, 20);
    const received = second.phone.audio.received.since(0).slice(start);
    expect(received.filter(({ payloadType }) => payloadType === 101)).toEqual([]);
    for (const [index, { sequence }] of received.entries())
      if (index > 0) expect(sequence).toBe(((received[index - 1]?.sequence ?? 0) + 1) & 0xffff);
    await second.call.sendDigits('29');
    await until('our keys', () => second.phone.audio.digitsReceived === '29');
    expectRelayed(first, await packets(second, 20));
    expect(second.phone.audio.received.since(0).every(({ ssrc }) => ssrc === received[0]?.ssrc)).toBe(true);
  });

  it('continues after hold, and in another codec after a re-INVITE', async () => {
    const renegotiations = 3;
    const { first, second } = await talk();
    first.phone.audio.say(toneVoice(tones.first));
    await packets(second, 20);
    expect(await first.phone.renegotiate('8 101', 'sendonly')).toBe(200);
    const before = first.phone.audio.received.length;
    await packets(second, 70);
    expect(first.phone.audio.received.length - before).toBeLessThan(5);
    expectHears('the one on hold', second.phone.audio.heard(1000), { present: [tones.first], absent: [tones.second] });
    expect(await first.phone.renegotiate('8 101')).toBe(200);
    await packets(first, 70);
    expectHears('the one who resumed', first.phone.audio.heard(1000), {
      present: [tones.second],
      absent: [tones.first],
    });
    expectHears('the other', second.phone.audio.heard(1000), { present: [tones.first], absent: [tones.second] });
    expect(await first.phone.renegotiate('0 101')).toBe(200);
    first.phone.aim(first.phone.audio, 'PCMU');
    await packets(second, 70);
    expectHears('the other', second.phone.audio.heard(1000), { present: [tones.first], absent: [tones.second] });
    expectHears('the one who changed', first.phone.audio.heard(1000), {
      present: [tones.second],
      absent: [tones.first],
    });
    const all = second.phone.audio.received.since(0);
    expect(new Set(all.map(({ ssrc }) => ssrc)).size).toBe(1);
    const steps = all.slice(1).map(({ sequence }, index) => (sequence - (all[index]?.sequence ?? 0)) & 0xffff);
    // A packet that comes while the media are being made anew is lost.
    expect(Math.max(...steps)).toBeLessThanOrEqual(2);
    expect(steps.filter((step) => step === 2).length).toBeLessThanOrEqual(renegotiations);
    expect(Math.min(...steps)).toBe(1);
  });

  it('ends with either call, and the other party can talk to somebody else', async () => {
    const { first, second } = await talk();
    await packets(second, 20);
    first.call.hangUp();
    await first.call.ended;
    const third = await dial();
    third.phone.audio.say(toneVoice(tones.moderator));
    await join(third, second);
    await packets(second, 70);
    expectHears('the one who stayed', second.phone.audio.heard(1000), { present: [tones.moderator], absent: [] });
    const all = second.phone.audio.received.since(0);
    for (const [index, { sequence }] of all.entries())
      if (index > 0) expect(sequence).toBe(((all[index - 1]?.sequence ?? 0) + 1) & 0xffff);
  });

  it('comes only from the parties: a stranger’s packets do not get through', async () => {
    const { first, second } = await talk();
    await packets(second, 20);
    const stranger = await RtpSession.open('127.0.0.2');
    sessions.push(stranger);
    stranger.say(toneVoice(tones.moderator));
    first.phone.aim(stranger);
    await until('packets of the stranger', () => stranger.sent.length > 30);
    expectRelayed(first, await packets(second, 20));
  });

  it('is reported to each phone in RTCP of its own, with what was really sent', async () => {
    const { first, second } = await talk();
    const rtcp = createSocket('udp4');
    rtcp.bind(second.phone.audio.port + 1, second.phone.audio.address);
    await once(rtcp, 'listening');
    const reports: { ssrc: number; timestamp: number; packets: number; received: number }[] = [];
    rtcp.on('message', (report) => {
      if (report[1] !== 200) return;
      const { audio } = second.phone;
      const [ssrc, timestamp, count] = [report.readUInt32BE(4), report.readUInt32BE(16), report.readUInt32BE(20)];
      reports.push({ ssrc, timestamp, packets: count, received: audio.received.length });
    });
    await until('two sender reports', () => reports.length >= 2);
    rtcp.close();
    const newest = second.phone.audio.received.since(0).at(-1);
    const report = reports.at(-1);
    expect(report?.ssrc).toBe(newest?.ssrc);
    expect(Math.abs((report?.packets ?? 0) - (report?.received ?? Number.NaN))).toBeLessThan(3);
    expect(Math.abs(((newest?.timestamp ?? 0) - (report?.timestamp ?? 0)) | 0)).toBeLessThan(8000);
    expect(first.call.statistics()?.received.packets).toBeGreaterThan(300);
  });
});

/** Of a sine of -12 dBFS. */
function steepest(hertz: number): number {
  return (32768 * 10 ** (-12 / 20) * 2 * Math.PI * hertz) / 8000;
}

function largestStep(packets: readonly PacketRecord[]): number {
  const samples = packets.flatMap(({ payload }) => [...decodeG711('PCMA', payload)]);
  return Math.max(...samples.slice(1).map((sample, index) => Math.abs(sample - (samples[index] ?? 0))));
}
