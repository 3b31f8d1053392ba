import { chmod, link, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AdminError } from '../admin-error.js';
import { hasCode, makeFolder, ownPendingSuffix, pendingFiles, readIfThere, setAside } from './durable-file.js';
import { FileTooLarge, NotAFile, openRegular } from './regular-file.js';

/** Names of the files in the data folder; nothing is written outside it. */
export const dataFiles = {
  settings: 'settings.json',
  /** The settings of the last start at which they were usable. */
  lastGoodSettings: 'settings.last-good.json',
  /** The latest versions of the settings. */
  settingsHistory: 'settings-history',
  /** Records of ended calls. */
  calls: 'calls',
  audit: 'audit.jsonl',
  auditAnchor: 'audit.anchor.json',
  /** The same, in another place. */
  auditHead: join('identity', 'audit.head.json'),
  boxKey: join('identity', 'box-key.pem'),
  /** Key and certificate of the box for TLS: one that it issued for itself, and one that an admin brought, which goes first. */
  selfSigned: join('identity', 'tls-self-signed.pem'),
  installedCertificate: join('identity', 'tls-installed.pem'),
  boxPublicKey: join('identity', 'box-key.pub'),
  /** Where the command line finds the running box. */
  console: 'modcall.sock',
  /** What goes on under the works agreement, and each document that is or was in force, by its version. */
  agreement: 'agreement.json',
  agreements: 'agreements',
  /** Documents out of a backup, until it is decided which of them come into force. */
  restoredAgreements: 'agreements.restored',
  /** Sheets of moderators about what they heard, sealed with a key that is in no backup, as they are. */
  evaluations: 'evaluations.sealed',
  evaluationsKey: join('identity', 'evaluations.key'),
  records: 'records.json',
  /** What people want to happen with their calls: forwarding, do not disturb. */
  callHandling: 'call-handling.json',
  /** From which numbers of calls and sessions the next start goes on. */
  numbers: 'numbers.json',
  /** Who may sign in, and the tokens of programs. */
  users: 'users.json',
  /** When each phone fetched its configuration last. */
  phoneFetches: 'phone-fetches.json',
  demo: 'demo.json',
  /** Where the page could be reached the last time that somebody knew. */
  confirmedWeb: 'web-confirmed.json',
  backupSchedule: 'backup-schedule.json',
  /** Where scheduled backups go unless another disk is chosen. */
  backups: 'backups',
  /** Where a backup is unpacked, and the order to put it in place. */
  restoreStage: 'restore.staged',
  restoreOrder: 'restore.json',
  /** The order once it has been carried out, until all that it needed is cleared away. */
  restoreDone: 'restore.done.json',
  /** What was there before, while it is put in place. */
  formerState: 'restore.former',
  /** What has been put in place, until the audit record says so. */
  restored: 'restored.json',
  uploadedBackup: 'restore.uploaded',
  /** The latest update of the system, and one that was sent to the box. */
  update: 'update.json',
  uploadedUpdate: 'update.uploaded',
  log: join('log', 'modcall.log'),
  prompts: 'prompts',
  /** The admin's own board files. */
  boards: 'board',
  /** Where a simulated board puts what a real one has in /dev and /sys. */
  runtime: 'run',
  licence: 'licence',
} as const;

/** States of a process that has ended: zombie, dead. */
const ended: ReadonlySet<string> = new Set(['Z', 'X', 'x']);

/** The data folder, held by this process alone. */
export interface DataFolder {
  readonly path: string;
  /** Absolute path of one of its files. */
  file(name: keyof typeof dataFiles): string;
  /** Why nothing could be written to it; null if it is writable. */
  readonly trouble: StorageUnwritable | null;
  /** Takes it for this process alone, if the disk did not allow that before. */
  claim(): Promise<void>;
  /** Releases it for others. */
  release(): Promise<void>;
}

/** Another appliance runs on this folder. */
export class DataFolderInUse extends AdminError {
  constructor(path: string, pid: number) {
    super({ code: 'storage.inUse', params: { path, pid, lock: lockOf(path) } });
  }
}

/** There is no such folder: a command that created it would answer for a box that nobody has set up. */
export class NoDataFolder extends AdminError {
  constructor(path: string) {
    super({ code: 'storage.noFolder', params: { path } });
  }
}

/** The folder cannot be made or written to. */
export class DataFolderUnusable extends AdminError {
  constructor(path: string, cause: Error) {
    super({ code: 'storage.unusable', params: { path, reason: cause.message } }, { cause });
  }
}

/** The folder is there, but the disk is full, read-only or broken: telephony goes on without it. */
export class StorageUnwritable extends AdminError {
  constructor(path: string, cause: Error) {
    super({ code: 'storage.unwritable', params: { path, reason: cause.message } }, { cause });
  }
}

export function dataFile(folder: string, name: keyof typeof dataFiles): string {
  return join(resolve(folder), dataFiles[name]);
}

/**
 * Creates the folder if necessary, closes it to others (mode 0700) and takes it for this process. An existing one that cannot be written to
 * is opened all the same, since telephony must not depend on that.
 * @throws DataFolderInUse, DataFolderUnusable
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  const lock = lockOf(path);
  const left = await leftBehind(path);
  const claim = () => claimFolder(path, lock, left);
  return {
    path,
    file: (name) => dataFile(path, name),
    trouble: await troubleWith(path, claim),
    claim,
    release: () => rm(lock, { force: true }).catch(ignoreUnwritable),
  };
}

/** What was there before this process wrote anything: by the time that a folder can be claimed, it may be writing. */
async function leftBehind(path: string): Promise<readonly string[]> {
  const names = await pendingFiles(path).catch(() => []);
  return names.filter((name) => !name.endsWith(ownPendingSuffix));
}

async function claimFolder(path: string, lock: string, left: readonly string[]): Promise<void> {
  await makeFolder(path);
  await chmod(path, 0o700);
  await takeLock(path, lock);
  await Promise.all(left.map((name) => rm(join(path, name), { force: true })));
}

async function troubleWith(path: string, claim: () => Promise<void>): Promise<StorageUnwritable | null> {
  try {
    await claim();
    return null;
  } catch (error) {
    if (error instanceof AdminError || !(error instanceof Error)) throw error;
    if (!(await isFolder(path))) throw new DataFolderUnusable(path, error);
    // Nothing can be read in another user's folder; nobody who may use it holds it then.
    const holder = await holderOf(path).catch(() => null);
    if (holder !== null && holder !== (await ownHold(path)) && (await isHeld(path, holder)))
      throw new DataFolderInUse(path, pidOf(holder));
    return new StorageUnwritable(path, error);
  }
}

/**
 * For everything but a start, which creates the folder.
 * @throws NoDataFolder
 */
export async function requireDataFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  const found = await stat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw error;
  });
  if (!found?.isDirectory()) throw new NoDataFolder(path);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** A lock that cannot be removed is stale as soon as this process has ended. */
function ignoreUnwritable(): void {}

function isNoLock(error: unknown): boolean {
  return error instanceof NotAFile || error instanceof FileTooLarge;
}

/** Anything but a file names no holder. */
function ignoreOthers(error: unknown): null {
  if (isNoLock(error)) return null;
  throw error;
}

function holderOf(folder: string): Promise<string | null> {
  return readIfThere(lockOf(folder)).catch(ignoreOthers);
}

/** Whether an appliance runs on a folder now. */
export async function isInUse(folder: string): Promise<boolean> {
  const path = resolve(folder);
  const holder = await holderOf(path);
  return holder !== null && (await isHeld(path, holder));
}

/**
 * The lock is a file that names its holder: process, start time in clock ticks, and the kernel's boot, since after a power cut another
 * program may well get the same process number at the same tick; then the folder, since a copy of it made meanwhile holds a copy of the
 * lock. It appears complete, by a hard link, or not at all.
 */
async function takeLock(folder: string, lock: string): Promise<void> {
  const mine = await ownHold(folder);
  const draft = join(folder, `modcall.lock.${process.pid}`);
  await writeDraft(draft, mine);
  try {
    while (!(await linked(draft, lock))) {
      const holder = await readLock(lock);
      if (holder === null) continue;
      if (holder !== mine && (await isHeld(folder, holder))) throw new DataFolderInUse(folder, pidOf(holder));
      await removeStale(lock, holder, `${draft}.stale`);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDraft(path: string, text: string): Promise<void> {
  const file = await openRegular(path, 'replace');
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

/** Its holder; null if there is none any more. Anything but a file cannot be a lock, and is moved out of the way. */
async function readLock(lock: string): Promise<string | null> {
  try {
    return await readIfThere(lock);
  } catch (error) {
    if (!isNoLock(error)) throw error;
    await setAside(lock, Date.now());
    return null;
  }
}

async function linked(draft: string, lock: string): Promise<boolean> {
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Two starts at once may both see the same stale lock: what was moved away is checked, and put back if it is a fresh one. */
async function removeStale(lock: string, holder: string, aside: string): Promise<void> {
  try {
    await rename(lock, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await readIfThere(aside)) !== holder) await linked(aside, lock);
  await rm(aside, { force: true });
}

/** Whether the holder that a lock names runs, and holds this very folder; earlier versions did not note which. */
async function isHeld(folder: string, holder: string): Promise<boolean> {
  const [pid, ticks, boot, held] = holder.split(' ');
  if ((await identityOf(pidOf(holder))) !== `${pid} ${ticks} ${boot}`) return false;
  return held === undefined || held === (await folderMark(folder));
}

/** What a lock of this process on the folder says. */
async function ownHold(folder: string): Promise<string> {
  return `${await identityOf(process.pid)} ${await folderMark(folder)}`;
}

/** Tells a folder from all others on this machine, whatever path leads to it. */
async function folderMark(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  return `${dev}:${ino}`;
}

function lockOf(folder: string): string {
  return join(folder, 'modcall.lock');
}

function pidOf(holder: string): number {
  return Number(holder.split(' ')[0]);
}

/**
 * Identifies a process uniquely on this machine, forever; null if it is not running (proc(5), field 22 of stat). One that has ended but
 * has not been reaped yet (field 3) is not running.
 */
async function identityOf(pid: number): Promise<string | null> {
  const stat = await readIfThere(`/proc/${pid}/stat`).catch(() => null);
  if (stat === null) return null;
  // The command name, in parentheses, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (ended.has(fields[0] ?? '')) return null;
  const ticks = fields[19];
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  return `${pid} ${ticks} ${boot}`;
}
