import { dirname } from 'node:path';
import { makeSshKeyPair } from '../crypto/ed25519.js';
import {
  publicKeyBlob,
  publicKeyLine,
  readPrivateKeyFile,
  readPublicKeyLine,
  type SshKeyPair,
  writePrivateKeyFile,
} from '../crypto/ssh-ed25519.js';
import { hasCode, makeFolder, writeDurably } from '../store/files/durable-file.js';
import { FileTooLarge, NotAFile, readRegular } from '../store/files/regular-file.js';
import { IdentityError } from './identity-error.js';

/** Where the key for the hardware ID may be. */
export interface HostKeyPaths {
  /** Private key file of Modcall's own; its public half is beside it with `.pub`. */
  readonly own: string;
  /** Private key file of the SSH server; only its `.pub` is read, except for a backup. */
  readonly system: string;
}

export interface HostKey {
  /** As SSH sends it. */
  readonly publicBlob: Uint8Array;
  /** Private key file. */
  readonly path: string;
  readonly isNew: boolean;
}

export const systemHostKey = '/etc/ssh/ssh_host_ed25519_key';
const comment = 'modcall';
/** In bytes; a key of this kind has a few hundred. */
const largestKeyFile = 64 * 1024;

/**
 * The key in use: Modcall's own if there is one (restored, or made before an SSH server was installed, so that installing one does not
 * change the hardware ID), else the SSH server's, else a new one of its own.
 * @throws IdentityError for a damaged key: a new one in its place would silently change the hardware ID.
 */
export async function findOrMakeHostKey({ own, system }: HostKeyPaths): Promise<HostKey> {
  const pair = await readOwnKey(own);
  if (pair) return { publicBlob: publicKeyBlob(pair.publicKey), path: own, isNew: false };
  const publicKey = await readSystemKey(`${system}.pub`);
  if (publicKey) return { publicBlob: publicKeyBlob(publicKey), path: system, isNew: false };
  const made = makeSshKeyPair();
  await writeHostKey(own, made);
  return { publicBlob: publicKeyBlob(made.publicKey), path: own, isNew: true };
}

/** The private key's file text, for a backup. */
export async function readPrivateHostKey(path: string): Promise<string> {
  const text = await readKeyFile(path);
  if (text === undefined || !readPrivateKeyFile(text))
    throw new IdentityError({ code: 'identity.keyDamaged', params: { path } });
  return text;
}

/** The public half first: a private key without it would count as complete. */
export async function writeHostKey(path: string, pair: SshKeyPair): Promise<void> {
  await makeFolder(dirname(path));
  await writeDurably(`${path}.pub`, publicKeyLine(pair.publicKey, comment));
  await writeDurably(path, writePrivateKeyFile(pair, comment));
}

async function readOwnKey(path: string): Promise<SshKeyPair | undefined> {
  const text = await readKeyFile(path);
  if (text === undefined) return undefined;
  const pair = readPrivateKeyFile(text);
  if (!pair) throw new IdentityError({ code: 'identity.keyDamaged', params: { path } });
  return pair;
}

async function readSystemKey(path: string): Promise<Buffer | undefined> {
  const line = await readKeyFile(path);
  if (line === undefined) return undefined;
  const publicKey = readPublicKeyLine(line);
  if (!publicKey) throw new IdentityError({ code: 'identity.keyDamaged', params: { path } });
  return publicKey;
}

/** Undefined when there is no such file. */
async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    return await readRegular(path, largestKeyFile);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (error instanceof NotAFile || error instanceof FileTooLarge)
      throw new IdentityError({ code: 'identity.keyNotAFile', params: { path } }, { cause: error });
    throw new IdentityError({ code: 'identity.keyNotReadable', params: { path } }, { cause: error });
  }
}
