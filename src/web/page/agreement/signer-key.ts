import { scryptAsync } from '@noble/hashes/scrypt.js';
import { signedText } from '../../../agreement/signed-text.js';
import type { Document } from './agreement-data.js';

/** Whether this browser can sign at all: only pages that came by a secure connection may. */
export const canSign = (): boolean => typeof globalThis.crypto?.subtle === 'object';

/** Why a key file signed nothing. */
export class KeyFileError extends Error {
  constructor(readonly problem: 'notAKey' | 'wrongPassphrase' | 'unable') {
    super(problem);
  }
}

const format = 'modcall-sealed-1';
const purpose = 'agreement-key';
/** The same as the command line writes; what is read may differ within bounds, so that a forged file cannot exhaust the memory. */
const usualCost = { N: 2 ** 15, r: 8, p: 3 };
const bounds = { N: [2 ** 14, 2 ** 18], r: [8, 16], p: [1, 8] } as const;
const tagLength = 16;
const algorithm = { name: 'Ed25519' };

interface Sealed extends Readonly<typeof usualCost> {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** With its tag at the end. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A new key: the file to keep, sealed with a passphrase, and the public half, in hexadecimal digits. @throws KeyFileError */
export async function makeKey(passphrase: string): Promise<{ readonly file: string; readonly publicKey: string }> {
  const pair = await ableTo(async () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']));
  if (!('privateKey' in pair)) throw new KeyFileError('unable');
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const pem = `-----BEGIN PRIVATE KEY-----\n${toBase64(privateKey)}\n-----END PRIVATE KEY-----\n`;
  return { file: await sealed(pem, passphrase), publicKey: toHex(publicKey) };
}

/** The signature under a document, in hexadecimal digits; the private key leaves this function no more than the passphrase. @throws KeyFileError */
export async function signWithFile(document: Document, file: string, passphrase: string): Promise<string> {
  const pem = await unsealed(file, passphrase);
  const bytes = fromBase64(pem.replaceAll(/-----[^-]+-----|\s/g, ''));
  if (bytes === null) throw new KeyFileError('notAKey');
  const key = await ableTo(async () => crypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign']));
  const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(signedText(document)));
  return toHex(new Uint8Array(signature));
}

async function sealed(text: string, passphrase: string): Promise<string> {
  const [salt, nonce] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const key = await keyFrom(passphrase, salt, usualCost);
  const both = new Uint8Array(await crypto.subtle.encrypt(how(nonce), key, new TextEncoder().encode(text)));
  const parts = { salt, nonce, tag: both.slice(-tagLength), data: both.slice(0, -tagLength) };
  const encoded = Object.entries(parts).map(([name, bytes]) => [name, toBase64(bytes)]);
  return `${JSON.stringify({ format, purpose, ...usualCost, ...Object.fromEntries(encoded) }, undefined, 2)}\n`;
}

async function unsealed(file: string, passphrase: string): Promise<string> {
  const read = readSealed(file);
  if (read === null) throw new KeyFileError('notAKey');
  const key = await keyFrom(passphrase, read.salt, read);
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(how(read.nonce), key, read.data));
  } catch {
    throw new KeyFileError('wrongPassphrase');
  }
}

const how = (nonce: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: new TextEncoder().encode(`${format} ${purpose}`),
});

/** The same passphrase typed on another keyboard may consist of other code points: NFKC makes them equal. */
async function keyFrom(passphrase: string, salt: Uint8Array, { N, r, p }: typeof usualCost): Promise<CryptoKey> {
  const bytes = await scryptAsync(passphrase.normalize('NFKC'), salt, { N, r, p, dkLen: 32 });
  return crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Null for what is no sealed key. */
function readSealed(text: string): Sealed | null {
  const file = objectIn(text);
  const costs = (['N', 'r', 'p'] as const).map((name) => [name, boundedIn(file[name], bounds[name])] as const);
  const parts = (['salt', 'nonce', 'tag', 'data'] as const).map((name) => fromBase64(String(file[name] ?? '')));
  const [salt, nonce, tag, data] = parts;
  if (file.format !== format || file.purpose !== purpose || costs.some(([, cost]) => cost === null)) return null;
  if (!salt || !nonce || !tag || !data) return null;
  return { ...(Object.fromEntries(costs) as typeof usualCost), salt, nonce, data: joined(data, tag) };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

const boundedIn = (value: unknown, [least, most]: readonly [number, number]): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;

/** Browsers differ in what they can do, which shows only when it is tried. */
async function ableTo<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new KeyFileError(error instanceof DOMException && error.name === 'DataError' ? 'notAKey' : 'unable');
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Null for what is not base64, or is nothing. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return text === '' ? null : Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
