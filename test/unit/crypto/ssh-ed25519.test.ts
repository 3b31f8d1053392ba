import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSshKeyPair } from '../../../src/crypto/ed25519.js';
import {
  publicKeyBlob,
  publicKeyLine,
  readPrivateKeyFile,
  readPublicKeyLine,
  writePrivateKeyFile,
} from '../../../src/crypto/ssh-ed25519.js';

const run = promisify(execFile);
const hasSshKeygen = await run('ssh-keygen', ['-?']).then(
  () => true,
  (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
);

const pair = makeSshKeyPair();

describe('an SSH key', () => {
  it('is read as it was written', () => {
    expect(readPrivateKeyFile(writePrivateKeyFile(pair, 'a comment'))).toEqual(pair);
    expect(readPublicKeyLine(publicKeyLine(pair.publicKey, 'a comment'))).toEqual(pair.publicKey);
  });

  it('does not depend on the comment, which holds the host name', () => {
    const line = publicKeyLine(pair.publicKey, 'root@one');
    expect(readPublicKeyLine(line.replace('root@one', 'root@two'))).toEqual(pair.publicKey);
    expect(readPublicKeyLine(line.replace(' root@one\n', ''))).toEqual(pair.publicKey);
  });

  it.each([
    ['nothing', ''],
    ['another kind', 'ssh-rsa AAAAB3NzaC1yc2E= root@x'],
    ['a public key cut off', publicKeyLine(pair.publicKey, '').slice(0, 60)],
  ])('is not made from %s', (_name, text) => {
    expect(readPublicKeyLine(text)).toBeUndefined();
    expect(readPrivateKeyFile(text)).toBeUndefined();
  });

  it('is not read from a private file that is cut off', () => {
    const [begin = '', ...lines] = writePrivateKeyFile(pair, 'x').trim().split('\n');
    const end = lines.pop() ?? '';
    const bytes = Buffer.from(lines.join(''), 'base64');
    for (let length = 0; length < bytes.length; length++) {
      const file = [begin, bytes.subarray(0, length).toString('base64'), end].join('\n');
      expect(readPrivateKeyFile(file)).toBeUndefined();
    }
  });

  it('is not read from a private file whose two public keys differ', () => {
    const bytes = Buffer.from(writePrivateKeyFile(pair, 'x').split('\n').slice(1, -2).join(''), 'base64');
    bytes[bytes.lastIndexOf(pair.publicKey)] = (pair.publicKey[0] ?? 0) ^ 1;
    const file = ['-----BEGIN OPENSSH PRIVATE KEY-----', bytes.toString('base64'), '-----END OPENSSH PRIVATE KEY-----'];
    expect(readPrivateKeyFile(file.join('\n'))).toBeUndefined();
  });
});

describe.skipIf(!hasSshKeygen)('with ssh-keygen', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-ssh-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('a key that we wrote is a key, with the same fingerprint', async () => {
    const path = join(folder, 'ours');
    await writeFile(path, writePrivateKeyFile(pair, 'modcall'), { mode: 0o600 });
    const { stdout: publicLine } = await run('ssh-keygen', ['-y', '-f', path]);
    expect(readPublicKeyLine(publicLine)).toEqual(pair.publicKey);
    const { stdout: fingerprint } = await run('ssh-keygen', ['-l', '-f', path]);
    const digest = createHash('sha256').update(publicKeyBlob(pair.publicKey)).digest('base64').replace(/=+$/, '');
    expect(fingerprint).toContain(`SHA256:${digest}`);
  });

  it('a key that it made is read', async () => {
    const path = join(folder, 'theirs');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'root@some-host', '-f', path]);
    const theirs = readPrivateKeyFile(await readFile(path, 'utf8'));
    expect(theirs?.publicKey).toEqual(readPublicKeyLine(await readFile(`${path}.pub`, 'utf8')));
  });

  it('a key with a passphrase is not', async () => {
    const path = join(folder, 'locked');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', path]);
    expect(readPrivateKeyFile(await readFile(path, 'utf8'))).toBeUndefined();
  });
});
