import type { Agreement } from '../../agreement/document.js';
import { successionRefusal } from '../../agreement/succession.js';
import type { KeptDocument } from './agreement-schema.js';
import { agreementOf, soundSigners } from './signing.js';

/** Whether each document that was in force came into force as it has to. */
export type HistoryCheck =
  | { readonly ok: true; readonly documents: number; readonly hash: string | null }
  /** The first version that is gone, or did not follow by right on the one before. */
  | { readonly ok: false; readonly version: number };

/** Follows the documents from the first to the last. @param expected Hash of the one that the record names; null for none. */
export function checkHistory(history: readonly KeptDocument[], expected: string | null): HistoryCheck {
  let present: Agreement | null = null;
  for (const [index, { document, signatures }] of history.entries()) {
    const next: Agreement = agreementOf(document);
    const keys = present?.document.signers ?? document.signers;
    const candidate = { ...next, signedBy: soundSigners(document, signatures, keys) };
    if (successionRefusal(present, candidate) !== undefined) return { ok: false, version: index + 1 };
    present = next;
  }
  const hash = present?.hash ?? null;
  return hash === expected ? { ok: true, documents: history.length, hash } : { ok: false, version: history.length + 1 };
}
