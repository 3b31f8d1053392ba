import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sealStream } from '../../crypto/sealed-stream.js';
import { dataFiles } from '../files/data-folder.js';
import { hasCode } from '../files/durable-file.js';
import { currentVersion } from '../settings/settings-schema.js';
import { usersVersion } from '../users/users-schema.js';
import {
  backupVersion,
  kindOf,
  largestBackup,
  type Manifest,
  type ManifestFile,
  manifestSchema,
} from './backup-content.js';
import { BackupError } from './backup-error.js';

export const shortestPassphrase = 10;

/** What is backed up. */
export interface BackupSource {
  /** The data folder. */
  readonly folder: string;
  /** The host key in use, which may be that of the SSH server. */
  readonly hostKey: string;
  readonly hardwareId: string | null;
  readonly modcall: string;
  readonly now: number;
}

/** Name in the backup of the host key, which is kept there whoever has made it. */
const hostKeyName = 'identity/ssh_host_ed25519_key';

/**
 * Everything that makes a box what it is, sealed with a passphrase, piece by piece.
 * @throws BackupError
 */
export async function* makeBackup(source: BackupSource, passphrase: string): AsyncGenerator<Buffer> {
  requireStrong(passphrase);
  yield* sealStream(backupContent(source), passphrase);
}

/** @throws BackupError */
export function requireStrong(passphrase: string): void {
  if (passphrase.length < shortestPassphrase) throw new BackupError('weakPassphrase');
}

/** What is sealed: the length of the manifest, the manifest, and the files in the order that it lists. */
export async function* backupContent(source: BackupSource): AsyncGenerator<Buffer> {
  const files = await openAll(source);
  try {
    const listed: ManifestFile[] = [];
    for (const { path, handle, bytes } of files) listed.push({ path, bytes, sha256: await hashOf(handle, bytes) });
    const text = Buffer.from(JSON.stringify(manifest(source, listed)));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    yield Buffer.concat([length, text]);
    for (const { handle, bytes } of files) yield* read(handle, bytes);
  } finally {
    await Promise.all(files.map(({ handle }) => handle.close()));
  }
}

function manifest({ modcall, now, hardwareId }: BackupSource, files: ManifestFile[]): Manifest {
  const raw: Manifest = {
    backup: backupVersion,
    modcall,
    created: new Date(now).toISOString(),
    hardwareId,
    settings: currentVersion,
    users: usersVersion,
    files,
  };
  const { data } = manifestSchema.safeParse(raw);
  if (!data) throw new BackupError('tooLarge');
  return data;
}

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly bytes: number;
}

/**
 * Opened all at once and read later: files are replaced as a whole, so that each stays what it was at this moment, whatever the box writes
 * meanwhile.
 */
async function openAll({ folder, hostKey }: BackupSource): Promise<readonly OpenFile[]> {
  const paths = (await backedUpFiles(folder)).map((path) => ({ path, file: join(folder, path) }));
  const withKey = paths.some(({ path }) => path === hostKeyName)
    ? paths
    : [...paths, { path: hostKeyName, file: hostKey }];
  const opened: OpenFile[] = [];
  try {
    for (const { path, file } of withKey) {
      const handle = await openPlain(file);
      if (!handle) continue;
      opened.push({ path, handle, bytes: (await handle.stat()).size });
    }
    if (opened.reduce((sum, { bytes }) => sum + bytes, 0) > largestBackup) throw new BackupError('tooLarge');
    return opened;
  } catch (error) {
    await Promise.all(opened.map(({ handle }) => handle.close()));
    throw error;
  }
}

/** Null where there is no such file any more, or it is a link, a pipe or a folder. */
async function openPlain(path: string): Promise<FileHandle | null> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return null;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ELOOP')) return null;
    throw error;
  }
}

const folders = [
  '',
  dataFiles.settingsHistory,
  dataFiles.agreements,
  'identity',
  'licence',
  'prompts/de',
  'prompts/en',
];

/** Paths below the data folder of everything that a backup holds, in one order. */
export async function backedUpFiles(folder: string): Promise<readonly string[]> {
  const boards = (await namesIn(join(folder, 'board'))).map((name) => `board/${name}`);
  const found = await Promise.all(
    [...folders, ...boards].map(async (below) =>
      (await namesIn(join(folder, below))).map((name) => (below === '' ? name : `${below}/${name}`)),
    ),
  );
  return found
    .flat()
    .filter((path) => kindOf(path) !== null)
    .sort();
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

async function hashOf(handle: FileHandle, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of read(handle, bytes)) hash.update(chunk);
  return hash.digest('hex');
}

const chunkBytes = 64 * 1024;

async function* read(handle: FileHandle, bytes: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < bytes; ) {
    const length = Math.min(chunkBytes, bytes - position);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    if (bytesRead === 0) throw new BackupError('damaged');
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
