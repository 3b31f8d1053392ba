import { createHash } from 'node:crypto';
import { access, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { unsealStream } from '../../crypto/sealed-stream.js';
import { SealError } from '../../crypto/sealed-text.js';
import { readPrivateKeyFile } from '../../crypto/ssh-ed25519.js';
import { AdminError } from '../admin-error.js';
import { dataFile, dataFiles } from '../files/data-folder.js';
import { makeFolder, readIfThere, removePendingFiles, syncFolder, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { parseSettings } from '../settings/settings-file.js';
import { countOn, recordedPath } from '../settings/settings-history.js';
import type { Settings } from '../settings/settings-schema.js';
import type { By } from '../users/access-fact.js';
import { usersSchema } from '../users/users-schema.js';
import {
  isNewer,
  isOffered,
  kindOf,
  largestManifest,
  type Manifest,
  type ManifestFile,
  manifestSchema,
} from './backup-content.js';
import { BackupError } from './backup-error.js';
import { ByteReader } from './byte-reader.js';
import { forgetFormerState, goBack, isRestoreBegun, keepFormerState } from './former-state.js';
import { backedUpFiles } from './make-backup.js';
import { bySchema, noteRestored } from './restored-note.js';

const orderSchema = bySchema.extend({ manifest: manifestSchema });
type Order = z.output<typeof orderSchema>;

/**
 * Unpacks a backup beside what is there, looks whether all of it is whole and can be used, and orders it to be put in place: the next
 * start does that with `completeRestore`.
 * @throws BackupError; nothing has been changed then.
 */
export const orderRestore = (
  folder: string,
  sealed: AsyncIterable<Uint8Array>,
  passphrase: string,
  by: By,
): Promise<Manifest> => whereSealed(() => orderContent(folder, unsealStream(sealed, passphrase), by));

/** What is in a backup that could be restored. */
export interface BackupInside {
  readonly manifest: Manifest;
  readonly settings: Settings;
  /** Names of those who may sign in. */
  readonly users: readonly string[];
}

/**
 * Looks into a backup without ordering anything; a backup that waits to be put in place is given up for that.
 * @throws BackupError
 */
export function examineBackup(
  folder: string,
  sealed: AsyncIterable<Uint8Array>,
  passphrase: string,
): Promise<BackupInside> {
  return whereSealed(async () => {
    const stage = dataFile(folder, 'restoreStage');
    const manifest = await staged(folder, unsealStream(sealed, passphrase));
    try {
      const settings = parseSettings('settings.json', await readFile(join(stage, 'settings.json'), 'utf8'));
      return { manifest, settings, users: await usersIn(stage) };
    } finally {
      await rm(stage, { recursive: true, force: true });
    }
  });
}

async function usersIn(stage: string): Promise<readonly string[]> {
  const parsed = parseJson((await readIfThere(join(stage, 'users.json'))) ?? '');
  const { data } = usersSchema.safeParse(parsed.ok ? parsed.value : undefined);
  return data?.users.map(({ name }) => name) ?? [];
}

async function whereSealed<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new BackupError(error.problem === 'notSealed' ? 'notABackup' : 'wrongPassphrase');
  }
}

/** The same with what is sealed in a backup. */
export async function orderContent(
  folder: string,
  content: AsyncIterable<Uint8Array>,
  { by, byKind }: By,
): Promise<Manifest> {
  const manifest = await staged(folder, content);
  try {
    const order: Order = { by, byKind, manifest };
    await writeDurably(dataFile(folder, 'restoreOrder'), JSON.stringify(order));
    return manifest;
  } catch (error) {
    await clearAway(folder);
    throw error;
  }
}

/** Unpacks a backup beside what is there, if all of it is whole and can be used. */
async function staged(folder: string, content: AsyncIterable<Uint8Array>): Promise<Manifest> {
  await withdrawOrder(folder);
  const stage = dataFile(folder, 'restoreStage');
  try {
    await makeFolder(stage);
    const manifest = await unpack(stage, new ByteReader(content));
    await checkContent(stage, manifest);
    return manifest;
  } catch (error) {
    await rm(stage, { recursive: true, force: true });
    throw error;
  }
}

/** A restore could neither be completed nor undone: what is there is half of what was and half of what is to be. */
export class HalfRestored extends AdminError {
  constructor(folder: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super({ code: 'backup.halfRestored', params: { folder, reason } }, { cause });
  }
}

/**
 * Puts a backup in place whose restoring was ordered; null where none was. Ended at any moment before it is done, it is begun anew the
 * next time: all files are copied from beside. What cannot be put in place as a whole is undone, and the order is void then: put in place
 * by a later start, it would take back what has been changed since. To be called before anything else is read; `recordRestored` once the
 * audit record is open.
 * @throws HalfRestored; with any other error, all is as it was before.
 */
export async function completeRestore(folder: string): Promise<Manifest | null> {
  if (await isDone(folder)) {
    await clearAway(folder);
    return null;
  }
  const stage = dataFile(folder, 'restoreStage');
  const text = await readIfThere(dataFile(folder, 'restoreOrder')).catch(() => '');
  const order = text === null ? null : readOrder(text);
  const whole = order && (await isStaged(stage, order.manifest)) ? order : null;
  if (whole) await wholly(folder, stage, whole);
  // What it was to be is not known any more.
  else if (await isRestoreBegun(folder)) await undo(folder, []);
  await clearAway(folder);
  if (text !== null && !whole) throw new BackupError('damaged');
  return whole?.manifest ?? null;
}

/** From the moment on at which this is there, what is in place is whole, and the order has been carried out. */
async function isDone(folder: string): Promise<boolean> {
  return access(dataFile(folder, 'restoreDone')).then(
    () => true,
    () => false,
  );
}

async function wholly(folder: string, stage: string, order: Order): Promise<void> {
  const { manifest } = order;
  try {
    await keepFormerState(folder, [...(await backedUpFiles(folder)), ...beside]);
    await putInPlace(folder, stage, manifest);
    await noteRestored(folder, { ...manifest, ...order });
    await rename(dataFile(folder, 'restoreOrder'), dataFile(folder, 'restoreDone'));
  } catch (error) {
    if (await isRestoreBegun(folder))
      await undo(
        folder,
        manifest.files.map(({ path }) => placeOf(path)),
      );
    await clearAway(folder);
    throw error;
  }
}

async function undo(folder: string, added: readonly string[]): Promise<void> {
  await goBack(folder, [...added, dataFiles.restored]).catch((error: unknown) => {
    throw new HalfRestored(folder, error);
  });
}

/** Where a file of a backup is put, below the data folder. */
const placeOf = (path: string): string => (isOffered(path) ? join(dataFiles.restoredAgreements, basename(path)) : path);

/** What is not in a backup, and changed by it: how far the settings are recorded, where the page was, and what was restored before. */
const beside = [recordedPath(dataFiles.settingsHistory), dataFiles.confirmedWeb, dataFiles.restored];

/** An order is void, and what a restore that was carried out has left is cleared away. */
export async function withdrawOrder(folder: string): Promise<void> {
  // First: with the order gone, it would be put back.
  await forgetFormerState(folder);
  const order = dataFile(folder, 'restoreOrder');
  if ((await readIfThere(order)) !== null) {
    await rm(order, { force: true });
    await syncFolder(folder);
  }
  await rm(dataFile(folder, 'restoreStage'), { recursive: true, force: true });
  await rm(dataFile(folder, 'restoreDone'), { force: true });
}

/** What cannot be cleared away now is cleared away by the next start. */
const clearAway = (folder: string): Promise<void> => withdrawOrder(folder).catch(() => undefined);

async function unpack(stage: string, reader: ByteReader): Promise<Manifest> {
  const length = (await reader.take(4))?.readUInt32BE() ?? 0;
  if (length > largestManifest) throw new BackupError('damaged');
  const text = (await reader.take(length))?.toString('utf8') ?? '';
  const manifest = readManifest(text);
  if (!manifest) throw new BackupError(isNewerText(text) ? 'newer' : 'damaged');
  for (const file of manifest.files) await unpackFile(stage, file, reader);
  if (!(await reader.isAtEnd())) throw new BackupError('damaged');
  await syncFolder(stage);
  return manifest;
}

async function unpackFile(stage: string, { path, bytes, sha256 }: ManifestFile, reader: ByteReader): Promise<void> {
  const target = join(stage, path);
  await makeFolder(dirname(target));
  const file = await open(target, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    for await (const part of reader.pass(bytes)) {
      if (part === null) throw new BackupError('damaged');
      hash.update(part);
      await file.writeFile(part);
    }
    if (hash.digest('hex') !== sha256) throw new BackupError('damaged');
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(target));
}

function readOrder(text: string): Order | null {
  const parsed = parseJson(text);
  return orderSchema.safeParse(parsed.ok ? parsed.value : undefined).data ?? null;
}

function readManifest(text: string): Manifest | null {
  const parsed = parseJson(text);
  return manifestSchema.safeParse(parsed.ok ? parsed.value : undefined).data ?? null;
}

function isNewerText(text: string): boolean {
  const parsed = parseJson(text);
  return parsed.ok && isNewer(parsed.value);
}

/** It is not restored to a box that could not start with it. */
async function checkContent(stage: string, { files }: Manifest): Promise<void> {
  for (const { path } of files) {
    const isUsable = checks[path];
    if (isUsable && !isUsable(await readFile(join(stage, path), 'utf8'))) throw new BackupError('contentUnusable');
  }
  if (!files.some(({ path }) => path === 'settings.json')) throw new BackupError('contentUnusable');
}

const checks: Readonly<Record<string, (text: string) => boolean>> = {
  'settings.json': isSettings,
  'users.json': (text) => {
    const parsed = parseJson(text);
    return parsed.ok && usersSchema.safeParse(parsed.value).success;
  },
  'identity/ssh_host_ed25519_key': (text) => readPrivateKeyFile(text) !== undefined,
};

function isSettings(text: string): boolean {
  try {
    parseSettings('settings.json', text);
    return true;
  } catch {
    return false;
  }
}

async function isStaged(stage: string, { files }: Manifest): Promise<boolean> {
  for (const { path, sha256 } of files) {
    const content = await readFile(join(stage, path)).catch(() => null);
    if (content === null || hashOf(content) !== sha256) return false;
  }
  return true;
}

async function putInPlace(folder: string, stage: string, { files }: Manifest): Promise<void> {
  await rm(dataFile(folder, 'restoredAgreements'), { recursive: true, force: true });
  await countOn(
    dataFile(folder, 'settingsHistory'),
    files.map(({ path }) => basename(path)),
  );
  for (const { path } of files) {
    const target = join(folder, placeOf(path));
    const content = await readFile(join(stage, path));
    if (kindOf(path) === 'identity') await keepFormer(target, content);
    await makeFolder(dirname(target));
    await writeDurably(target, content);
  }
  for (const below of new Set(files.map(({ path }) => dirname(join(folder, placeOf(path))))))
    await removePendingFiles(below);
  // The page is where the settings say.
  await rm(dataFile(folder, 'confirmedWeb'), { force: true });
  const wanted = new Set(files.map(({ path }) => path));
  const others = (await backedUpFiles(folder)).filter((path) => !wanted.has(path) && !isOffered(path));
  for (const path of others) {
    if (kindOf(path) === 'identity') await keepFormer(join(folder, path), null);
    await rm(join(folder, path), { force: true });
    await syncFolder(dirname(join(folder, path)));
  }
}

/** A licence may depend on the previous host key, which therefore stays beside the new one. */
async function keepFormer(path: string, next: Buffer | null): Promise<void> {
  const former = await readFile(path).catch(() => null);
  if (former === null || (next && former.equals(next))) return;
  await writeDurably(`${path}.before-restore-${hashOf(former).slice(0, 16)}`, former);
}

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
