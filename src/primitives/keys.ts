/** The keys of a telephone (ITU-T Q.23). */
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'] as const;
export type Digit = (typeof digits)[number];

/** Whether the text is one key of a telephone. */
export function isDigit(text: string): text is Digit {
  return digits.some((digit) => digit === text);
}

/** How the keys of a telephone are learnt: its hardware reports them, or they have to be found in its audio. */
export type KeyDetection = 'reported' | 'inBand';
