/**
 * Where the audio of an analog line is to be had: 8 kHz, 16 bit signed linear, one channel, frames of 20 ms (320 bytes), both ways.
 * Tones that the line's telephone hears are audio of the engine; the line itself makes none.
 */
export type LineAudio =
  /** Names of ALSA devices. */
  | { readonly kind: 'alsa'; readonly capture: string; readonly playback: string }
  /** A unix stream socket on which the line listens; frames of 320 bytes, little endian. */
  | { readonly kind: 'socket'; readonly path: string };
