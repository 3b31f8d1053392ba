import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../agreement/canonical-json.js';
import type { Agreement } from '../../agreement/document.js';
import { type NewPeriod, type Period, withdrawnAt } from '../../agreement/periods.js';
import type { UnixTime } from '../../primitives/time.js';
import { AdminError } from '../admin-error.js';
import type { AgreementMark } from '../audit/audit-entry.js';
import type { BoxKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { InTurn } from '../in-turn.js';
import type { AgreementProblem } from './agreement-fact.js';
import { type Head, type KeptDocument, keptSchema, mostPeriods, signedHeadSchema } from './agreement-schema.js';
import { agreementOf } from './signing.js';

/** What the box knows of its agreement. */
export type AgreementState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'inForce';
      readonly agreement: Agreement;
      readonly kept: KeptDocument;
      readonly periods: readonly Period[];
    }
  /** There was one, and it is not there as the box left it: nobody may listen, or it could be lost on purpose. */
  | { readonly kind: 'lost'; readonly problem: AgreementProblem; readonly mark: AgreementMark | null };

const noHead: Head = { serial: 0, version: 0, hash: null, proposal: null, periods: [], nextPeriod: 1 };

type Found = { readonly head: Head; readonly present: KeptDocument | null } | { readonly problem: AgreementProblem };

/** Where only a hash is remembered, any other document than that may be an older one. */
const isOlder = ({ serial, hash }: Head, mark: AgreementMark): boolean =>
  mark.serial === 0 ? hash !== mark.hash : serial < mark.serial;

/** The works agreement of a box on disk: every document that was in force, the one that is, and what goes on under it. */
export class AgreementStore {
  readonly #changes = new InTurn();

  private constructor(
    private readonly folder: string,
    private readonly openKey: () => Promise<BoxKey>,
    private readonly remembered: () => AgreementMark | null,
    private found: Found,
  ) {}

  /** @param remembered What the audit record says was in force: whoever puts back an older one has to think of both. */
  static async open(
    folder: string,
    openKey: () => Promise<BoxKey>,
    remembered: () => AgreementMark | null,
  ): Promise<AgreementStore> {
    return new AgreementStore(folder, openKey, remembered, await find(folder, openKey));
  }

  /** Looks for it anew where it could not be read. */
  reread(): Promise<void> {
    return this.#changes.run(async () => {
      if ('problem' in this.found) this.found = await find(this.folder, this.openKey);
    });
  }

  get state(): AgreementState {
    const mark = this.remembered();
    const { found } = this;
    if ('problem' in found) return lost(found.problem, mark);
    const { head, present } = found;
    if (mark !== null && head.serial === 0) return lost('missing', mark);
    if (mark !== null && isOlder(head, mark)) return lost('older', mark);
    if (present === null) return { kind: 'none' };
    return { kind: 'inForce', agreement: agreementOf(present.document), kept: present, periods: head.periods };
  }

  /** How far it has come, for the record to remember; null where there is nothing yet. */
  get mark(): AgreementMark | null {
    if ('problem' in this.found) return null;
    const { serial, version, hash } = this.found.head;
    return hash === null ? null : { serial, version, hash };
  }

  /** The document that waits for signatures; null where none does. */
  get proposal(): KeptDocument | null {
    return 'problem' in this.found ? null : this.found.head.proposal;
  }

  /** Every document that was in force, the first first; those that are gone or unreadable are left out. */
  async history(): Promise<readonly KeptDocument[]> {
    const last = this.mark?.version ?? 0;
    const all = await Promise.all(Array.from({ length: last }, (_, index) => readKept(this.folder, index + 1)));
    return all.filter((kept) => kept !== null);
  }

  propose(proposal: KeptDocument | null): Promise<void> {
    return this.#change((head) => ({ ...head, proposal }));
  }

  /**
   * Puts a document in force. It is on disk before anything names it.
   * @param before Those that it follows on, where they came with it.
   */
  put(kept: KeptDocument, before: readonly KeptDocument[] = []): Promise<void> {
    const { version } = kept.document;
    const { hash } = agreementOf(kept.document);
    return this.#change((head) => ({ ...head, version, hash, proposal: null }), [...before, kept]);
  }

  /** @param isKept Which of those before it still matter. @returns its number. @throws AdminError where there are too many. */
  async announce(period: NewPeriod, isKept: (before: Period) => boolean): Promise<number> {
    let id = 0;
    await this.#change((head) => {
      // The record tells of those that are forgotten.
      const periods = head.periods.filter(isKept);
      if (periods.length >= mostPeriods)
        throw new AdminError({ code: 'agreement.tooManyPeriods', params: { most: mostPeriods } }, { kind: 'conflict' });
      id = head.nextPeriod;
      return { ...head, periods: [...periods, plain({ ...period, id })], nextPeriod: id + 1 };
    });
    return id;
  }

  withdraw(id: number, now: UnixTime): Promise<void> {
    const left = (period: Period) => (period.id === id ? withdrawnAt(period, now) : period) ?? [];
    return this.#change((head) => ({ ...head, periods: head.periods.flatMap(left).map(plain) }));
  }

  /** @throws AdminError while it is lost: nothing but a document may make it be there again. */
  #change(change: (head: Head) => Head, put: readonly KeptDocument[] = []): Promise<void> {
    return this.#changes.run(async () => {
      const isLost = this.state.kind === 'lost';
      if (isLost && put.length === 0) throw new AdminError({ code: 'agreement.lost' }, { kind: 'unavailable' });
      const before = isLost || 'problem' in this.found ? null : this.found;
      // Numbers go on from what is remembered, so that what is written now is not older than that.
      const serial = Math.max(before?.head.serial ?? 0, this.remembered()?.serial ?? 0) + 1;
      const head = { ...change(before?.head ?? { ...noHead, nextPeriod: serial }), serial };
      for (const kept of put) await writeKept(this.folder, kept);
      await this.#replace(before?.head, head);
      this.found = { head, present: put.at(-1) ?? before?.present ?? null };
    });
  }

  async #replace(before: Head | undefined, head: Head): Promise<void> {
    const key = await this.openKey();
    await writeHead(this.folder, key, head).catch(async (error: unknown) => {
      // It may be in place all the same, and only not be sure to survive a power cut: what was refused does not come with the next start.
      if (before) await writeHead(this.folder, key, before).catch(() => undefined);
      throw error;
    });
  }
}

const plain = (period: Period): Head['periods'][number] => ({ ...period, members: [...period.members] });

async function writeKept(folder: string, kept: KeptDocument): Promise<void> {
  await makeFolder(dataFile(folder, 'agreements'));
  await writeDurably(pathOf(folder, kept.document.version), `${JSON.stringify(kept, undefined, 2)}\n`);
}

async function writeHead(folder: string, key: BoxKey, head: Head): Promise<void> {
  const path = dataFile(folder, 'agreement');
  if (head.serial === noHead.serial) {
    await rm(path, { force: true });
    return syncFolder(folder);
  }
  const signature = key.sign('agreement', canonicalJson(head));
  await writeDurably(path, `${JSON.stringify({ ...head, signature }, undefined, 2)}\n`);
}

function lost(problem: AgreementProblem, mark: AgreementMark | null): AgreementState {
  return { kind: 'lost', problem, mark };
}

async function find(folder: string, openKey: () => Promise<BoxKey>): Promise<Found> {
  const text = await readIfThere(dataFile(folder, 'agreement')).catch(() => '');
  if (text === null) return { head: noHead, present: null };
  const parsed = parseJson(text);
  const read = signedHeadSchema.safeParse(parsed.ok ? parsed.value : undefined).data;
  if (!read) return { problem: 'unreadable' };
  const { signature, ...head } = read;
  const key = await openKey().catch(() => null);
  if (key === null) return { problem: 'unreadable' };
  if (!key.isSigned('agreement', canonicalJson(head), signature)) return { problem: 'forged' };
  if (head.hash === null) return { head, present: null };
  const present = await readKept(folder, head.version);
  if (present === null) return { problem: 'missing' };
  return agreementOf(present.document).hash === head.hash ? { head, present } : { problem: 'forged' };
}

const pathOf = (folder: string, version: number): string => join(dataFile(folder, 'agreements'), `${version}.json`);

const readKept = (folder: string, version: number): Promise<KeptDocument | null> =>
  readDocument(pathOf(folder, version));

/** Null where it is gone or unreadable. */
export async function readDocument(path: string): Promise<KeptDocument | null> {
  const text = await readIfThere(path).catch(() => null);
  const parsed = parseJson(text ?? '');
  return keptSchema.safeParse(parsed.ok ? parsed.value : undefined).data ?? null;
}
