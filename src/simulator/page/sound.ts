import { Bell } from './bell.js';
import { type MicrophoneTrouble, openMicrophone } from './microphone.js';
import worklet from './sound-worklet.ts?worker&url';

/** Sound starts with the first touch of the page: browsers stay silent before. */
export type SoundState =
  | { readonly state: 'off' }
  | { readonly state: 'on'; readonly microphone: 'open' | 'asking' | MicrophoneTrouble }
  /** The browser allows no sound on pages from an origin like this one's. */
  | { readonly state: 'impossible' };

interface Studio {
  readonly context: AudioContext;
  readonly earpiece: AudioWorkletNode;
  readonly bell: Bell;
}

/** Ear and mouth of the person: the loudspeaker and the microphone of the computer. */
export class Sound {
  readonly #onFrame: (frame: Int16Array<ArrayBuffer>) => void;
  readonly #onChange: () => void;
  #studio: Promise<Studio> | undefined;
  #playing: Studio | undefined;
  #isImpossible = false;
  #microphoneIs: 'open' | 'asking' | MicrophoneTrouble = 'asking';
  #microphone: MediaStream | undefined;
  #isTalking = false;

  /** `onFrame` takes what the microphone hears while talking, in frames of 160 samples at 8 kHz. */
  constructor(onFrame: (frame: Int16Array<ArrayBuffer>) => void, onChange: () => void) {
    this.#onFrame = onFrame;
    this.#onChange = onChange;
  }

  /** Only the browser knows whether sound is on: it may suspend it by itself, which a copy of the state would miss. */
  get state(): SoundState {
    if (this.#isImpossible) return { state: 'impossible' };
    if (this.#playing?.context.state !== 'running') return { state: 'off' };
    return { state: 'on', microphone: this.#microphoneIs };
  }

  /** Turns sound on, and asks for the microphone. Must be called in response to a user action. */
  async turnOn(): Promise<void> {
    if (this.state.state === 'on') return;
    try {
      this.#studio ??= openStudio(this.#onChange);
      this.#playing = await this.#studio;
      await this.#playing.context.resume();
    } catch {
      this.#isImpossible = true;
      this.#onChange();
      return;
    }
    this.#onChange();
    await this.#openMicrophone(this.#playing.context);
  }

  async turnOff(): Promise<void> {
    this.talk(false);
    await this.#playing?.context.suspend();
  }

  /** A frame for the earpiece: 160 samples at 8 kHz. */
  play(frame: Int16Array<ArrayBuffer>): void {
    this.#playing?.earpiece.port.postMessage(frame, [frame.buffer]);
  }

  /** The microphone is open only while talking. */
  talk(isTalking: boolean): void {
    this.#isTalking = isTalking;
    for (const track of this.#microphone?.getTracks() ?? []) track.enabled = isTalking;
  }

  ring(isOn: boolean): void {
    this.#playing?.bell.ring(isOn);
  }

  async #openMicrophone(context: AudioContext): Promise<void> {
    const opened = this.#microphone ?? (await openMicrophone());
    this.#microphoneIs = opened instanceof MediaStream ? 'open' : opened;
    if (opened instanceof MediaStream && !this.#microphone) this.#plugIn(opened, context);
    this.#onChange();
  }

  #plugIn(microphone: MediaStream, context: AudioContext): void {
    const node = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Int16Array<ArrayBuffer>>) => {
      if (this.#isTalking) this.#onFrame(data);
    };
    context.createMediaStreamSource(microphone).connect(node);
    this.#microphone = microphone;
    this.talk(this.#isTalking);
  }
}

/** Rejects if the browser gives no sound: it does so only on pages from this computer, or over TLS. */
async function openStudio(onChange: () => void): Promise<Studio> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  context.addEventListener('statechange', onChange);
  await context.audioWorklet.addModule(worklet);
  const earpiece = new AudioWorkletNode(context, 'earpiece', { numberOfInputs: 0, outputChannelCount: [1] });
  earpiece.connect(context.destination);
  return { context, earpiece, bell: new Bell(context) };
}
