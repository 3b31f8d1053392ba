import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AnalogOffice } from '../../support/analog-office.js';
import { encodeG711 } from '../../support/audio/g711.js';
import { placesOf } from '../../support/audio/place.js';
import type { Recording } from '../../support/audio/recording.js';
import { noise, sine, steadyLevel, totalLevel } from '../../support/audio/tones.js';
import { moderate, pins, talk, toneOf } from '../../support/office.js';
import { frameSamples, sampleVoice, type Voice } from '../../support/rtp/voice.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const keys = `${pins[100]}#101#`;
const longestSkewMs = 20;
/** What is said after the keys, and until the jitter buffers have settled. */
const settlingMs = 4000;
const roundMs = 700;
const rounds = 5;
/** On a busy machine a handset loses some of what it is sent. */
const fewestRounds = 3;
const windowMs = rounds * roundMs;
const burstMs = 60;
/** For a window in which nothing was held up. */
const longestWaitMs = 120_000;

/** A burst of noise in every round; each seed has its own. */
const burst = (seed: number): Int16Array => noise(seed, -6, burstMs).samples;
const patterns = { member: burst(7), other: burst(11) };

function inRounds(pattern: Int16Array): Voice {
  const round = new Int16Array((roundMs * 8000) / 1000);
  round.set(pattern);
  return sampleVoice(round);
}

const tone = (number: string, dbfs: number): Voice => sampleVoice(sine(toneOf(number), dbfs, 1000).samples);

describe.each(['SIP phone', 'handset'] as const)('what a moderator hears on a %s', (kind) => {
  let office: AnalogOffice;
  const calls: SipCall[] = [];

  beforeAll(async () => {
    office = await AnalogOffice.open('reported', ['100', '101', '102']);
  });
  afterEach(async () => {
    await office.handset.hat.tell({ do: 'hangUp' });
    for (const call of calls) call.hangUp();
    for (const call of calls.splice(0)) await until('a call to end', () => call.state === 'ended');
    await office.handset.untilQuiet();
  });
  afterAll(() => office.close());

  const memberTalks = async () => {
    const { caller: member, callee: other } = await talk(office.phone('101'), office.phone('102'));
    calls.push(member, other);
    return { member, other };
  };

  /** Begins to listen; what is heard is given back. */
  const listen = async (): Promise<(ms: number) => Recording> => {
    if (kind === 'SIP phone') {
      const moderator = await moderate(office.phone('100'), keys);
      calls.push(moderator);
      return (ms) => moderator.audio.heard(ms);
    }
    await office.handset.hat.tell({ do: 'lift' });
    await until('the prompt', () => totalLevel(office.handset.audio.heard(200)) > -40);
    await office.handset.hat.tell({ do: 'speak', frequencies: [] });
    await office.handset.hat.press(keys);
    return office.handset.audio.heard;
  };

  it('is both parties alike, however loud each is, while these hear each other as they are', async () => {
    const { member, other } = await memberTalks();
    member.audio.say(tone('101', -6));
    other.audio.say(tone('102', -26));
    const heard = await listen();
    const levels = () => ['101', '102'].map((number) => steadyLevel(heard(400), toneOf(number)));
    const apart = () => Math.abs((levels()[0] ?? 0) - (levels()[1] ?? 0));
    await until(
      () => `both to be heard alike, at ${levels()} dBFS`,
      () => Math.min(...levels()) > -40 && apart() < 6,
    );
    expect(steadyLevel(other.audio.heard(400), toneOf('101'))).toBeCloseTo(-6, 0);
    expect(steadyLevel(member.audio.heard(400), toneOf('102'))).toBeCloseTo(-26, 0);
  });

  it(`is what both say at the same time, within ${longestSkewMs} ms`, async () => {
    const { member, other } = await memberTalks();
    member.audio.say(inRounds(patterns.member));
    other.audio.say(inRounds(patterns.other));
    const heard = await listen();
    const begin = performance.now();
    await until('enough to be heard', () => performance.now() - begin > settlingMs + windowMs);
    // A busy machine holds up a packet or the test itself; what the box does every time, it does in some window.
    let found = 'nothing';
    await until(
      () => `both at once; there was ${found}`,
      async () => {
        const recording = heard(windowMs);
        const [memberAt = [], otherAt = []] = [patterns.member, patterns.other].map((pattern) =>
          placesOf(recording, pattern),
        );
        const together = distances(memberAt, otherAt);
        const skew = median(together) - median(distances(saidAt(member, 'member'), saidAt(other, 'other')));
        found = `${memberAt.length} and ${otherAt.length} bursts, ${skew} ms apart`;
        if (together.length >= fewestRounds && Math.abs(skew) <= longestSkewMs) return true;
        await pause(roundMs);
        return false;
      },
      longestWaitMs,
    );
  });
});

/** When the bursts were sent, in milliseconds. */
function saidAt({ audio }: SipCall, who: keyof typeof patterns): readonly number[] {
  const first = Buffer.from(encodeG711('PCMA', patterns[who].subarray(0, frameSamples)));
  return audio.sent
    .since(performance.now() - windowMs)
    .filter(({ payload }) => first.equals(payload))
    .map(({ at }) => at);
}

/** By how much each of the second comes after the one of the first in the same round. Where one of them was lost, the round does not count. */
function distances(first: readonly number[], second: readonly number[]): readonly number[] {
  return second
    .map(
      (at) =>
        at - first.reduce((nearest, other) => (Math.abs(at - other) < Math.abs(at - nearest) ? other : nearest), 0),
    )
    .filter((apart) => Math.abs(apart) < roundMs / 2);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
