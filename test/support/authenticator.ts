import { totpCode } from '../../src/crypto/totp.js';

/** What the app shows, now or at another time, that was given this secret. */
export const codeOf = (secret: string, time = Date.now()): string =>
  totpCode(bytesOf(secret), Math.floor(time / 30_000));

/** What is written in base 32 (RFC 4648). */
function bytesOf(base32: string): Buffer {
  const bits = [...base32.replaceAll(/[\s=]/g, '')]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
