import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../src/node-pjsua2/src/index.js';
import { expectHears } from '../support/audio/hearing.js';
import { noise } from '../support/audio/tones.js';
import type { PacketRecord } from '../support/rtp/packet-log.js';
import { sampleVoice, toneVoice } from '../support/rtp/voice.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall, type RawOffer } from './support/raw-call.js';

interface Leg {
  readonly phone: RawCall;
  readonly call: Call;
}

const g722 = 9;
const tones = { first: 450, second: 700, moderator: 950 };
/** Any octets are G.722, and no payload of these is like another. */
const unique = sampleVoice(noise(7, -12, 10_000).samples);

/** Phones of different codecs and frame lengths; what is heard of the codecs themselves is tested in C++ and end to end. */
describe('audio between calls that differ', () => {
  let local: LocalEndpoint;
  const legs: Leg[] = [];

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA', 'PCMU', 'G722'] });
  });
  afterAll(() => local.close());
  afterEach(async () => {
    for (const { phone, call } of legs.splice(0)) {
      await phone.hangUp();
      await call.ended;
    }
  });

  const dial = async (offer: RawOffer = {}): Promise<Leg> => {
    const known = local.incoming.length;
    const dialling = RawCall.dial(local.udp.port, { formats: '8 101', ...offer });
    const { call } = await until('the call', () => local.incoming[known]);
    call.answer();
    const leg = { phone: await dialling, call };
    legs.push(leg);
    return leg;
  };

  const dialG722 = async (): Promise<Leg> => {
    const leg = await dial({ formats: '9 101' });
    leg.phone.aim(leg.phone.audio, 'PCMA', g722);
    leg.phone.audio.say(unique);
    return leg;
  };

  const join = async (one: Leg, other: Leg): Promise<void> => {
    await local.endpoint.connect(one.call, other.call);
    await local.endpoint.connect(other.call, one.call);
  };

  const packets = async ({ phone }: Leg, count: number): Promise<readonly PacketRecord[]> => {
    const before = phone.audio.received.length;
    await until(`${count} packets`, () => phone.audio.received.length >= before + count);
    return phone.audio.received.since(0).slice(before);
  };

  const expectUnbroken = (received: readonly PacketRecord[], ticks = 160) => {
    for (const [index, packet] of received.entries()) {
      const before = received[index - 1];
      if (!before) continue;
      expect(packet.ssrc).toBe(before.ssrc);
      expect(packet.sequence).toBe((before.sequence + 1) & 0xffff);
      expect((packet.timestamp - before.timestamp) >>> 0).toBe(ticks);
    }
  };

  /** The share of the payloads that the other side sent just so. */
  const relayedShare = (from: Leg, received: readonly PacketRecord[]): number => {
    const text = ({ payload }: PacketRecord) => Buffer.from(payload).toString('hex');
    const sent = new Set(from.phone.audio.sent.since(0).map(text));
    return received.filter((packet) => sent.has(text(packet))).length / received.length;
  };

  it('is one packet per packet where one has G.722 and the other A-law', async () => {
    const [narrow, wide] = [await dial(), await dialG722()];
    narrow.phone.audio.say(toneVoice(tones.first));
    await join(narrow, wide);
    await packets(wide, 10);
    const received = await packets(wide, 60);
    expect(new Set(received.map(({ payloadType }) => payloadType))).toEqual(new Set([g722]));
    expect(new Set(received.map(({ payload }) => payload.length))).toEqual(new Set([160]));
    expectUnbroken(received);
    expectUnbroken(await packets(narrow, 60));
  });

  it('keeps its tone from codec to codec and back', async () => {
    const [first, second] = [await dial(), await dial()];
    const [wide, alsoWide] = [await dialG722(), await dialG722()];
    first.phone.audio.say(toneVoice(tones.first));
    await local.endpoint.connect(first.call, wide.call);
    await packets(wide, 10);
    // What the first of the phones with G.722 hears, the other one says.
    alsoWide.phone.audio.say({
      frame: () => wide.phone.audio.received.at(wide.phone.audio.received.length - 1).payload,
    });
    await local.endpoint.connect(alsoWide.call, second.call);
    await packets(second, 80);
    expectHears('the one at the end', second.phone.audio.heard(1000), { present: [tones.first], absent: [] });
  });

  it('is reframed where the frame lengths differ', async () => {
    const [short, long] = [await dial(), await dial({ ptimeMs: 30 })];
    short.phone.audio.say(toneVoice(tones.first));
    long.phone.audio.say(toneVoice(tones.second));
    await join(short, long);
    await packets(long, 10);
    const received = await packets(long, 60);
    expect(new Set(received.map(({ payload }) => payload.length))).toEqual(new Set([240]));
    expectUnbroken(received, 240);
    await packets(short, 60);
    expectHears('the one with short frames', short.phone.audio.heard(1000), {
      present: [tones.second],
      absent: [tones.first],
    });
  });

  it('of two with G.722 is re-encoded only for the party to whom a moderator with A-law whispers, and only meanwhile', async () => {
    const [first, second, moderator] = [await dialG722(), await dialG722(), await dial()];
    moderator.phone.audio.say(toneVoice(tones.moderator));
    await join(first, second);
    await packets(first, 10);
    const start = first.phone.audio.received.length;
    expect(relayedShare(second, await packets(first, 30))).toBe(1);
    const whisper = await local.endpoint.connect(moderator.call, first.call);
    await packets(first, 5);
    const otherStart = second.phone.audio.received.length;
    expect(relayedShare(second, await packets(first, 40))).toBe(0);
    expect(relayedShare(first, second.phone.audio.received.since(0).slice(otherStart))).toBe(1);
    await whisper.close();
    await packets(first, 10);
    expect(relayedShare(second, await packets(first, 30))).toBe(1);
    expectUnbroken(first.phone.audio.received.since(0).slice(start));
  });
});
