import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeSshKeyPair } from '../../../../src/crypto/ed25519.js';
import { writePrivateKeyFile } from '../../../../src/crypto/ssh-ed25519.js';
import type { BackupSource } from '../../../../src/store/backup/make-backup.js';
import { noUsers } from '../../../../src/store/users/users-schema.js';
import { sampleSettings } from '../settings/sample-settings.js';

export const now = Date.UTC(2026, 2, 4, 12);
/** Who orders a restore. */
export const by = { by: 'console', byKind: 'console' } as const;
export const source = (folder: string): BackupSource => ({
  folder,
  hostKey: join(folder, 'identity', 'ssh_host_ed25519_key'),
  hardwareId: 'TEST-ID',
  modcall: '0.1.0',
  now,
});

/** A data folder as a box leaves it, told from others by a mark; with what belongs in no backup. */
export async function fillFolder(folder: string, mark: number, prompts = 3): Promise<void> {
  const files: Record<string, string | Buffer> = {
    'settings.json': JSON.stringify({ ...sampleSettings(), ringSeconds: mark }),
    [`settings-history/${String(mark).padStart(10, '0')}.jsonl`]: `{"version":${mark}}`,
    'users.json': JSON.stringify({ ...noUsers, users: [user(mark)] }),
    'identity/ssh_host_ed25519_key': writePrivateKeyFile(makeSshKeyPair(), `box ${mark}`),
    'licence/licence.txt': `licence ${mark}`,
    'settings-history/recorded': `${mark}\n`,
    'licence/clock.json': 'signed by this box',
    'identity/box-key.pem': 'key of the record',
    'audit.jsonl': 'the record\n',
    'log/modcall.log': 'the log\n',
  };
  for (let n = 0; n < prompts; n += 1) files[`prompts/de/prompt-${mark}-${n}.wav`] = Buffer.alloc(70_000 + n, mark);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content, { mode: 0o600 });
  }
}

const user = (mark: number) => ({
  name: `admin ${mark}`,
  password: null,
  roles: ['admin' as const],
  extension: null,
  language: 'de' as const,
  secondFactor: null,
});

/** Every file below a folder with its content. */
export async function contentOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (path) => [path.slice(folder.length + 1), (await readFile(path)).toString('base64')] as const),
  );
  return Object.fromEntries(contents);
}
