import { createHash } from 'node:crypto';
import { sealStream } from '../../src/crypto/sealed-stream.js';

/** A backup with these files, as a Modcall would have written it that is older or newer than this one; `claims` is what its list says otherwise. */
export async function sealedBackup(
  files: Readonly<Record<string, Buffer>>,
  passphrase: string,
  claims: object = {},
): Promise<Buffer> {
  const listed = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const versions = { backup: 1, settings: 1, users: 1 };
  const made = { modcall: '0.1.0', created: new Date().toISOString(), hardwareId: null };
  const manifest = Buffer.from(JSON.stringify({ ...versions, ...made, files: listed, ...claims }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(manifest.length);
  const sealed: Buffer[] = [];
  async function* content() {
    yield* [length, manifest, ...Object.values(files)];
  }
  for await (const piece of sealStream(content(), passphrase)) sealed.push(piece);
  return Buffer.concat(sealed);
}
