/** Control characters, line ends of all kinds, and what no text can have in it. */
const unprintable = /[\p{Cc}\u2028\u2029\p{Cs}\ufffe\uffff]+/gu;

/** One line of text, whatever it was: nothing in it can begin another line. */
export const plainText = (value: string): string => value.replace(unprintable, ' ').trim();
