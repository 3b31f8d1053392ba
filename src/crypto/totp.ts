import { createHmac, timingSafeEqual } from 'node:crypto';

/** Codes of an authenticator app (RFC 6238 with its usual values: SHA-1, 30 s, six digits). */
const stepMs = 30_000;
const digits = 6;
/** How many steps the two clocks may be apart. */
const tolerance = 1;

/**
 * The step that a code belongs to; null if that is not about now, or not after the last one used: no code opens twice.
 * @param now Milliseconds since 1970.
 * @param lastUsed the latest step whose code was used; null if none was.
 */
export function totpStep(secret: Buffer, code: string, now: number, lastUsed: number | null): number | null {
  const present = Math.floor(now / stepMs);
  const steps = Array.from({ length: 2 * tolerance + 1 }, (_, index) => present - tolerance + index);
  // All are looked at, so that the time taken says nothing.
  const matching = steps.filter((step) => step >= 0 && isEqual(totpCode(secret, step), code));
  return matching.find((step) => lastUsed === null || step > lastUsed) ?? null;
}

/** The latest step whose code can be used now. */
export const latestStep = (now: number): number => Math.floor(now / stepMs) + tolerance;

/** RFC 4226 section 5.3. */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** What an authenticator app reads from a QR code. */
export function totpAddress(secret: Buffer, user: string): string {
  const label = encodeURIComponent(`Modcall:${user}`);
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Modcall`;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 without padding, as authenticator apps want a secret typed in. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

function isEqual(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
