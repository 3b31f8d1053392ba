/** By which header a trunk is told who has forwarded a call that goes out over it (RFC 5806, RFC 7044). */
export const diversions = ['none', 'diversion', 'historyInfo'] as const;
export type Diversion = (typeof diversions)[number];
