import { copyFile } from 'node:fs/promises';
import { z } from 'zod';
import { SealError, seal, unseal } from '../crypto/sealed-text.js';
import { readPrivateKeyFile, type SshKeyPair } from '../crypto/ssh-ed25519.js';
import {
  comparableId,
  differentParts,
  type HardwareId,
  hardwareIdText,
  type IdPart,
  readHardwareId,
} from '../licensing/hardware-id.js';
import type { UnixTime } from '../primitives/time.js';
import { hasCode } from '../store/files/durable-file.js';
import { readPrivateHostKey, writeHostKey } from './host-key.js';
import { type IdentityPaths, readIdentity } from './identity.js';
import { IdentityError } from './identity-error.js';

/** Characters. */
export const shortestPassphrase = 10;
/** A backup has about one kilobyte. */
export const largestBackup = 64 * 1024;

export interface RestoredIdentity {
  readonly hardwareId: HardwareId;
  /** The ID of the box at the time of the backup. */
  readonly backedUp: HardwareId;
  /** What differs between the two: `cpu` on another board, nothing on the same one. */
  readonly differs: readonly IdPart[];
}

const backupContent = z.object({ hardwareId: z.string(), created: z.iso.datetime(), hostKey: z.string() });

/**
 * The host key, encrypted with a passphrase, as the text of a file.
 * @throws IdentityError for a short passphrase, or a key that cannot be read.
 */
export async function backUpIdentity(paths: IdentityPaths, passphrase: string, now: UnixTime): Promise<string> {
  if (passphrase.length < shortestPassphrase)
    throw new IdentityError({ code: 'identity.weakPassphrase', params: { shortest: shortestPassphrase } });
  const { hardwareId, hostKey } = await readIdentity(paths);
  const content: z.infer<typeof backupContent> = {
    hardwareId: hardwareIdText(hardwareId),
    created: new Date(now).toISOString(),
    hostKey: await readPrivateHostKey(hostKey.path),
  };
  return seal(JSON.stringify(content), passphrase, 'identity-backup');
}

/**
 * Puts a backed-up host key into use; Modcall's own previous key is kept beside it. Takes effect at the next start.
 * @throws IdentityError if the file is not a backup or the passphrase is wrong; nothing has been changed then.
 */
export async function restoreIdentity(
  paths: IdentityPaths,
  backup: string,
  passphrase: string,
  now: UnixTime,
): Promise<RestoredIdentity> {
  const { pair, backedUp } = await openBackup(backup, passphrase);
  const { own } = paths.hostKeys;
  await copyFile(own, `${own}.before-restore-${now}`).catch(ignoreMissing);
  await writeHostKey(own, pair);
  const { hardwareId, formerIds } = await readIdentity(paths);
  const present = comparableId([hardwareId, ...formerIds], backedUp) ?? hardwareId;
  return { hardwareId, backedUp, differs: differentParts(backedUp, present) };
}

async function openBackup(backup: string, passphrase: string): Promise<{ pair: SshKeyPair; backedUp: HardwareId }> {
  try {
    const content = backupContent.parse(JSON.parse(await unseal(backup, passphrase, 'identity-backup')));
    const pair = readPrivateKeyFile(content.hostKey);
    const reading = readHardwareId(content.hardwareId);
    if (!pair || !reading.ok) throw new IdentityError({ code: 'identity.notABackup' });
    return { pair, backedUp: reading.id };
  } catch (error) {
    if (error instanceof IdentityError) throw error;
    const isWrong = error instanceof SealError && error.problem === 'wrongPassphrase';
    throw new IdentityError({ code: isWrong ? 'identity.wrongPassphrase' : 'identity.notABackup' });
  }
}

function ignoreMissing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}
