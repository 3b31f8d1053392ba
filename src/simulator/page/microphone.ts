/** Why nobody hears the person at the page. */
export type MicrophoneTrouble = 'denied' | 'missing' | 'failed';

/** A line carries speech unaltered: only the echo of the computer's own loudspeaker is removed. */
const constraints = { echoCancellation: true, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

/** The microphone of the computer, or why there is none. */
export type Opened = MediaStream | MicrophoneTrouble;

/** Asks the browser, which may ask the person. */
export async function openMicrophone(): Promise<Opened> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: constraints });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError') return 'denied';
    return name === 'NotFoundError' ? 'missing' : 'failed';
  }
}
