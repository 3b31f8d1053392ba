import type { ExtensionNumber } from './ids.js';

/** What the lamp of a key of a phone shows. From the one that counts least to the one that counts most. */
export const busyLampOrder = ['idle', 'held', 'talking', 'ringing'] as const;
export type BusyLamp = (typeof busyLampOrder)[number];

/** Lets in a moderator who asks for that, keyed in the call or dialled; a phone that watches it is told of the listening to its own calls. */
export const letInCode = '*1';

/** What a lamp tells of: the calls of an extension, or the listening to them. */
export type LampSubject = ExtensionNumber | ListeningTo;
export type ListeningTo = `${typeof letInCode}/${string}`;

export const listeningTo = (extension: string): ListeningTo => `${letInCode}/${extension}`;
