import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ExtensionNumber } from '../../primitives/ids.js';
import { type VisiblePinFault, visiblePinFault } from '../../primitives/pin-rules.js';

/**
 * Moderators' PINs. A PIN alone identifies the moderator, so all hashes of a box share one random salt: one slow hash of what was keyed is
 * compared with all of them. A hash is text in the PHC string format.
 */
export interface Pins {
  /** Whose PIN this is; null if it is nobody's. Takes equally long either way. */
  identify(pin: string): Promise<ExtensionNumber | null>;
}

/** Hashes of PINs by extension. */
export type PinHashes = ReadonlyMap<ExtensionNumber, string>;

/** Why a PIN cannot be set. */
export type PinFault = VisiblePinFault | 'taken';

/** 16 MiB of memory (128 * N * r bytes) and some 50 ms of a desktop's core per try. */
const cost = { N: 2 ** 14, r: 8, p: 1 };
const prefix = '$scrypt$ln=14,r=8,p=1$';
const hashBytes = 32;
const saltBytes = 16;

/** What a hash looks like: cost, salt and hash, the latter two in base64 without padding. */
export const pinHashPattern = /^\$scrypt\$ln=14,r=8,p=1\$[\w+/]{22}\$[\w+/]{43}$/;

/** @param hashes all of one salt, as the check of the settings guarantees. */
export function openPins(hashes: PinHashes): Pins {
  const salt = commonSalt(hashes);
  const stored = [...hashes].map(([number, text]) => ({ number, hash: Buffer.from(partsOf(text).hash, 'base64') }));
  // One at a time: many PINs keyed at once must take neither the memory nor the cores from the calls.
  let lastHash: Promise<unknown> = Promise.resolve();
  return {
    async identify(pin) {
      const hashing = lastHash.then(() => slowHash(pin, salt));
      lastHash = hashing.catch(() => undefined);
      const hash = await hashing;
      // Every stored hash is looked at, so that the time taken says nothing.
      const matching = stored.filter((entry) => timingSafeEqual(entry.hash, hash));
      return matching[0]?.number ?? null;
    },
  };
}

/**
 * Hash of a new PIN for an extension, to be kept in the settings.
 * @returns the text to keep, or why the PIN cannot be used.
 */
export async function hashPin(
  pin: string,
  number: ExtensionNumber,
  hashes: PinHashes,
): Promise<{ readonly ok: true; readonly hash: string } | { readonly ok: false; readonly fault: PinFault }> {
  const visible = visiblePinFault(pin, number);
  if (visible !== null) return { ok: false, fault: visible };
  const others = new Map([...hashes].filter(([other]) => other !== number));
  if ((await openPins(others).identify(pin)) !== null) return { ok: false, fault: 'taken' };
  const salt = commonSalt(hashes);
  return { ok: true, hash: `${prefix}${unpadded(salt)}$${unpadded(await slowHash(pin, salt))}` };
}

/** The salt in a hash text, as text: hashes of one box have the same. */
export function saltOf(text: string): string {
  return partsOf(text).salt;
}

function partsOf(text: string): { readonly salt: string; readonly hash: string } {
  const [, , , salt = '', hash = ''] = text.split('$');
  return { salt, hash };
}

function commonSalt(hashes: PinHashes): Buffer {
  const [first] = hashes.values();
  return first === undefined ? randomBytes(saltBytes) : Buffer.from(saltOf(first), 'base64');
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function slowHash(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, hashBytes, cost, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}
