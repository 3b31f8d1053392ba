import type { Digit } from '../primitives/keys.js';

/** DTMF (ITU-T Q.23), in Hz. */
const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477, 1633] as const;
const keypad = '123A456B789C*0#D';

/** The two tones of a key, in Hz. */
export function keyTones(digit: Digit): readonly number[] {
  const index = keypad.indexOf(digit);
  return [rows[Math.floor(index / columns.length)], columns[index % columns.length]].filter(
    (frequency) => frequency !== undefined,
  );
}
