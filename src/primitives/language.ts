/** In which the box speaks and writes. */
export type Language = 'de' | 'en';
