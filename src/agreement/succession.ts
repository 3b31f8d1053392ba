import { differences, directionOfAll } from './comparison.js';
import type { Agreement, Signer } from './document.js';

/** A document that shall replace the present one. */
export interface Candidate extends Agreement {
  /**
   * Whose signatures under it are sound, by the keys in the present document: who is to sign next is part of what is agreed on. For the
   * first one, by the keys that it names itself.
   */
  readonly signedBy: ReadonlySet<Signer>;
}

/** Why a document does not come into force. */
export type SuccessionRefusal = 'isInForce' | 'olderVersion' | 'notNext' | 'notFollowing' | 'unsigned' | 'needsBoth';

/** How many signatures a document needs to replace the present one. Tightening protects, so either of the two may; all else needs both. */
export function signaturesNeeded(present: Agreement | null, next: Agreement): 1 | 2 {
  if (present === null) return 2;
  return directionOfAll(differences(present.document, next.document)) === 'tightening' ? 1 : 2;
}

/** Whether a document comes into force in place of the present one; undefined means yes. No older one ever comes back. */
export function successionRefusal(present: Agreement | null, next: Candidate): SuccessionRefusal | undefined {
  if (next.hash === present?.hash) return 'isInForce';
  const { version, previous } = next.document;
  const last = present?.document.version ?? 0;
  if (version <= last) return 'olderVersion';
  if (version > last + 1) return 'notNext';
  if (previous !== (present?.hash ?? null)) return 'notFollowing';
  const { size } = next.signedBy;
  if (size === 0) return 'unsigned';
  return size < signaturesNeeded(present, next) ? 'needsBoth' : undefined;
}
