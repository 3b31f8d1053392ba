/** In which the box speaks and writes. */
export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];
