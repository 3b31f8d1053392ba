import { clip, Oscillator, samplesPerFrame } from './oscillator.js';

const frameMs = 20;

/** One end of the audio, in frames of 160 samples at 8 kHz. */
export interface SoundEnd {
  /** The frame that came from there next; undefined when none has. */
  next(): Int16Array | undefined;
  /** Takes a frame there. */
  send(frame: Int16Array): void;
}

/**
 * The sound of one line: between the host, which has the line's sound channel, and the mouth and ear of the person at its
 * other end. Nothing passes while the line is on hook.
 */
export class Sound {
  /** A tone that the person makes. */
  readonly voice = new Oscillator();
  /** A tone of the telephone's keys, or of the exchange. */
  readonly line = new Oscillator();
  /** A tone for the ear of the person alone. */
  readonly ear = new Oscillator();
  readonly #host: SoundEnd;
  readonly #person: SoundEnd;
  readonly #isConnected: () => boolean;
  #timer: NodeJS.Timeout | undefined;

  constructor(host: SoundEnd, person: SoundEnd, isConnected: () => boolean) {
    this.#host = host;
    this.#person = person;
    this.#isConnected = isConnected;
  }

  start(): void {
    const began = performance.now();
    let frames = 0;
    const tick = () => {
      frames += 1;
      this.#pass();
      this.#timer = setTimeout(tick, Math.max(0, began + frames * frameMs - performance.now()));
    };
    tick();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #pass(): void {
    const spoken = mixed(this.#person.next());
    const played = mixed(this.#host.next());
    this.voice.addTo(spoken);
    this.line.addTo(spoken);
    const isConnected = this.#isConnected();
    this.#host.send(isConnected ? spoken : silence);
    const heard = isConnected ? played : silence.slice();
    this.ear.addTo(heard);
    this.#person.send(heard);
  }
}

const silence = new Int16Array(samplesPerFrame);

function mixed(frame: Int16Array | undefined): Int16Array {
  return frame ? frame.map(clip) : new Int16Array(samplesPerFrame);
}
