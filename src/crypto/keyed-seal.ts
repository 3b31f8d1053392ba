import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a key of the box seals, so that one file cannot be passed off as another. */
export type KeyedPurpose = 'evaluations';

export const sealKeyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

const aadOf = (purpose: KeyedPurpose): Buffer => Buffer.from(`modcall-keyed-seal-1 ${purpose}`);

/** Encrypts with a key of the box (AES-256-GCM): a copy of the file alone tells nothing, and a changed one is noticed. */
export function sealWith(key: Buffer, text: string, purpose: KeyedPurpose): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aadOf(purpose));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), data]);
}

/** Null for what was not sealed with that key for that purpose. */
export function unsealWith(key: Buffer, sealed: Buffer, purpose: KeyedPurpose): string | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const options = { authTagLength: tagBytes };
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), options);
  decipher.setAAD(aadOf(purpose)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const data = decipher.update(sealed.subarray(nonceBytes + tagBytes));
    return Buffer.concat([data, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
