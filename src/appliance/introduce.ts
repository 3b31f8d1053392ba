import { type Identity, type IdentityPaths, noteHardwareId, readIdentity } from '../identity/identity.js';
import { hardwareIdText, type IdPart } from '../licensing/hardware-id.js';
import { problemText } from '../locales/problem-text.js';
import { text } from '../locales/text.js';
import type { Log } from '../log/log.js';
import type { Language } from '../primitives/language.js';
import { AdminError } from '../store/admin-error.js';
import { inTime, NotInTime } from '../store/in-time.js';
import type { TellLeftOut } from './troubles.js';

/** The kernel answers at once; on other systems a program has to be run. */
const patienceMs = 4000;

/**
 * Finds out who this box is and says so in the log: the hardware ID at every start, and what became of it when it is not that of the
 * start before. Undefined when it cannot be found out: then monitoring has to wait, telephony does not.
 */
export async function introduce(
  paths: IdentityPaths,
  log: Log,
  language: Language,
  onLeftOut: TellLeftOut,
): Promise<Identity | undefined> {
  try {
    const identity = await inTime(() => readIdentity(paths), patienceMs, { code: 'start.leftOut.hardwareId' });
    const hardwareId = hardwareIdText(identity.hardwareId);
    log.info({ hardwareId, machine: identity.boardName ?? null, hostKey: identity.hostKey.path }, 'hardware ID');
    if (!identity.isMarked)
      log.warn(
        { code: 'boardNotMarked', advice: text(language, 'advice.boardNotMarked') },
        'nothing distinguishes this board from others of its kind (no serial number, no network port of its own), as in a container that does not show the device tree',
      );
    const change = await noteHardwareId(paths, identity.hardwareId, identity.formerIds).catch((error: unknown) => {
      log.warn(reasonFor(error, language), 'the hardware ID cannot be noted for the next start');
      return undefined;
    });
    if (change) {
      const before = hardwareIdText(change.before);
      const advice = text(language, changeOf(change.parts), { before, now: hardwareId });
      log.warn({ before, hardwareId, changed: change.parts, advice }, 'the hardware ID has changed');
    }
    return identity;
  } catch (error) {
    if (error instanceof NotInTime) onLeftOut(error);
    log.error(reasonFor(error, language), 'the hardware ID cannot be found out');
    return undefined;
  }
}

function reasonFor(error: unknown, language: Language) {
  return error instanceof AdminError ? { advice: problemText(language, error) } : { error };
}

function changeOf([part, ...more]: readonly IdPart[]) {
  if (more.length > 0) return 'identity.changed.both';
  return part === 'key' ? 'identity.changed.key' : 'identity.changed.cpu';
}
