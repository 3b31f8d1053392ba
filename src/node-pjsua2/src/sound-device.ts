/** Where to get a line's sound: 8 kHz, 16 bit, mono. */
export type SoundDevice =
  /** A unix stream socket on which the device listens: frames of 20 ms (320 bytes, little endian), both ways at the device's pace. */
  | { readonly socket: string }
  /** Names of ALSA devices, which may be the same. */
  | { readonly capture: string; readonly playback: string };
