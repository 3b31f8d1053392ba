import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agreement } from '../../agreement/document.js';
import { type SuccessionRefusal, successionRefusal } from '../../agreement/succession.js';
import { dataFile } from '../files/data-folder.js';
import { hasCode, syncFolder } from '../files/durable-file.js';
import type { AgreementFact } from './agreement-fact.js';
import type { KeptDocument } from './agreement-schema.js';
import { type AgreementState, type AgreementStore, readDocument } from './agreement-store.js';
import { agreementOf, soundSigners } from './signing.js';

/** What becomes of the documents of a backup. */
interface Offered {
  /** Those that come into force, one after the other. */
  readonly put: readonly KeptDocument[];
  /** Why the last of them does not. */
  readonly refusal: SuccessionRefusal | undefined;
}

/**
 * Which documents of a backup come into force: those that follow by right on what is in force, as if somebody put one after the other. So none
 * brings back an older one, and what the box has lost comes back only as the record remembers it.
 */
export function offered(state: AgreementState, documents: readonly KeptDocument[]): Offered {
  const present = state.kind === 'inForce' ? state.agreement : null;
  const { put, refusal } = following(present, documents);
  const isRemembered = (kept: KeptDocument) =>
    state.kind !== 'lost' || state.mark?.hash === agreementOf(kept.document).hash;
  if (state.kind === 'lost' && state.mark !== null && !put.some(isRemembered))
    return { put: [], refusal: 'notFollowing' };
  return { put, refusal };
}

function following(start: Agreement | null, documents: readonly KeptDocument[]): Offered {
  let present = start;
  const put: KeptDocument[] = [];
  const others = documents.filter(({ document }) => document.version > (start?.document.version ?? 0));
  for (const kept of others) {
    const next = agreementOf(kept.document);
    const signedBy = soundSigners(kept.document, kept.signatures, (present ?? next).document.signers);
    const refusal = successionRefusal(present, { ...next, signedBy });
    if (refusal !== undefined) return { put, refusal };
    put.push(kept);
    present = next;
  }
  const last = documents.at(-1);
  const isLast = last === undefined || agreementOf(last.document).hash === present?.hash;
  return { put, refusal: isLast ? undefined : 'olderVersion' };
}

/** Decides about the documents that a restored backup has left; returns what the record has to say about it. */
export async function takeRestored(folder: string, store: AgreementStore): Promise<AgreementFact | null> {
  const place = dataFile(folder, 'restoredAgreements');
  const documents = await documentsIn(place);
  const { put, refusal } = offered(store.state, documents);
  const [last, version] = [put.at(-1), documents.at(-1)?.document.version];
  if (last !== undefined) await store.put(last, put.slice(0, -1));
  await rm(place, { recursive: true, force: true });
  await syncFolder(folder);
  if (version === undefined) return null;
  if (refusal !== undefined) return { type: 'agreementNotRestored', version, reason: refusal };
  return last === undefined ? null : { type: 'agreementRestored', version };
}

/** From the first to the last; those that cannot be read are missing. */
async function documentsIn(place: string): Promise<readonly KeptDocument[]> {
  const names = await readdir(place).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const read = await Promise.all(names.map((name) => readDocument(join(place, name))));
  return read.filter((kept) => kept !== null).sort((one, other) => one.document.version - other.document.version);
}
