import { fromText, fromUnsigned, joinBytes, toUnsigned } from './bytes.js';
import { fromGroups, type TypingMistake, toGroups } from './grouped-text.js';
import {
  areHardwareIdGroups,
  type HardwareId,
  hardwareIdGroups,
  readHardwareId,
  withoutHardwareIdPrefix,
} from './hardware-id.js';
import type { Licence } from './licence.js';
import { groupsOfLicenceFile } from './licence-file.js';
import { readPayload, writePayload } from './licence-payload.js';

/** Ed25519 (RFC 8032), given as a value so that this room needs no library. The public key has 32 bytes, the signature 64. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
/** Signs with the vendor's private key. */
export type Sign = (message: Uint8Array) => Uint8Array;

/** Whose signatures are trusted, and how they are verified. */
export interface Trust {
  readonly publicKeys: readonly Uint8Array[];
  readonly verifySignature: VerifySignature;
}

export type KeyReading =
  | { readonly ok: true; readonly licence: Licence }
  | { readonly ok: false; readonly problem: KeyProblem };

/** Why a text is not a licence key. */
export type KeyProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'notText' }
  | { readonly kind: 'notALicenceKey' }
  | { readonly kind: 'hardwareIdInstead'; readonly id?: HardwareId }
  | { readonly kind: 'typingMistake'; readonly mistake: TypingMistake }
  | { readonly kind: 'incomplete'; readonly groups: number }
  | { readonly kind: 'notSigned' }
  | { readonly kind: 'newerFormat' }
  | { readonly kind: 'unreadable' };

export const licenceKeyPrefix = 'ML1';
/** A file or text larger than this is refused unread. Key with 50 hardware IDs: about 5 KiB. */
export const largestLicenceText = 64 * 1024;
export const signatureBytes = 64;
/** Mixed into the check characters. */
const purpose = 0;
const signedDomain = fromText('modcall-licence-1\n');
const lengthBytes = 2;

/** The licence as text: `ML1-` and groups of five characters. */
export function writeLicenceKey(licence: Licence, sign: Sign): string {
  const payload = writePayload(licence);
  const signature = sign(joinBytes(signedDomain, payload));
  const bytes = joinBytes(fromUnsigned(payload.length, lengthBytes), payload, signature);
  return `${licenceKeyPrefix}-${toGroups(bytes, purpose)}`;
}

/** A key that was typed or pasted in any way, in its printed form; undefined if it has mistakes. */
export function plainLicenceKey(text: string): string | undefined {
  const read = readKeyText(text);
  return 'kind' in read ? undefined : `${licenceKeyPrefix}-${toGroups(read.bytes, purpose)}`;
}

/** Reads a licence key as typed, pasted, scanned, or as the contents of a licence file. */
export function readLicenceKey(text: string, trust: Trust): KeyReading {
  const read = readKeyText(text);
  return 'kind' in read ? refused(read) : readSigned(read.bytes, trust);
}

function readKeyText(text: string): { readonly bytes: Uint8Array } | KeyProblem {
  if (text.length > largestLicenceText) return { kind: 'tooLarge' };
  const typed = groupsOfLicenceFile(text);
  if (hasControlCharacters(typed)) return { kind: 'notText' };
  if (typed.trim() === '') return { kind: 'empty' };
  const body = /^\s*M\s*[L1I]\s*[1IL][\s\p{Pd}]*(.*)$/isu.exec(typed)?.[1];
  if (body === undefined) return withoutKeyPrefix(typed);
  if (areHardwareIdGroups(body)) return { kind: 'hardwareIdInstead' };
  const groups = fromGroups(body, purpose);
  return groups.ok ? { bytes: groups.bytes } : { kind: 'typingMistake', mistake: groups.mistake };
}

function withoutKeyPrefix(typed: string): KeyProblem {
  const body = withoutHardwareIdPrefix(typed);
  if (body === undefined || body.length > hardwareIdGroups * 8) return { kind: 'notALicenceKey' };
  const reading = readHardwareId(typed);
  return reading.ok ? { kind: 'hardwareIdInstead', id: reading.id } : { kind: 'hardwareIdInstead' };
}

function readSigned(bytes: Uint8Array, trust: Trust): KeyReading {
  const payloadEnd = lengthBytes + toUnsigned(bytes.slice(0, lengthBytes));
  const signatureEnd = payloadEnd + signatureBytes;
  if (bytes.length < signatureEnd) return refused({ kind: 'incomplete', groups: Math.ceil((bytes.length * 8) / 20) });
  if (!isPadding(bytes.slice(signatureEnd))) return refused({ kind: 'notSigned' });
  const payload = bytes.slice(lengthBytes, payloadEnd);
  const message = joinBytes(signedDomain, payload);
  const signature = bytes.slice(payloadEnd, signatureEnd);
  const isSigned = trust.publicKeys.some((publicKey) => trust.verifySignature(publicKey, message, signature));
  if (!isSigned) return refused({ kind: 'notSigned' });
  const reading = readPayload(payload);
  return reading.ok ? reading : refused({ kind: reading.problem });
}

/** A last group that is not full is padded with zeros, by less than its 20 bits. */
function isPadding(spare: Uint8Array): boolean {
  return spare.length <= 2 && spare.every((byte) => byte === 0);
}

function refused(problem: KeyProblem): KeyReading {
  return { ok: false, problem };
}

/** Text has line ends and tabs, but no other control characters; a replacement character means that it was not UTF-8. */
function hasControlCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: telling binary from text is the purpose
  return /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(text);
}
