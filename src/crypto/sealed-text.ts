import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

/** What a sealed file is for, so that one cannot be passed off as another. */
export type SealPurpose = 'agreement-key' | 'identity-backup' | 'vendor-private-key';

export class SealError extends Error {
  constructor(readonly problem: 'notSealed' | 'wrongPassphrase') {
    super(problem);
    this.name = 'SealError';
  }
}

const format = 'modcall-sealed-1';
/** 32 MiB and about a second on a small board; as strong as OWASP asks of scrypt. */
export const passphraseCost = { N: 2 ** 15, r: 8, p: 3 };
const saltLength = 16;
const nonceLength = 12;
const keyLength = 32;
const tagLength = 16;

const base64 = (length?: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => length === undefined || bytes.length === length);

/** Costs are bounded, so that a forged file cannot exhaust the memory. */
const sealedFile = z.strictObject({
  format: z.literal(format),
  purpose: z.string(),
  N: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 18)
    .refine((cost) => Number.isInteger(Math.log2(cost))),
  r: z.number().int().min(8).max(16),
  p: z.number().int().min(1).max(8),
  salt: base64(saltLength),
  nonce: base64(nonceLength),
  tag: base64(tagLength),
  data: base64(),
});

/** Encrypts a text with a passphrase (scrypt, AES-256-GCM); the result is JSON text. */
export async function seal(text: string, passphrase: string, purpose: SealPurpose): Promise<string> {
  const salt = randomBytes(saltLength);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', await keyFrom(passphrase, salt, passphraseCost), nonce);
  cipher.setAAD(Buffer.from(`${format} ${purpose}`));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const encoded = Object.entries({ salt, nonce, tag: cipher.getAuthTag(), data }).map(([name, bytes]) => [
    name,
    bytes.toString('base64'),
  ]);
  return `${JSON.stringify({ format, purpose, ...passphraseCost, ...Object.fromEntries(encoded) }, undefined, 2)}\n`;
}

/** @throws SealError if the text is not a sealed file for that purpose, or the passphrase does not open it. */
export async function unseal(sealed: string, passphrase: string, purpose: SealPurpose): Promise<string> {
  const file = readSealed(sealed);
  if (file.purpose !== purpose) throw new SealError('notSealed');
  const decipher = createDecipheriv('aes-256-gcm', await keyFrom(passphrase, file.salt, file), file.nonce);
  decipher.setAAD(Buffer.from(`${format} ${purpose}`));
  decipher.setAuthTag(file.tag);
  try {
    return Buffer.concat([decipher.update(file.data), decipher.final()]).toString('utf8');
  } catch {
    throw new SealError('wrongPassphrase');
  }
}

function readSealed(text: string): z.output<typeof sealedFile> {
  try {
    return sealedFile.parse(JSON.parse(text));
  } catch {
    throw new SealError('notSealed');
  }
}

/** The same passphrase typed on another keyboard may consist of other code points: NFKC makes them equal. */
export function keyFrom(passphrase: string, salt: Buffer, { N, r, p }: typeof passphraseCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 2 * 128 * N * r;
    scrypt(passphrase.normalize('NFKC'), salt, keyLength, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
