/** A number as the user of a SIP URI, in which `#` may not stand (RFC 3261, 25.1). */
export const sipUser = (number: string): string => number.replaceAll('#', '%23');
