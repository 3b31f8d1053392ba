/** A line carries speech unaltered: only the echo of the computer's own loudspeaker is removed. */
const audio = { echoCancellation: true, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

/** The microphone of the browser, which is open only while somebody is to hear it. */
export class Microphone {
  /** Browsers give it to pages over https only. */
  static readonly isPossible = 'mediaDevices' in navigator;

  #context: AudioContext | null = null;
  #silence: MediaStreamTrack | null = null;
  #open: MediaStream | null = null;

  /** A track without sound: a telephone that sent nothing at all would be taken for dead. */
  silence(): MediaStreamTrack | null {
    this.#context ??= new AudioContext();
    this.#silence ??= this.#context.createMediaStreamDestination().stream.getAudioTracks()[0] ?? null;
    return this.#silence;
  }

  /** Asks the person where they have not allowed it yet; rejects where they refuse. */
  async open(): Promise<MediaStreamTrack | null> {
    this.#open ??= await navigator.mediaDevices.getUserMedia({ audio });
    return this.#open.getAudioTracks()[0] ?? null;
  }

  mute(): void {
    for (const track of this.#open?.getTracks() ?? []) track.stop();
    this.#open = null;
  }

  close(): void {
    this.mute();
    void this.#context?.close();
    this.#context = null;
  }
}
