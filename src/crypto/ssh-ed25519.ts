import { randomBytes } from 'node:crypto';

/** An Ed25519 key pair in SSH's own terms. */
export interface SshKeyPair {
  /** 32 bytes, from which the pair is derived. */
  readonly seed: Buffer;
  /** 32 bytes. */
  readonly publicKey: Buffer;
}

const algorithm = 'ssh-ed25519';
const magic = Buffer.from('openssh-key-v1\0');
const begin = '-----BEGIN OPENSSH PRIVATE KEY-----';
const end = '-----END OPENSSH PRIVATE KEY-----';
const blockSize = 8;
const keyLength = 32;

/** The public key as SSH sends it and takes its fingerprint (RFC 8709 section 4). */
export function publicKeyBlob(publicKey: Buffer): Buffer {
  return Buffer.concat([asString(Buffer.from(algorithm)), asString(publicKey)]);
}

/** One line of a `.pub` file. */
export function publicKeyLine(publicKey: Buffer, comment: string): string {
  return `${algorithm} ${publicKeyBlob(publicKey).toString('base64')} ${comment}\n`;
}

/** The public key's 32 bytes; undefined if the line has none of this kind. */
export function readPublicKeyLine(line: string): Buffer | undefined {
  const [name, base64 = ''] = line.trim().split(/\s+/);
  if (name !== algorithm) return undefined;
  return publicKeyInBlob(Buffer.from(base64, 'base64'));
}

/** An unencrypted private key file as `ssh-keygen` writes it (OpenSSH's PROTOCOL.key). */
export function writePrivateKeyFile({ seed, publicKey }: SshKeyPair, comment: string): string {
  const check = randomBytes(4);
  const blob = publicKeyBlob(publicKey);
  const secret = Buffer.concat([
    check,
    check,
    blob,
    asString(Buffer.concat([seed, publicKey])),
    asString(Buffer.from(comment)),
  ]);
  const padding = Buffer.from(Array.from({ length: -secret.length & (blockSize - 1) }, (_, index) => index + 1));
  const none = asString(Buffer.from('none'));
  const file = Buffer.concat([
    magic,
    none,
    none,
    asString(Buffer.alloc(0)),
    asLength(1),
    asString(blob),
    asString(Buffer.concat([secret, padding])),
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return `${[begin, ...lines, end].join('\n')}\n`;
}

/** Undefined if the text is not an unencrypted Ed25519 private key file. */
export function readPrivateKeyFile(text: string): SshKeyPair | undefined {
  const [, base64] = new RegExp(`${begin}([A-Za-z0-9+/=\\s]+)${end}`).exec(text) ?? [];
  const file = Buffer.from(base64 ?? '', 'base64');
  if (!file.subarray(0, magic.length).equals(magic)) return undefined;
  const outer = new Reader(file.subarray(magic.length));
  const [cipher, , , count, , secret] = [
    outer.string(),
    outer.string(),
    outer.string(),
    outer.length(),
    outer.string(),
    outer.string(),
  ];
  if (cipher?.toString() !== 'none' || count !== 1 || !secret) return undefined;
  return keyPairIn(new Reader(secret));
}

function keyPairIn(inner: Reader): SshKeyPair | undefined {
  const [check, sameCheck] = [inner.length(), inner.length()];
  const [name, publicKey, pair] = [inner.string(), inner.string(), inner.string()];
  if (check === undefined || check !== sameCheck || name?.toString() !== algorithm) return undefined;
  if (publicKey?.length !== keyLength || pair?.length !== 2 * keyLength) return undefined;
  if (!pair.subarray(keyLength).equals(publicKey)) return undefined;
  return { seed: pair.subarray(0, keyLength), publicKey };
}

function publicKeyInBlob(blob: Buffer): Buffer | undefined {
  const reader = new Reader(blob);
  const [name, publicKey] = [reader.string(), reader.string()];
  return name?.toString() === algorithm && publicKey?.length === keyLength ? publicKey : undefined;
}

function asString(bytes: Buffer): Buffer {
  return Buffer.concat([asLength(bytes.length), bytes]);
}

function asLength(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Reads SSH's data types (RFC 4251 section 5); undefined past the end. */
class Reader {
  private offset = 0;

  constructor(private readonly bytes: Buffer) {}

  length(): number | undefined {
    if (this.offset + 4 > this.bytes.length) return undefined;
    const value = this.bytes.readUInt32BE(this.offset);
    this.offset += 4;
    return value;
  }

  string(): Buffer | undefined {
    const length = this.length();
    if (length === undefined || this.offset + length > this.bytes.length) return undefined;
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }
}
