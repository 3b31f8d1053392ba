import { fromText, joinBytes, sameBytes } from './bytes.js';
import { type CpuFacts, canonicalCpuFacts } from './cpu-facts.js';
import { fromGroups, type TypingMistake, toGroups } from './grouped-text.js';

/** SHA-256, given as a value so that this room needs no library. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * Identifies one board with one host key. The two digests stand side by side, so that it shows which part of two IDs differs.
 * The key's digest is the long one: it is what keeps boxes apart.
 */
export interface HardwareId {
  /** 5 bytes. */
  readonly cpu: Uint8Array;
  /** 10 bytes. */
  readonly key: Uint8Array;
}

export type IdPart = 'cpu' | 'key';

export type HardwareIdReading =
  | { readonly ok: true; readonly id: HardwareId }
  | { readonly ok: false; readonly problem: HardwareIdProblem };

export type HardwareIdProblem =
  | { readonly kind: 'wrongPrefix' }
  | { readonly kind: 'typingMistake'; readonly mistake: TypingMistake }
  | { readonly kind: 'wrongLength'; readonly groups: number };

export const hardwareIdPrefix = 'MH1';
export const hardwareIdGroups = 6;
export const hardwareIdBytes = 15;
const cpuBytes = 5;
/** Mixed into the check characters. */
const purpose = 0b10101;

/** @param hostKey The public key as SSH sends it (RFC 4253 section 6.6), without the comment: that holds the host name. */
export function hardwareIdFrom(facts: CpuFacts, hostKey: Uint8Array, sha256: Sha256): HardwareId {
  const cpu = sha256(fromText(canonicalCpuFacts(facts))).slice(0, cpuBytes);
  const key = sha256(joinBytes(fromText('modcall-key-1\n'), hostKey)).slice(0, hardwareIdBytes - cpuBytes);
  return { cpu, key };
}

/** As shown to people: `MH1-` and six groups of five characters. */
export function hardwareIdText(id: HardwareId): string {
  return `${hardwareIdPrefix}-${toGroups(hardwareIdToBytes(id), purpose)}`;
}

export function hardwareIdToBytes(id: HardwareId): Uint8Array {
  return joinBytes(id.cpu, id.key);
}

/** Undefined when there are not exactly 15 bytes. */
export function hardwareIdFromBytes(bytes: Uint8Array): HardwareId | undefined {
  if (bytes.length !== hardwareIdBytes) return undefined;
  return { cpu: bytes.slice(0, cpuBytes), key: bytes.slice(cpuBytes) };
}

/** Reads an ID that a person typed or pasted. */
export function readHardwareId(text: string): HardwareIdReading {
  const body = withoutHardwareIdPrefix(text);
  if (body === undefined) return { ok: false, problem: { kind: 'wrongPrefix' } };
  const groups = fromGroups(body, purpose);
  if (!groups.ok) return { ok: false, problem: { kind: 'typingMistake', mistake: groups.mistake } };
  const id = hardwareIdFromBytes(groups.bytes);
  if (!id) return { ok: false, problem: { kind: 'wrongLength', groups: Math.ceil((groups.bytes.length * 8) / 20) } };
  return { ok: true, id };
}

/** The text after `MH1`; undefined when it does not begin so. */
export function withoutHardwareIdPrefix(text: string): string | undefined {
  return /^\s*M\s*H\s*[1IL][\s\p{Pd}]*(.*)$/isu.exec(text)?.[1];
}

/** True for the groups of a hardware ID, whatever stands before them. */
export function areHardwareIdGroups(body: string): boolean {
  const groups = fromGroups(body, purpose);
  return groups.ok && groups.bytes.length === hardwareIdBytes;
}

export function sameHardwareId(left: HardwareId, right: HardwareId): boolean {
  return differentParts(left, right).length === 0;
}

/** Which parts of two IDs differ. */
export function differentParts(left: HardwareId, right: HardwareId): IdPart[] {
  const parts: IdPart[] = ['cpu', 'key'];
  return parts.filter((part) => !sameBytes(left[part], right[part]));
}
