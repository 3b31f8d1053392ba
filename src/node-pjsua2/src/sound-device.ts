/** Where a line's sound is to be had: 8 kHz, 16 bit, mono. */
export type SoundDevice =
  /** A unix stream socket on which the device listens: frames of 20 ms (320 bytes, little endian), both ways at its pace. */
  | { readonly socket: string }
  /** Names of ALSA devices, which may be the same. */
  | { readonly capture: string; readonly playback: string };
