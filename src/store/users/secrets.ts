import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../primitives/time.js';
import type { Token } from './users-schema.js';

/** Hash of a secret that is random and long, so that it needs no slow one. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

function isHash(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(hash, 'hex'));
}

const tokenPattern = /^modcall_([0-9a-f]{16})_([\w-]{43})$/;

/** A new token: its text is shown once, and only the hash is kept. */
export function newToken(): { readonly text: string; readonly id: string; readonly hash: string } {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { text: `modcall_${id}_${secret}`, id, hash: hashOf(secret) };
}

/** The token with this text; null if there is none. */
export function tokenOf(text: string, tokens: readonly Token[]): Token | null {
  const [, id, secret = ''] = tokenPattern.exec(text) ?? [];
  const token = tokens.find((each) => each.id === id);
  return token && isHash(secret, token.hash) ? token : null;
}

const recoveryCodes = 10;

/** Codes that replace the authenticator app, each of them once; they are shown once, and only hashes are kept. */
export function newRecoveryCodes(): { readonly texts: readonly string[]; readonly hashes: readonly string[] } {
  const texts = Array.from({ length: recoveryCodes }, () => grouped(randomBytes(8).toString('hex')));
  return { texts, hashes: texts.map((text) => hashOf(plain(text))) };
}

/** Which of these hashes is the code's; null if none is. */
export function recoveryHashOf(code: string, hashes: readonly string[]): string | null {
  const matching = hashes.filter((hash) => isHash(plain(code), hash));
  return matching[0] ?? null;
}

const grouped = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1-');
const plain = (text: string): string => text.toLowerCase().replace(/[\s-]/g, '');

/** Too many to be guessed from however many addresses (docs/decisions/0012-one-time-code.md). */
const codeDigits = 12;

/** A code with which a person at the box can become its admin, once. Digits only, because it is also read out. */
export class OneTimeCode {
  readonly text = grouped(String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0'));
  readonly #hash = hashOf(plain(this.text));

  /** @param validUntil Null for as long as the box runs. */
  constructor(private readonly validUntil: Instant | null) {}

  /** Whether it was made for a box that nobody can sign in to. */
  get isForFirstAdmin(): boolean {
    return this.validUntil === null;
  }

  isValid(now: Instant): boolean {
    return this.validUntil === null || now < this.validUntil;
  }

  is(code: string, now: Instant): boolean {
    return isHash(plain(code), this.#hash) && this.isValid(now);
  }
}
