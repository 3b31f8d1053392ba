/**
 * Where to find the audio of an analog line: 8 kHz, 16 bit signed linear, mono, frames of 20 ms (320 bytes), both ways.
 * The engine plays the tones that the telephone hears; the line itself makes none.
 */
export type LineAudio =
  /** Names of ALSA devices. */
  | { readonly kind: 'alsa'; readonly capture: string; readonly playback: string }
  /** A Unix stream socket on which the line listens; frames of 320 bytes, little endian. */
  | { readonly kind: 'socket'; readonly path: string };
