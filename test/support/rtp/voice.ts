import { encodeG711, type Law, silenceOctet } from '../audio/g711.js';
import { sine } from '../audio/tones.js';

/** What a party says, 20 ms at a time. */
export interface Voice {
  /** The payload of the frame with this number; undefined when nothing is to be sent. */
  frame(law: Law, index: number): Uint8Array | undefined;
}

/** Samples of a 20 ms frame at 8 kHz. */
export const frameSamples = 160;

/** Level of every party's tone. */
export const toneDbfs = -12;
const loopMs = 1000;

/** A steady tone of -12 dBFS; whole Hertz. */
export function toneVoice(frequency: number): Voice {
  return sampleVoice(sine(frequency, toneDbfs, loopMs).samples);
}

/** Plays 8 kHz samples over and over; what does not fill a last frame is left out. */
export function sampleVoice(samples: Int16Array): Voice {
  const frames = Math.floor(samples.length / frameSamples);
  const encoded = new Map<Law, Uint8Array>();
  return {
    frame(law, index) {
      const octets = encoded.get(law) ?? encodeG711(law, samples);
      encoded.set(law, octets);
      const start = (index % frames) * frameSamples;
      return octets.subarray(start, start + frameSamples);
    },
  };
}

/** Sends packets of silence, as a phone with an idle microphone does. */
export const silentVoice: Voice = {
  frame: (law) => silentFrames[law],
};

/** Sends nothing at all, as a muted phone with silence suppression does. */
export const absentVoice: Voice = { frame: () => undefined };

const silentFrames: Record<Law, Uint8Array> = {
  PCMU: new Uint8Array(frameSamples).fill(silenceOctet('PCMU')),
  PCMA: new Uint8Array(frameSamples).fill(silenceOctet('PCMA')),
};
