import type { Encryption } from '../../primitives/encryption.js';

/** What becomes of the encryption that is wanted of a call; `keysInClear` if it cannot, because others could read its keys. */
export type PossibleEncryption = Encryption | 'keysInClear';

/** Keys go along with the signalling: where others can read that, nothing is encrypted, and what has to be is not called at all. */
export function encryptionOver(isTls: boolean, wanted: Encryption): PossibleEncryption {
  if (isTls) return wanted;
  return wanted === 'required' ? 'keysInClear' : 'off';
}

/** An emergency call goes out in any case, and is encrypted where that is possible. */
export const encryptionInEmergency = (possible: PossibleEncryption): Encryption => {
  if (possible === 'required') return 'offered';
  return possible === 'keysInClear' ? 'off' : possible;
};
