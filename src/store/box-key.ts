import { createPrivateKey, type KeyObject } from 'node:crypto';
import { dirname } from 'node:path';
import { makeKeyPair, publicKeyOf, sha256, signWith, verifySignature } from '../crypto/ed25519.js';
import { dataFile } from './files/data-folder.js';
import { makeFolder, makeWay, readIfThere, setAside, writeDurably } from './files/durable-file.js';
import { FileTooLarge, NotAFile } from './files/regular-file.js';

/** What a signature is for, so that one made for one purpose is worth nothing for another. */
type Purpose =
  | 'agreement'
  | 'audit-head'
  | 'audit-entry'
  | 'audit-export'
  | 'audit-progress'
  | 'licence-clock'
  | 'last-board';

/** The key with which a box signs what it keeps. It never leaves the box; whoever can read its file can sign as the box. */
export interface BoxKey extends BoxPublicKey {
  /** In hexadecimal digits. */
  sign(purpose: Purpose, text: string): string;
  /** Signs a note as it stands, for others to check with tools of their own: its first line begins with `modcall/`, as no other signed text does. */
  signNote(note: Uint8Array): Uint8Array;
}

export interface BoxPublicKey {
  /** 32 bytes in hexadecimal digits. */
  readonly hex: string;
  readonly bytes: Uint8Array;
  /** For people to compare: the beginning of the SHA-256 of the public key. */
  readonly fingerprint: string;
  isSigned(purpose: Purpose, text: string, signature: string): boolean;
}

export interface OpenedBoxKey {
  readonly key: BoxKey;
  /** Perhaps nothing has been signed with it yet: its public half has not been published. */
  readonly isNew: boolean;
  /** Publishes it: from now on the record has to be signed with it. */
  publish(): Promise<void>;
}

/**
 * Opens the key of a box, and makes it where there is none. A damaged one is set aside: what it signed counts as foreign then. A new one
 * stays new until it is published, so that a start that comes no further, for want of power or space, leaves nothing that looks forged.
 */
export async function openBoxKey(folder: string, now: number): Promise<OpenedBoxKey> {
  const path = dataFile(folder, 'boxKey');
  for (const name of ['boxKey', 'boxPublicKey'] as const) await makeWay(dataFile(folder, name), now);
  const text = await readIfThere(path);
  const found = text === null ? null : readPrivateKey(text);
  if (text !== null && found === null) await setAside(path, now);
  const privateKey = found ?? makeKeyPair().privateKey;
  await makeFolder(dirname(path));
  if (found === null) await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const published = dataFile(folder, 'boxPublicKey');
  const publicText = `${publicKeyOf(privateKey).toString('hex')}\n`;
  const isNew = (await readIfThere(published)) !== publicText;
  let isPublished = !isNew;
  return {
    key: boxKey(privateKey),
    isNew,
    publish: async () => {
      if (isPublished) return;
      await writeDurably(published, publicText);
      isPublished = true;
    },
  };
}

function readPrivateKey(text: string): KeyObject | null {
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** A file stands in place of the public half of the key, but is not a key. */
export class DamagedKey extends Error {
  readonly code = 'EBADKEY';
}

/**
 * Checks the signatures of a box; null if it has no key.
 * @throws DamagedKey
 */
export async function readBoxPublicKey(folder: string): Promise<BoxPublicKey | null> {
  const path = dataFile(folder, 'boxPublicKey');
  const text = await readIfThere(path).catch((error: unknown) => {
    if (error instanceof NotAFile || error instanceof FileTooLarge) return '';
    throw error;
  });
  if (text === null) return null;
  const key = publicKeyIn(text.trim());
  if (key === null) throw new DamagedKey(`${path} is not a public key`);
  return key;
}

/** What checks the signatures of the box that has this public key; null for what is none. @param hex 32 bytes in hexadecimal digits. */
export const publicKeyIn = (hex: string): BoxPublicKey | null =>
  publicKeyForm.test(hex) ? publicHalf(Buffer.from(hex, 'hex')) : null;

/** 32 bytes in hexadecimal digits. */
const publicKeyForm = /^[0-9a-f]{64}$/i;

function boxKey(privateKey: KeyObject): BoxKey {
  const sign = signWith(privateKey);
  return {
    ...publicHalf(publicKeyOf(privateKey)),
    sign: (purpose, text) => Buffer.from(sign(message(purpose, text))).toString('hex'),
    signNote: (note) => {
      if (!Buffer.from(note).toString().startsWith('modcall/')) throw new TypeError('no note of a box');
      return sign(note);
    },
  };
}

function publicHalf(publicKey: Buffer): BoxPublicKey {
  const digits = Buffer.from(sha256(publicKey)).toString('hex').slice(0, 16).toUpperCase();
  return {
    hex: publicKey.toString('hex'),
    bytes: publicKey,
    fingerprint: digits.replace(/(.{4})(?=.)/g, '$1-'),
    isSigned: (purpose, text, signature) =>
      verifySignature(publicKey, message(purpose, text), Buffer.from(signature, 'hex')),
  };
}

function message(purpose: Purpose, text: string): Buffer {
  return Buffer.from(`modcall-${purpose}-1\n${text}`);
}
