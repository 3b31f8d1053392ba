import { verifySignature } from '../crypto/ed25519.js';
import { fromHex } from '../licensing/bytes.js';
import type { Trust } from '../licensing/licence-key.js';
import { vendorKeys } from '../licensing/vendor-keys.js';

/** Whose signatures this build of the product accepts. */
export const vendorTrust: Trust = {
  publicKeys: vendorKeys.map((key) => {
    const bytes = fromHex(key);
    if (bytes?.length !== 32) throw new Error('src/licensing/vendor-keys.ts: each key must be 64 hexadecimal digits');
    return bytes;
  }),
  verifySignature,
};
