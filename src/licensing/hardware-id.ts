import { fromText, joinBytes, sameBytes } from './bytes.js';
import { type CpuFacts, canonicalCpuFacts } from './cpu-facts.js';
import { fromGroups, type TypingMistake, toGroups } from './grouped-text.js';

/** SHA-256, given as a value so that this room needs no library. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * Identifies one board with one host key. The two digests are side by side, so that two IDs show which part differs. The key's digest is
 * the longer one, since it is what distinguishes boxes.
 */
export interface HardwareId {
  /** What the digests are made of; the first version could not tell all boards apart. */
  readonly version: HardwareIdVersion;
  /** 5 bytes. */
  readonly cpu: Uint8Array;
  /** 10 bytes. */
  readonly key: Uint8Array;
}

/** That of a box as far as the box knows it: a slow disk has not given it yet, or it cannot be found out. */
export type KnownHardwareId = HardwareId | 'unread' | undefined;

export type HardwareIdVersion = 1 | 2;

export type IdPart = 'cpu' | 'key';

export type HardwareIdReading =
  | { readonly ok: true; readonly id: HardwareId }
  | { readonly ok: false; readonly problem: HardwareIdProblem };

export type HardwareIdProblem =
  | { readonly kind: 'wrongPrefix' }
  | { readonly kind: 'typingMistake'; readonly mistake: TypingMistake }
  | { readonly kind: 'wrongLength'; readonly groups: number };

/** Of the present version. */
export const hardwareIdPrefix = 'MH2';
export const hardwareIdGroups = 6;
export const hardwareIdBytes = 15;
const cpuBytes = 5;
/** Mixed into the check characters, so that an ID is never taken for one of another version. */
const purposes: Readonly<Record<HardwareIdVersion, number>> = { 1: 0b10101, 2: 0b01101 };

/** The ID of version 1. @param hostKey The public key as SSH sends it (RFC 4253 section 6.6), without the comment: that holds the host name. */
export function hardwareIdFrom(facts: CpuFacts, hostKey: Uint8Array, sha256: Sha256): HardwareId {
  return hardwareIdOf(1, fromText(canonicalCpuFacts(facts)), hostKey, sha256);
}

export function hardwareIdOf(
  version: HardwareIdVersion,
  facts: Uint8Array,
  hostKey: Uint8Array,
  sha256: Sha256,
): HardwareId {
  const key = sha256(joinBytes(fromText('modcall-key-1\n'), hostKey)).slice(0, hardwareIdBytes - cpuBytes);
  return { version, cpu: sha256(facts).slice(0, cpuBytes), key };
}

/** As shown to people: `MH2-`, or `MH1-` of the first version, and six groups of five characters. */
export function hardwareIdText(id: HardwareId): string {
  return `MH${id.version}-${toGroups(hardwareIdToBytes(id), purposes[id.version])}`;
}

export function hardwareIdToBytes(id: HardwareId): Uint8Array {
  return joinBytes(id.cpu, id.key);
}

/** Undefined unless there are exactly 15 bytes. */
export function hardwareIdFromBytes(bytes: Uint8Array, version: HardwareIdVersion): HardwareId | undefined {
  if (bytes.length !== hardwareIdBytes) return undefined;
  return { version, cpu: bytes.slice(0, cpuBytes), key: bytes.slice(cpuBytes) };
}

/** Reads an ID that a person typed or pasted. */
export function readHardwareId(text: string): HardwareIdReading {
  const [, digit, body] = prefixed.exec(text) ?? [];
  if (digit === undefined || body === undefined) return { ok: false, problem: { kind: 'wrongPrefix' } };
  const version = /[2Z]/i.test(digit) ? 2 : 1;
  const groups = fromGroups(body, purposes[version]);
  if (!groups.ok) return { ok: false, problem: { kind: 'typingMistake', mistake: groups.mistake } };
  const id = hardwareIdFromBytes(groups.bytes, version);
  if (!id) return { ok: false, problem: { kind: 'wrongLength', groups: Math.ceil((groups.bytes.length * 8) / 20) } };
  return { ok: true, id };
}

/** Digits may be taken for the letters that look like them. */
const prefixed = /^\s*M\s*H\s*([1IL2Z])[\s\p{Pd}]*(.*)$/isu;

/** The text after `MH2` or `MH1`; undefined if it does not begin with either. */
export function withoutHardwareIdPrefix(text: string): string | undefined {
  return prefixed.exec(text)?.[2];
}

/** Whether these are the groups of a hardware ID, whatever precedes them. */
export function areHardwareIdGroups(body: string): boolean {
  return Object.values(purposes).some((purpose) => {
    const groups = fromGroups(body, purpose);
    return groups.ok && groups.bytes.length === hardwareIdBytes;
  });
}

export function sameHardwareId(left: HardwareId, right: HardwareId): boolean {
  return left.version === right.version && differentParts(left, right).length === 0;
}

/** Which ID of a box to compare another ID with: one of the same version, with the fewest different parts. */
export function comparableId(ids: readonly HardwareId[], other: HardwareId): HardwareId | undefined {
  return ids
    .filter(({ version }) => version === other.version)
    .sort((a, b) => differentParts(a, other).length - differentParts(b, other).length)[0];
}

/** Which parts of two IDs of one version differ. */
export function differentParts(left: HardwareId, right: HardwareId): IdPart[] {
  const parts: IdPart[] = ['cpu', 'key'];
  return parts.filter((part) => !sameBytes(left[part], right[part]));
}
