import type { Encryption } from '../../primitives/encryption.js';

/** How a call goes out; `keysInClear` if it cannot, because others could read its keys. */
export type Protection = Encryption | 'keysInClear';

/** Keys go along with the signalling: where others can read that, nothing is encrypted, and what has to be is not called at all. */
export function protectionOver(isTls: boolean, wanted: Encryption): Protection {
  if (isTls) return wanted;
  return wanted === 'required' ? 'keysInClear' : 'off';
}

/** An emergency call goes out in any case, and is encrypted where that is possible. */
export const protectionInEmergency = (protection: Protection): Encryption => {
  if (protection === 'required') return 'offered';
  return protection === 'keysInClear' ? 'off' : protection;
};
