/** What the lamp of a key that watches an extension shows. From the one that counts least to the one that counts most. */
export const busyLampOrder = ['idle', 'held', 'talking', 'ringing'] as const;
export type BusyLamp = (typeof busyLampOrder)[number];
