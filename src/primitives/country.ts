/** Two-letter country of the installation (ISO 3166-1, lower case): decides emergency numbers and tones. */
export type Country = 'de' | 'us' | 'gb';
