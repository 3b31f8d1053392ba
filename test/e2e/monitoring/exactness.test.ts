import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { noise } from '../../support/audio/tones.js';
import { moderate, OfficePhone, officeSettings, pins, talk, tones, untilHears } from '../../support/office.js';
import { sampleVoice } from '../../support/rtp/voice.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

/** Octets of 20 ms and of 10 ms of G.711. */
const frameOctets = 160;
const pieceOctets = 80;
const packetsPerPhase = 150;
/** A packet that came too late on a busy machine is made up for by the jitter buffer, with or without a listener. */
const exactShare = 0.9;

/** Each packet of noise is unlike any other, so that a payload says which packet it is. */
const unique = sampleVoice(noise(7, -12, 10_000).samples);

describe('what the parties hear while someone listens', () => {
  let appliance: Appliance;
  let phones: OfficePhone[];

  beforeAll(async () => {
    appliance = await Appliance.start(await officeSettings());
    phones = [];
    for (const number of ['100', '101', '102']) phones.push(await OfficePhone.register(appliance, number));
  });
  afterAll(async () => {
    for (const phone of phones) phone.close();
    await appliance.remove();
  });

  it('is octet for octet what the other party said: before, when someone joins, during and after', async () => {
    const [moderatorPhone, memberPhone, otherPhone] = phones as [OfficePhone, OfficePhone, OfficePhone];
    const { caller, callee } = await talk(memberPhone, otherPhone);
    caller.audio.say(unique);
    const phase = async () => {
      const before = callee.audio.received.length;
      await until('more packets', () => callee.audio.received.length >= before + packetsPerPhase);
      return shareOfSent(caller, callee, before);
    };
    await phase();
    expect(await phase(), 'before').toBeGreaterThan(exactShare);
    const moderator = await moderate(moderatorPhone, `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [tones[102] ?? 0], absent: [tones[100] ?? 0] });
    expect(await phase(), 'while someone listens').toBeGreaterThan(exactShare);
    moderator.hangUp();
    expect(await phase(), 'after').toBeGreaterThan(exactShare);
    await moderatorSpeaks(moderatorPhone, phase);
    expect(callee.requestsReceived).toEqual([]);
    caller.hangUp();
  });
});

/** A moderator who whispers to the one who receives changes every packet: the measure would show it. */
async function moderatorSpeaks(phone: OfficePhone, phase: () => Promise<number>): Promise<void> {
  const moderator = await moderate(phone, `${pins[100]}#101#6`);
  await phase();
  expect(await phase(), 'while someone barges in').toBeLessThan(1 - exactShare);
  moderator.hangUp();
}

/**
 * Which share of the audio since the given packet is, octet for octet, what the other side sent. The box may cut packets anew, so
 * pieces of 10 ms are looked for anywhere in what was sent.
 */
function shareOfSent(from: SipCall, to: SipCall, since: number): number {
  const audio = (records: ReturnType<typeof from.audio.sent.since>) =>
    Buffer.concat(records.filter(({ payload }) => payload.length === frameOctets).map(({ payload }) => payload));
  const sent = audio(from.audio.sent.since(0));
  const received = audio(to.audio.received.since(0).slice(since));
  const pieces = Array.from({ length: received.length / pieceOctets }, (_, index) =>
    received.subarray(index * pieceOctets, (index + 1) * pieceOctets),
  );
  return pieces.filter((piece) => sent.includes(piece)).length / pieces.length;
}
