import { setTimeout as pause } from 'node:timers/promises';
import type { Codecs, Office } from '../load/office.js';
import { toneDbfs, tones } from '../load/voices.js';
import { type Summary, summarise } from '../statistics.js';

/** From the last key that a moderator presses to the first packet with the member's voice, in milliseconds. */
export interface FirstAudio {
  /** From the key's release: its first end packet (RFC 4733). */
  readonly fromRelease: Summary | undefined;
  /** From the key's press: its first packet. */
  readonly fromPress: Summary | undefined;
  /** Attempts that brought no audio in time. */
  readonly failures: number;
}

const patienceMs = 10_000;
const betweenMs = 300;

export async function measureFirstAudio(office: Office, codecs: Codecs, repetitions: number): Promise<FirstAudio> {
  await office.growTo(1, codecs);
  const [call] = office.calls;
  if (!call) throw new Error('the call to be monitored did not come about');
  call.member.stream.say(tones.member, toneDbfs);
  const release: number[] = [];
  const press: number[] = [];
  for (let turn = 0; turn < repetitions; turn += 1) {
    let heard: Promise<number | undefined> = Promise.resolve(undefined);
    const key = await office.monitor(call, 'listen', codecs.moderator, ({ stream }) => {
      heard = Promise.race([stream.awaitTone(tones.member), pause(patienceMs, undefined)]);
    });
    const at = await heard;
    if (at !== undefined) {
      release.push(at - key.ended);
      press.push(at - key.began);
    }
    for (const moderator of [...call.moderators]) await office.dismiss(call, moderator);
    await pause(betweenMs);
  }
  await office.shrinkTo(0);
  return {
    fromRelease: summarise(release),
    fromPress: summarise(press),
    failures: repetitions - release.length,
  };
}
