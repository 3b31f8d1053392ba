import { createCipheriv, createHmac } from 'node:crypto';

const headerBytes = 12;
const tagBytes = 10;

/** Encrypts the first packets of a stream by AES_CM_128_HMAC_SHA1_80 (RFC 3711), without our own code. */
export class SrtpStream {
  readonly #key: Buffer;
  readonly #salt: Buffer;
  readonly #authenticator: Buffer;

  constructor(masterKey: Buffer, masterSalt: Buffer) {
    const derive = (label: number, octets: number) => {
      const vector = Buffer.concat([masterSalt, Buffer.alloc(2)]);
      vector.writeUInt8(vector.readUInt8(7) ^ label, 7);
      return createCipheriv('aes-128-ctr', masterKey, vector).update(Buffer.alloc(octets));
    };
    this.#key = derive(0, 16);
    this.#authenticator = derive(1, 20);
    this.#salt = derive(2, 14);
  }

  /** A packet of PCMA. Its number counts from 0, and begins nothing anew. */
  packet(number: number, payload: Uint8Array): Buffer {
    const header = Buffer.alloc(headerBytes);
    header.writeUInt16BE(0x8008);
    header.writeUInt16BE(number, 2);
    header.writeUInt32BE(number * payload.length, 4);
    header.writeUInt32BE(1, 8);
    const vector = Buffer.concat([this.#salt, Buffer.alloc(2)]);
    vector.writeUInt8(vector.readUInt8(7) ^ 1, 7); // the source
    vector.writeUInt16BE(vector.readUInt16BE(12) ^ number, 12);
    const secret = createCipheriv('aes-128-ctr', this.#key, vector).update(payload);
    const tag = createHmac('sha1', this.#authenticator).update(header).update(secret).update(Buffer.alloc(4)).digest();
    return Buffer.concat([header, secret, tag.subarray(0, tagBytes)]);
  }
}
