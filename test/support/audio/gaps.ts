import type { SipCall } from '../sip/call.js';
import { toneLevel } from './tones.js';

const audibleDbfs = -30;

/** The longest run of 20 ms frames since the moment (by `performance.now`) in which the party did not hear the tone (Hz). */
export function longestGap({ audio }: SipCall, frequency: number, since: number): number {
  const { sampleRate, samples } = audio.heard(performance.now() - since);
  const frame = sampleRate / 50;
  let [longest, current] = [0, 0];
  for (let start = 0; start + frame <= samples.length; start += frame) {
    const level = toneLevel({ sampleRate, samples: samples.subarray(start, start + frame) }, frequency);
    current = level > audibleDbfs ? 0 : current + 1;
    longest = Math.max(longest, current);
  }
  return longest;
}
