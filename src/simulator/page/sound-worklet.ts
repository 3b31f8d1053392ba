import { frameSamples } from './messages.js';
import { Resampler } from './resampler.js';

/** Runs on the browser's audio thread and converts between the line's 8 kHz and the browser's rate. */

const lineRate = 8000;

/** How much sound is buffered against jitter, and from how much on some is dropped, in samples of the line. */
const cushion = 480;
const mostWaiting = 1600;

/** Plays the frames (Int16Array) that are posted to it. */
class Earpiece extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(lineRate, sampleRate);
  #isPlaying = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<Int16Array>) => {
      this.#resampler.write(Float32Array.from(data, (sample) => sample / 32768));
      if (this.#resampler.waiting > mostWaiting) this.#resampler.skip(this.#resampler.waiting - cushion);
    };
  }

  process(_: readonly Float32Array[][], [output]: readonly Float32Array[][]): boolean {
    const channel = output?.[0];
    if (!channel) return true;
    this.#isPlaying ||= this.#resampler.waiting >= cushion;
    for (let index = 0; index < channel.length && this.#isPlaying; index++) {
      const sample = this.#resampler.read();
      this.#isPlaying = sample !== undefined;
      channel[index] = sample ?? 0;
    }
    return true;
  }
}

/** Posts a frame (Int16Array) whenever one is full. */
class Microphone extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(sampleRate, lineRate);
  #frame = new Int16Array(frameSamples);
  #filled = 0;

  process([input]: readonly Float32Array[][]): boolean {
    const channel = input?.[0];
    if (!channel) return true;
    this.#resampler.write(channel);
    for (let sample = this.#resampler.read(); sample !== undefined; sample = this.#resampler.read()) this.#add(sample);
    return true;
  }

  #add(sample: number): void {
    this.#frame[this.#filled] = Math.max(-32768, Math.min(32767, Math.round(sample * 32767)));
    this.#filled += 1;
    if (this.#filled < frameSamples) return;
    this.port.postMessage(this.#frame, [this.#frame.buffer]);
    this.#frame = new Int16Array(frameSamples);
    this.#filled = 0;
  }
}

registerProcessor('earpiece', Earpiece);
registerProcessor('microphone', Microphone);
