import type { ExtensionNumber } from '../../primitives/ids.js';
import type { AuditEntry } from './audit-entry.js';
import { auditPage } from './audit-page.js';

/** One time that somebody could be listened to: from when a moderator was attached to the call until that was over. */
export interface HeardCall {
  /** Number of the entry of its end. */
  readonly seq: number;
  /** ISO 8601, UTC; null where the record does not tell. */
  readonly began: string | null;
  readonly ended: string;
  /** Null where the end was not seen, as after a power cut. */
  readonly seconds: number | null;
  /** As whom the person was in the call: as the member who was listened to, or as the one who talked to them. */
  readonly side: 'member' | 'other';
  readonly moderator: string;
  readonly profile: string;
  /** What for, of what was agreed on; null where there was no agreement. */
  readonly purpose: string | null;
  /** Whether the member had asked for it. */
  readonly isWished: boolean;
  /** In the order in which they were used. */
  readonly modes: readonly string[];
  /** What the person was to be told, as entries have it, such as `toneEvery 10 s`. */
  readonly notice: string;
  /** Whether they have heard it in full: before that, nobody hears them. */
  readonly isTold: boolean;
  /** Why it was over, as entries have it. */
  readonly reason: string;
}

export interface HeardQuery {
  readonly extension: ExtensionNumber;
  /** Only what was over before this entry; null for the latest. */
  readonly before: number | null;
  /** So many are given. */
  readonly limit: number;
  /** Whether an entry tells of something that still goes on. */
  isRunning(fact: AuditEntry['fact']): boolean;
}

export interface HeardPage {
  /** From the latest to the earliest. */
  readonly calls: readonly HeardCall[];
  /** What `before` has to be for what comes next; null at the beginning of the record. */
  readonly next: number | null;
}

const entriesAtOnce = 500;
/** So many parts of the record are read for one page, however few entries there are about the person. */
const mostParts = 10;

/** Who listened to the calls of a person, as far as it is over. A call of which a page has the end is there as a whole. */
export async function heardCalls(
  folder: string,
  { extension, before, limit, isRunning }: HeardQuery,
): Promise<HeardPage> {
  const reader = new BackwardReader(extension, limit);
  const matches = ({ fact }: AuditEntry) => isParty(fact, extension) && !isRunning(fact);
  let next = before;
  for (let part = 0; part < mostParts; part++) {
    const page = await auditPage(folder, { before: next, limit: entriesAtOnce, mentions: extension, matches });
    for (const entry of page.entries) reader.read(entry);
    next = page.next;
    if (next === null || reader.isComplete) break;
  }
  const calls = reader.calls();
  const last = calls.at(-1);
  return { calls, next: reader.isFull && last ? last.seq : next };
}

/** Whether a fact is about this extension: as the member who was listened to, or as the one who talked to them. */
export const isParty = ({ member, other }: AuditEntry['fact'], extension: string): boolean =>
  member === extension || other === extension;

/** Puts the entries of each call together, which come from the newest to the oldest. */
class BackwardReader {
  readonly #found: Mutable[] = [];
  /** Those of which the beginning has not been read yet. */
  readonly #open = new Map<string, Mutable>();

  constructor(
    private readonly extension: string,
    private readonly limit: number,
  ) {}

  get isFull(): boolean {
    return this.#found.length >= this.limit;
  }

  get isComplete(): boolean {
    return this.isFull && this.#open.size === 0;
  }

  calls(): readonly HeardCall[] {
    return this.#found;
  }

  read(entry: AuditEntry): void {
    const { fact } = entry;
    const key = `${fact.session}/${fact.call}`;
    const call = this.#open.get(key);
    if (fact.type === 'ended') this.#end(key, entry);
    else if (call) this.#add(key, call, entry);
  }

  #add(key: string, call: Mutable, { time, fact }: AuditEntry): void {
    if (fact.type === 'started') {
      call.began = time;
      call.isWished = fact.wished === true;
      call.notice = String(call.side === 'member' ? fact.noticeMember : fact.noticeOther);
      // How help begins stands where it was asked for, further back.
      if (call.isWished) return;
      call.modes.unshift('listen');
      this.#open.delete(key);
    } else if (fact.type === 'helpAsked') {
      if (fact.mode === 'listen') call.modes.unshift('listen');
      this.#open.delete(key);
    } else if (fact.type === 'modeChanged') call.modes.unshift(String(fact.mode));
    else if (fact.type === 'told' && fact.party === call.side) call.isTold = true;
  }

  #end(key: string, { seq, time, fact }: AuditEntry): void {
    if (this.isFull) return;
    const call: Mutable = {
      ...{ seq, began: null, ended: time, seconds: typeof fact.seconds === 'number' ? fact.seconds : null },
      side: fact.member === this.extension ? 'member' : 'other',
      ...{ moderator: String(fact.moderator), profile: String(fact.profile) },
      ...{ purpose: fact.purpose === undefined ? null : String(fact.purpose) },
      modes: fact.reason === 'tookOver' ? ['takeOver'] : [],
      ...{ isWished: false, notice: 'none', isTold: false, reason: String(fact.reason) },
    };
    this.#found.push(call);
    this.#open.set(key, call);
  }
}

type Mutable = { -readonly [Key in keyof Omit<HeardCall, 'modes'>]: HeardCall[Key] } & { readonly modes: string[] };
