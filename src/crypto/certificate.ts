import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import * as der from './der.js';

/** The names and addresses by which the box is reached. */
export interface ReachedBy {
  /** Host names, as in `modcall.local`. */
  readonly names: readonly string[];
  /** IP addresses. */
  readonly addresses: readonly string[];
}

/** As much of it as a certificate names. */
export function certified({ names, addresses }: ReachedBy): ReachedBy {
  const kept = [...new Set(names.map((name) => name.toLowerCase()))].slice(0, mostNames);
  return { names: kept, addresses: [...new Set(addresses)].slice(0, mostNames - kept.length) };
}

const dayMs = 24 * 3_600_000;
/** Browsers accept no longer validity of a certificate that no authority issued (825 days), and phones reload theirs at a restart. */
export const lifetimeMs = 398 * dayMs;
/** Before its end, so that a box that is switched off over a holiday does not come back with an old one. */
export const renewedBeforeMs = 60 * dayMs;
/** Clocks of phones may be behind. */
const earlierMs = 2 * dayMs;
/** Browsers and phones look at the alternative names instead. */
const commonName = 'Modcall';
/** More than any box has; a certificate should fit in a few packets. */
const mostNames = 32;

const oids = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** ECDSA P-256: quick on a small board, and known to every phone that has TLS 1.2. */
export function makeCertificateKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

/** A certificate that the box has issued for itself, in PEM form. */
export function selfSigned(privateKey: KeyObject, reachedBy: ReachedBy, now: number): string {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const algorithm = der.sequence(der.oid(oids.ecdsaWithSha256));
  const name = der.sequence(der.set(der.sequence(der.oid(oids.commonName), der.utf8(commonName))));
  const version3 = der.inContext(0, der.integer(Buffer.from([2])));
  const content = der.sequence(
    version3,
    der.integer(serialNumber()),
    algorithm,
    name,
    der.sequence(der.utcTime(now - earlierMs), der.utcTime(now + lifetimeMs)),
    name,
    publicKey,
    der.inContext(3, der.sequence(...extensions(publicKey, reachedBy))),
  );
  const certificate = der.sequence(content, algorithm, der.bitString(sign('sha256', content, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `${['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n')}\n`;
}

/** Positive, never zero, and without needless zeros at its beginning. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes;
}

function extensions(publicKey: Buffer, reachedBy: ReachedBy): readonly Buffer[] {
  const keyId = createHash('sha1').update(publicKey).digest();
  const digitalSignature = der.bitString(Buffer.from([0x80]), 7);
  const purposes = der.sequence(der.oid(oids.serverAuth), der.oid(oids.clientAuth));
  return [
    extension(oids.basicConstraints, true, der.sequence()),
    extension(oids.keyUsage, true, digitalSignature),
    extension(oids.extendedKeyUsage, false, purposes),
    extension(oids.subjectKeyIdentifier, false, der.octetString(keyId)),
    extension(oids.subjectAltName, false, der.sequence(...alternativeNames(certified(reachedBy)))),
  ];
}

function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  return der.sequence(der.oid(id), ...(isCritical ? [der.boolean(true)] : []), der.octetString(value));
}

/** RFC 5280 section 4.2.1.6. */
function alternativeNames({ names, addresses }: ReachedBy): readonly Buffer[] {
  const ofNames = names.map((name) => der.plainInContext(2, Buffer.from(name, 'ascii')));
  const ofAddresses = addresses.map((address) => der.plainInContext(7, addressBytes(address)));
  return [...ofNames, ...ofAddresses];
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  if (!isIPv6(address) || address.includes('.')) throw new TypeError('not an IP address');
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const given = (before?.length ?? 0) + (after?.length ?? 0);
  const groups = [...(before ?? []), ...Array.from({ length: 8 - given }, () => '0'), ...(after ?? [])];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
