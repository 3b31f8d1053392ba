import { hardwareIdText } from '../licensing/hardware-id.js';
import { licenceClosure } from '../licensing/licence-closure.js';
import { licensingTexts, verdictText } from '../licensing/messages.js';
import type { Verdict } from '../licensing/verdict.js';
import { AdminError } from '../store/admin-error.js';
import type { Log } from '../store/log.js';
import type { Language } from '../switchboard/wishes.js';
import { type Identity, type IdentityPaths, noteHardwareId, readIdentity } from './identity.js';

/**
 * Finds out who this box is and says so in the log: the hardware ID at every start, and what became of it when it is not that of the
 * start before. Undefined when it cannot be found out: then monitoring has to wait, telephony does not.
 */
export async function introduce(paths: IdentityPaths, log: Log, language: Language): Promise<Identity | undefined> {
  try {
    const identity = await readIdentity(paths);
    const hardwareId = hardwareIdText(identity.hardwareId);
    log.info({ hardwareId, machine: identity.boardName ?? null, hostKey: identity.hostKey.path }, 'hardware ID');
    const change = await noteHardwareId(paths, identity.hardwareId);
    if (change) {
      const before = hardwareIdText(change.before);
      const advice = licensingTexts[language].hardwareIdChanged(change.parts, before, hardwareId);
      log.warn({ before, hardwareId, changed: change.parts, advice }, 'the hardware ID has changed');
    }
    return identity;
  } catch (error) {
    const reason = error instanceof AdminError ? { advice: error.texts[language] } : { error };
    log.error(reason, 'the hardware ID cannot be found out');
    return undefined;
  }
}

/** What is licensed, or why nothing is, and what to do about it. */
export function logVerdict(verdict: Verdict, log: Log, language: Language): void {
  const advice = verdictText(verdict, language);
  if (!verdict.isAllowed) {
    log.warn({ reason: licenceClosure(verdict.refusal), advice }, 'monitoring is not licensed');
  } else if (verdict.warnings.length > 0) {
    log.warn({ warnings: verdict.warnings.map(({ kind }) => kind), advice }, 'the licence needs attention');
  } else {
    log.info({ by: verdict.by.kind, advice }, 'monitoring is licensed');
  }
}
