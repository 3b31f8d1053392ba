import { join } from 'node:path';
import { sha256 } from '../crypto/ed25519.js';
import { hardwareIds } from '../licensing/board-marks.js';
import {
  comparableId,
  differentParts,
  type HardwareId,
  hardwareIdText,
  type IdPart,
  readHardwareId,
  sameHardwareId,
} from '../licensing/hardware-id.js';
import { makeFolder, readIfThere, writeDurably } from '../store/files/durable-file.js';
import { findOrMakeHostKey, type HostKey, type HostKeyPaths, systemHostKey } from './host-key.js';
import { readable } from './identity-error.js';
import { readBoardMarks } from './read-board-marks.js';
import { readBoardName, readCpuFacts } from './read-cpu-facts.js';

export interface IdentityPaths {
  /** Folder for what identifies this box. */
  readonly folder: string;
  readonly hostKeys: HostKeyPaths;
  /** Where `proc` and `sys` are. */
  readonly root: string;
}

export interface Identity {
  readonly hardwareId: HardwareId;
  /** Other IDs for which licences of this box may have been issued. */
  readonly formerIds: readonly HardwareId[];
  /** Whether anything tells this board from others of its kind. */
  readonly isMarked: boolean;
  /** For people. */
  readonly boardName: string | undefined;
  readonly hostKey: HostKey;
}

/** The hardware ID of the previous start, if it was another one. */
export interface IdChange {
  readonly before: HardwareId;
  readonly parts: readonly IdPart[];
}

/** @param sshHostKey Private key file of the SSH server. */
export function identityPaths(dataFolder: string, sshHostKey = systemHostKey, root = '/'): IdentityPaths {
  const folder = join(dataFolder, 'identity');
  return { folder, hostKeys: { own: join(folder, 'ssh_host_ed25519_key'), system: sshHostKey }, root };
}

/**
 * Finds out who this box is; makes a host key where there is none.
 * @throws IdentityError when the host key is damaged, or anything cannot be read.
 */
export function readIdentity(paths: IdentityPaths): Promise<Identity> {
  return readable(() => identityAt(paths));
}

async function identityAt({ hostKeys, root }: IdentityPaths): Promise<Identity> {
  // A key is made only where all else could be read: nothing goes on behind the back of whoever is told of an error.
  const facts = await readCpuFacts(root);
  const marks = await readBoardMarks(facts, root);
  const [boardName, hostKey] = await Promise.all([readBoardName(root), findOrMakeHostKey(hostKeys)]);
  const { id, former } = hardwareIds({ cpu: facts, marks }, hostKey.publicBlob, sha256);
  return { hardwareId: id, formerIds: former, isMarked: marks.length > 0, boardName, hostKey };
}

/**
 * Notes the hardware ID of this start; returns what changed since the last one, undefined when nothing did.
 * @throws IdentityError when the last note cannot be read, or a new one be written: the change is told at a start that can.
 */
export function noteHardwareId(
  { folder }: IdentityPaths,
  id: HardwareId,
  former: readonly HardwareId[] = [],
): Promise<IdChange | undefined> {
  return readable(() => noteIn(folder, id, former));
}

async function noteIn(folder: string, id: HardwareId, former: readonly HardwareId[]): Promise<IdChange | undefined> {
  const path = join(folder, 'last-hardware-id');
  const last = readHardwareId((await readIfThere(path)) ?? '');
  if (last.ok && sameHardwareId(last.id, id)) return undefined;
  const own = last.ok ? comparableId([id, ...former], last.id) : undefined;
  const parts = last.ok && own ? differentParts(last.id, own) : [];
  await makeFolder(folder);
  await writeDurably(path, `${hardwareIdText(id)}\n`);
  return last.ok && parts.length > 0 ? { before: last.id, parts } : undefined;
}
