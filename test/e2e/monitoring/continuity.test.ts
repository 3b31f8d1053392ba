import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { longestGap } from '../../support/audio/gaps.js';
import { toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const moderatorTone = toneOf('100');
const memberTone = toneOf('101');
const otherTone = toneOf('102');
/** What a busy machine may do to the pace of 20 ms, far from the second of silence that a wrong barge-in makes. */
const longestGapFrames = 25;

describe('the audio of a call', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    office = await RunningOffice.open();
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  // Daisy guide: barging in puts the customer on silence for a second.
  it('has no gap for the parties while the moderator changes from mode to mode and leaves', async () => {
    const { member, other, moderator } = await office.listening();
    const start = performance.now();
    for (const [key, heard] of [
      ['5', [moderatorTone]],
      ['6', [moderatorTone]],
      ['4', []],
      ['6', [moderatorTone]],
    ] as const) {
      await moderator.pressKeys(key, 'rfc4733');
      await untilHears('member', member, { present: [otherTone, ...heard], absent: [memberTone] });
    }
    moderator.hangUp();
    await untilHears('other', other, { present: [memberTone], absent: [moderatorTone, otherTone] });
    expect(longestGap(other, memberTone, start), 'gap for the other party').toBeLessThan(longestGapFrames);
    expect(longestGap(member, otherTone, start), 'gap for the member').toBeLessThan(longestGapFrames);
  });

  // asterisk #851: of a leg with 15 % loss the listener got 85 % of the audio. To the other party loss passes as loss: what is
  // missing has its place in time there, too.
  it.each([0, 0.05, 0.15])('lasts as long for the listener as for the parties with a loss of %d', async (loss) => {
    const { member, other, moderator } = await office.listening();
    member.audio.lose(loss);
    const calls = [other, moderator];
    const before = calls.map(({ audio }) => audio.received.length);
    const start = performance.now();
    await until('four seconds of audio', () => other.audio.received.length >= (before[0] ?? 0) + 200);
    const frames = (performance.now() - start) / 20;
    const [packetsOfOther, packetsOfModerator] = calls.map(
      ({ audio }, index) => audio.received.length - (before[index] ?? 0),
    );
    expect(packetsOfModerator).toBeGreaterThan(0.95 * frames);
    expect(packetsOfOther).toBeGreaterThan(0.95 * (1 - loss) * frames);
    expect(framesSince(other, before[0] ?? 0)).toBeGreaterThan(0.95 * frames);
    await untilHears('moderator', moderator, { present: [memberTone, otherTone], absent: [moderatorTone] });
    await untilHears('other', other, { present: [memberTone], absent: [otherTone, moderatorTone] });
  });
});

/** How long the audio lasts from a packet on, by its timestamps: in frames of 20 ms. */
function framesSince({ audio }: SipCall, index: number): number {
  const first = audio.received.at(index).timestamp;
  const last = audio.received.at(audio.received.length - 1).timestamp;
  return ((last - first) >>> 0) / 160 + 1;
}
