import { effect, signal } from '@preact/signals';
import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { session } from '../api/session.js';
import { Microphone } from './microphone.js';

/** How long a browser may look for an address of its own: on the office's network it knows one at once. */
const gatherMs = 500;

/** The box takes a page for gone that says nothing for ten seconds. */
const stayEveryMs = 3000;

/** The call that is heard in this page: it goes on while the page shows other places. */
export class BrowserCall {
  readonly #connection = new RTCPeerConnection({ iceServers: [] });
  readonly #microphone = new Microphone();
  readonly #loudspeaker = document.createElement('audio');
  readonly #staying = setInterval(() => void this.#stay(), stayEveryMs);
  #isClosed = false;
  #isHeard = false;

  private constructor(
    /** Serial of the dialogue. */
    readonly session: number,
    private readonly onClosed: () => void,
  ) {
    this.#loudspeaker.autoplay = true;
    document.body.append(this.#loudspeaker);
    this.#connection.addEventListener('track', ({ track }) => {
      this.#loudspeaker.srcObject = new MediaStream([track]);
    });
    this.#connection.addEventListener('connectionstatechange', () => {
      const { connectionState } = this.#connection;
      if (connectionState === 'failed' || connectionState === 'closed') this.close();
    });
  }

  /** Picks up, and plays what the box sends. Nothing is sent but silence until somebody is to hear it. */
  static async answer(session: number, offer: string, onClosed: () => void): Promise<BrowserCall> {
    const call = new BrowserCall(session, onClosed);
    try {
      const sdp = await call.#answerTo(offer);
      // The first track that a browser makes takes it half a second: the box does not wait for it.
      await Promise.all([ask('POST', '/monitors/{session}/answer', { session, sdp }), call.#beSilent()]);
      return call;
    } catch (error) {
      call.close();
      throw error;
    }
  }

  /** Opens the microphone, which nobody hears yet. Rejects where the person or the browser refuses it. */
  async prepare(): Promise<void> {
    await this.#microphone.open();
  }

  /** Lets the microphone be heard, or no more. */
  async speak(isHeard: boolean): Promise<void> {
    if (this.#isHeard === isHeard || this.#isClosed) return;
    this.#isHeard = isHeard;
    const track = isHeard ? await this.#microphone.open() : this.#microphone.silence();
    // It may have been decided otherwise while the person was asked.
    if (this.#isHeard !== isHeard || this.#isClosed) return;
    await this.#connection.getTransceivers()[0]?.sender.replaceTrack(track);
    if (!isHeard) this.#microphone.mute();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#staying);
    this.#connection.close();
    this.#microphone.close();
    this.#loudspeaker.remove();
    this.onClosed();
  }

  /** What cannot be reached for a moment is tried again; what the box says it has ended has ended. */
  async #stay(): Promise<void> {
    const { session } = this;
    await ask('POST', '/monitors/{session}/stay', { session }).catch((error: unknown) => {
      if (asProblem(error).status === 404) this.close();
    });
  }

  async #answerTo(offer: string): Promise<string> {
    const connection = this.#connection;
    await connection.setRemoteDescription({ type: 'offer', sdp: offer });
    const [transceiver] = connection.getTransceivers();
    transceiver?.setCodecPreferences(codecs());
    if (transceiver && Microphone.isPossible) transceiver.direction = 'sendrecv';
    await connection.setLocalDescription();
    await addressFound(connection);
    return connection.localDescription?.sdp ?? '';
  }

  async #beSilent(): Promise<void> {
    if (Microphone.isPossible)
      await this.#connection.getTransceivers()[0]?.sender.replaceTrack(this.#microphone.silence());
  }
}

/** The one that there is; a person has two ears. */
export const browserCall = signal<BrowserCall | null>(null);

// To leave it is to stop listening, which may not be meant.
addEventListener('beforeunload', (event) => {
  if (browserCall.value) event.preventDefault();
});
// Whoever leaves the page, or signs out of it, hears nothing of the call any more.
addEventListener('pagehide', () => browserCall.value?.close());
effect(() => {
  if (session.value === null) browserCall.value?.close();
});

/** Answers in place of whatever was heard before. */
export async function answerHere(serial: number, offer: string): Promise<void> {
  browserCall.value?.close();
  browserCall.value = await BrowserCall.answer(serial, offer, () => {
    if (browserCall.value?.session === serial) browserCall.value = null;
  });
}

/** The one that the box speaks without transcoding; with several, it would ask which one it is to be. */
const codecs = () =>
  (RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []).filter(
    ({ mimeType }) => mimeType.toLowerCase() === 'audio/pcma',
  );

/** The first address is enough: others the box learns from what the browser sends by them (RFC 8445, 7.3.1.3). */
function addressFound(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (/^a=candidate:/m.test(connection.localDescription?.sdp ?? '')) resolve();
    };
    connection.addEventListener('icecandidate', look);
    setTimeout(resolve, gatherMs);
    look();
  });
}
