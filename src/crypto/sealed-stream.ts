import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { keyFrom, passphraseCost, SealError } from './sealed-text.js';

/**
 * A sealed file of any size, written and read in pieces, so that a small board need not hold it: a header with the salt, then pieces of
 * AES-256-GCM under a key from the passphrase (scrypt, at a cost that the format fixes, so that a made-up file cannot ask for more). The number of a piece is in its nonce, and whether it is the last one too (the
 * STREAM construction): pieces can be neither changed, left out, moved nor cut off at the end.
 */
const magic = Buffer.from('MODCALL-SEALED-STREAM-1\n');
const saltBytes = 16;
const pieceBytes = 64 * 1024;
const tagBytes = 16;
const headerBytes = magic.length + saltBytes;

/** Seals a stream. */
export async function* sealStream(source: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const header = Buffer.concat([magic, salt]);
  const key = await keyFrom(passphrase, salt, passphraseCost);
  yield header;
  let number = 0;
  for await (const { piece, isLast } of pieces(source, pieceBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(number, isLast)).setAAD(header);
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/**
 * Opens what `sealStream` has made. A piece that was changed yields nothing; readers must not act on any piece before the last has arrived.
 * @throws SealError
 */
export async function* unsealStream(sealed: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Buffer> {
  const reader = new PrefixReader(sealed, headerBytes);
  const header = await reader.prefix();
  if (!header?.subarray(0, magic.length).equals(magic)) throw new SealError('notSealed');
  const key = await keyFrom(passphrase, header.subarray(magic.length), passphraseCost);
  let number = 0;
  for await (const { piece, isLast } of pieces(reader.rest(), pieceBytes + tagBytes)) {
    yield opened(piece, key, nonce(number, isLast), header);
    number += 1;
  }
}

function opened(piece: Buffer, key: Buffer, iv: Buffer, header: Buffer): Buffer {
  if (piece.length < tagBytes) throw new SealError('notSealed');
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(header);
  decipher.setAuthTag(piece.subarray(piece.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(piece.subarray(0, piece.length - tagBytes)), decipher.final()]);
  } catch {
    throw new SealError('wrongPassphrase');
  }
}

/** Pieces of one size; only the last one may be shorter, and there is always a last one. */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk]);
    for (; held.length > size; held = held.subarray(size)) yield { piece: held.subarray(0, size), isLast: false };
  }
  yield { piece: held, isLast: true };
}

class PrefixReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(
    source: AsyncIterable<Uint8Array>,
    private readonly length: number,
  ) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The first bytes; undefined where there are fewer. */
  async prefix(): Promise<Buffer | undefined> {
    while (this.#held.length < this.length) {
      const { done, value } = await this.#source.next();
      if (done) return undefined;
      this.#held = Buffer.concat([this.#held, value]);
    }
    return this.#held.subarray(0, this.length);
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    yield this.#held.subarray(this.length);
    for (let next = await this.#source.next(); !next.done; next = await this.#source.next()) yield next.value;
  }
}

function nonce(number: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(number, 7);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}
