import type { AuditFact, DrawEnd } from '../../monitoring/records.js';
import { monthForm, monthStart } from '../../primitives/calendar.js';
import type { UnixTime } from '../../primitives/time.js';
import type { AuditEntry } from './audit-entry.js';
import { auditPage } from './audit-page.js';

/** How often something happened, by its name in the record; the most frequent first. */
export type Tally = readonly { readonly name: string; readonly count: number }[];

/** What the record has of a month, in figures that tell nothing of a person. */
export interface MonthlyReport {
  /** The moments between which it lies, by the calendar of the place. */
  readonly from: UnixTime;
  readonly to: UnixTime;
  /** The first and last entry of it; null where there is none. */
  readonly entries: { readonly first: number; readonly last: number } | null;
  /** Hash of the last of them. */
  readonly hash: string | null;
  /** Hash of the works agreement that was in force by then; null where there was none. */
  readonly agreement: string | null;
  /** Calls to which a moderator was attached, and for how long in all. */
  readonly calls: number;
  readonly seconds: number;
  /** Those of them to which the member had asked for the moderator. */
  readonly wished: number;
  /** Whose calls those were: so many extensions, or null for fewer than five, who could be told apart. */
  readonly members: number | null;
  /** Calls in which whoever it was had to be told of it, and has heard it in full. */
  readonly told: { readonly member: number; readonly other: number };
  /** Calls in which a moderator did more than listen. */
  readonly modes: Tally;
  readonly purposes: Tally;
  readonly profiles: Tally;
  /** Why moderators were turned away, and why listening ended. */
  readonly refusals: Tally;
  readonly endings: Tally;
  /** What became of the draws that were begun in the month. */
  readonly draws: Draws;
  /** Everything else that the record has: changes of settings, users and the agreement, starts, damage. */
  readonly others: Tally;
}

export interface Draws {
  readonly begun: number;
  /** Those of them in which there was but one candidate, so that nothing was left to chance. */
  readonly single: number;
  /** Those that have come to their end in the month: heard to the end of the call, left before it, not heard, or refused by somebody in it. */
  readonly heard: number;
  readonly left: number;
  readonly notHeard: number;
  readonly refused: number;
  /** The call was not to be listened to any more, or the box, an admin or the council had ended the listening. */
  readonly barred: number;
  /** What became of them is not known, because the box was killed or lost its power. */
  readonly stopped: number;
}

/** Steps of moderators' dialogues that are in no figure. */
const ofDialogues: ReadonlySet<unknown> = new Set<AuditFact['type']>([
  'attempt',
  'identified',
  'helpAsked',
  'helpGiven',
  'helpEnded',
  'drawn',
  'admissionAsked',
  'letIn',
  'admissionEnded',
  'takingOver',
  'followChanged',
  'dialogueEnded',
]);

/** Fewer than so many could be told apart. */
const smallestGroup = 5;
const entriesAtOnce = 500;

/**
 * The report of a month of a record, which is read from its end back to the beginning of that month.
 * @param month `2026-11`. @throws RangeError for what is no month.
 */
export async function monthlyReport(folder: string, month: string): Promise<MonthlyReport> {
  if (!monthForm.test(month)) throw new RangeError(`no month: ${month}`);
  const [from, to] = [monthStart(month, 0), monthStart(month, 1)];
  const figures = new Figures();
  let isBefore = false;
  const matches = ({ time }: AuditEntry) => {
    const at = Date.parse(time);
    isBefore = at < from;
    return at >= from && at < to;
  };
  for (let next: number | null = null; ; ) {
    const page = await auditPage(folder, { before: next, limit: entriesAtOnce, matches });
    for (const entry of page.entries) figures.add(entry);
    next = page.next;
    // A few entries may bear an earlier time by a clock that was wrong: only a whole part of the record without any of the month ends the search.
    const isOver = isBefore && page.entries.length === 0;
    if (next === null || isOver) return { from, to, ...figures.report() };
  }
}

class Figures {
  #first: AuditEntry | null = null;
  #last: AuditEntry | null = null;
  #calls = 0;
  #wished = 0;
  #seconds = 0;
  readonly #members = new Set<unknown>();
  readonly #draws = new DrawFigures();
  readonly #told = { member: new Set<string>(), other: new Set<string>() };
  readonly #modes = new Map<string, Set<string>>();
  readonly #counts = {
    purposes: new Count(),
    profiles: new Count(),
    refusals: new Count(),
    endings: new Count(),
    others: new Count(),
  };

  /** From the newest to the oldest. */
  add(entry: AuditEntry): void {
    this.#last ??= entry;
    this.#first = entry;
    const { fact } = entry;
    const call = `${fact.session}/${fact.call}`;
    const { refusals, endings } = this.#counts;
    switch (fact.type) {
      case 'started':
        this.#started(fact);
        return;
      case 'told':
        if (fact.party === 'member' || fact.party === 'other') this.#told[fact.party].add(call);
        return;
      case 'modeChanged':
        if (fact.mode !== 'listen') this.#used(String(fact.mode), call);
        return;
      case 'ended':
        this.#seconds += typeof fact.seconds === 'number' ? fact.seconds : 0;
        if (fact.reason === 'tookOver') this.#used('takeOver', call);
        endings.add(fact.reason);
        return;
      case 'refused':
        refusals.add(fact.reason);
        return;
      default:
        this.#other(fact);
    }
  }

  #other(fact: AuditEntry['fact']): void {
    if (!this.#draws.add(fact) && !ofDialogues.has(fact.type)) this.#counts.others.add(fact.type);
  }

  #started({ member, profile, purpose, wished }: AuditEntry['fact']): void {
    const { purposes, profiles } = this.#counts;
    this.#calls += 1;
    if (wished === true) this.#wished += 1;
    this.#members.add(member);
    profiles.add(profile);
    if (purpose !== undefined) purposes.add(purpose);
  }

  #used(mode: string, call: string): void {
    this.#modes.set(mode, (this.#modes.get(mode) ?? new Set()).add(call));
  }

  report(): Omit<MonthlyReport, 'from' | 'to'> {
    const { purposes, profiles, refusals, endings, others } = this.#counts;
    const members = this.#members.size;
    return {
      entries: this.#first && this.#last && { first: this.#first.seq, last: this.#last.seq },
      hash: this.#last?.hash ?? null,
      agreement: this.#last?.agreement ?? null,
      calls: this.#calls,
      wished: this.#wished,
      seconds: this.#seconds,
      members: members < smallestGroup && members > 0 ? null : members,
      told: { member: this.#told.member.size, other: this.#told.other.size },
      modes: tallyOf([...this.#modes].map(([name, calls]) => [name, calls.size])),
      ...{ purposes: purposes.tally, profiles: profiles.tally, refusals: refusals.tally, endings: endings.tally },
      draws: this.#draws.draws,
      others: others.tally,
    };
  }
}

class DrawFigures {
  readonly draws = { begun: 0, single: 0, heard: 0, left: 0, notHeard: 0, refused: 0, barred: 0, stopped: 0 };

  /** Whether it is about a draw, and is in the figures. */
  add({ type, candidates, outcome }: AuditEntry['fact']): boolean {
    if (type === 'drawBegun') {
      this.draws.begun += 1;
      if (Array.isArray(candidates) && candidates.length === 1) this.draws.single += 1;
      return true;
    }
    const figure = figureOf.get(outcome);
    if (type !== 'drawEnded' || figure === undefined) return false;
    this.draws[figure] += 1;
    return true;
  }
}

type Outcome = Exclude<keyof Draws, 'begun' | 'single'>;

const figureOf: ReadonlyMap<unknown, Outcome> = new Map<DrawEnd, Outcome>([
  ['callEnded', 'heard'],
  ['moderatorLeft', 'left'],
  ['notHeard', 'notHeard'],
  ['refused', 'refused'],
  ['barred', 'barred'],
  ['boxStopped', 'stopped'],
]);

class Count {
  readonly #counts = new Map<string, number>();

  add(name: unknown): void {
    const key = String(name);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  get tally(): Tally {
    return tallyOf(this.#counts);
  }
}

function tallyOf(counts: Iterable<readonly [name: string, count: number]>): Tally {
  const found = [...counts].map(([name, count]) => ({ name, count }));
  return found.toSorted((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
}
