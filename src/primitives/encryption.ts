/** Whether the sound of calls is encrypted (SRTP): never, where the other side can, or in any case. */
export const encryptions = ['off', 'offered', 'required'] as const;
export type Encryption = (typeof encryptions)[number];
