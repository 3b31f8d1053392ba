import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { Sha256 } from '../licensing/hardware-id.js';
import type { Sign, VerifySignature } from '../licensing/licence-key.js';
import type { SshKeyPair } from './ssh-ed25519.js';

export const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** False for anything but a signature of that key, in whatever form. */
export const verifySignature: VerifySignature = (publicKey, message, signature) => {
  try {
    return verify(null, message, toPublicKey(publicKey), signature);
  } catch {
    return false;
  }
};

export function signWith(privateKey: KeyObject): Sign {
  return (message) => sign(null, message, privateKey);
}

export function makeKeyPair(): { readonly privateKey: KeyObject; readonly publicKey: Buffer } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

/** 32 bytes. */
export function publicKeyOf(privateKey: KeyObject): Buffer {
  return Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
}

export function makeSshKeyPair(): SshKeyPair {
  const { privateKey, publicKey } = makeKeyPair();
  return { seed: Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'), publicKey };
}

function toPublicKey(bytes: Uint8Array): KeyObject {
  const x = Buffer.from(bytes).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
