/**
 * Two-letter country of the installation (ISO 3166-1, lower case): decides emergency numbers and tones. It is never guessed: `unknown` until
 * a person has chosen it.
 */
export type Country = 'de' | 'us' | 'gb' | 'unknown';
