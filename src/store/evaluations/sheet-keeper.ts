import { type Block, mergedBlocks } from '../../agreement/blocks.js';
import type { EvaluationRule } from '../../agreement/evaluation.js';
import { advanced, type LifeClock, type LifeTime, resumed, writtenEveryMs } from '../../agreement/lifetime.js';
import { blockMs, endOf, leadsToBlock, type Sheet } from '../../agreement/sheets.js';
import type { UnixTime } from '../../primitives/time.js';
import { AdminError } from '../admin-error.js';
import { InTurn } from '../in-turn.js';
import { type EvaluationFact, toldOf } from './evaluation-fact.js';
import { EvaluationsFile } from './evaluations-file.js';
import type { Evaluations } from './evaluations-schema.js';
import { type RecordedBlock, type RecordedFacts, recordedFacts } from './recorded-facts.js';

/** A fact as it comes about; the keeper numbers it. */
export type NewFact = EvaluationFact extends infer Fact ? (Fact extends unknown ? Omit<Fact, 'step'> : never) : never;

/** What a change makes of the sheets. */
export interface SheetChange {
  readonly sheets: readonly Sheet[];
  readonly facts: readonly NewFact[];
}

/** The moment of a change. */
export interface SheetMoment {
  readonly clock: LifeClock;
  /** The number of the next sheet. */
  readonly nextSheet: number;
}

/** The box that keeps them. */
export interface KeeperPlace {
  /** What is agreed on now; null where sheets are not, undefined while that is not known. */
  rule(): EvaluationRule | null | undefined;
  /** The best that the box knows. */
  wall(): UnixTime;
  /** Milliseconds by a clock that cannot be set. */
  uptimeMs(): number;
  /** Resolves when it is on disk. */
  record(fact: EvaluationFact): Promise<void>;
}

type State = Omit<Evaluations, 'clock'>;

const nothing: State = { nextSheet: 1, nextStep: 1, sheets: [], blocks: [], untold: [] };

/**
 * Keeps the sheets of the box, and lets none live longer than it may: whatever is done or looked at, those that are due are gone first. A sheet
 * and what the record has to be told of it are written as one, so that no power cut comes between them.
 */
export class SheetKeeper {
  readonly #turns = new InTurn();
  #state: State = nothing;
  #clock: LifeClock = { at: 0, wall: 0 };
  #seenAtMs = 0;
  #writtenAt = 0;
  /** So many of the untold facts has the record taken, if not written yet. */
  #handed = 0;
  #onBlocks: () => void = () => undefined;
  /** Null where the record tells nothing of sheets. */
  #recorded: RecordedFacts | null = null;
  /** Until the file could be read nothing is written, so that none is lost that is there. */
  #isLoaded = false;
  /** Whether more is known than the file says. */
  #isUnwritten = false;

  private constructor(
    private readonly file: EvaluationsFile,
    private readonly place: KeeperPlace,
  ) {}

  /** @param hasRecord Whether the audit record can have anything of sheets. */
  static async open(folder: string, place: KeeperPlace, hasRecord: boolean): Promise<SheetKeeper> {
    const keeper = new SheetKeeper(new EvaluationsFile(folder), place);
    await keeper.#open(hasRecord ? await recordedFacts(folder).catch(() => null) : null);
    return keeper;
  }

  /** Who may not listen to whom now. */
  get blocks(): readonly Block[] {
    return this.#tended(this.#state, this.#now()).blocks;
  }

  /** @param listener Called each time that a block has begun or ended. */
  onBlocks(listener: () => void): void {
    this.#onBlocks = listener;
  }

  /** Those that may still be there, at this moment; @throws AdminError while they cannot be read. */
  sheets(): readonly Sheet[] {
    if (!this.#isLoaded) throw unreadable();
    return this.#tended(this.#state, this.#now()).sheets;
  }

  /** How long from now until a moment of a sheet. */
  untilMs(moment: number): number {
    return moment - this.#now().at;
  }

  /** Deletes what is due, and tells the record what it may not know yet. */
  tend(): Promise<void> {
    return this.#turns.run(() => this.#tend());
  }

  /** Changes them as said; @throws what `change` throws, and when the disk does not take it. */
  change(change: (sheets: readonly Sheet[], moment: SheetMoment) => SheetChange): Promise<void> {
    return this.#turns.run(async () => {
      await this.#tend();
      const { sheets, facts } = change(this.#state.sheets, { clock: this.#now(), nextSheet: this.#state.nextSheet });
      if (sheets === this.#state.sheets && facts.length === 0) return;
      const nextSheet = Math.max(this.#state.nextSheet, ...sheets.map(({ id }) => id + 1));
      await this.#replace(withFacts({ ...this.#state, sheets, nextSheet }, facts));
      await this.#tell();
    });
  }

  /** Writes down how far the time has gone. */
  stop(): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#isLoaded && hasDates(this.#state)) await this.#write(this.#state);
    });
  }

  async #open(recorded: RecordedFacts | null): Promise<void> {
    this.#recorded = recorded;
    const wall = this.place.wall();
    this.#seenAtMs = this.place.uptimeMs();
    this.#clock = { at: wall, wall };
    await this.#load().catch(() => {
      this.#state = { ...nothing, blocks: this.#withRecorded(nothing) };
    });
  }

  /** @throws AdminError while the file is there and cannot be read. */
  async #load(): Promise<void> {
    const found = await this.file.read().catch((cause: unknown) => {
      throw unreadable(cause);
    });
    const wall = this.place.wall();
    this.#seenAtMs = this.place.uptimeMs();
    this.#clock = typeof found === 'object' ? resumed(found.clock, wall) : { at: wall, wall };
    const state = typeof found === 'object' ? found : nothing;
    const recorded = this.#recorded;
    const untold = state.untold.filter((fact) => recorded === null || !recorded.has(fact));
    this.#state = {
      ...state,
      untold,
      nextSheet: Math.max(state.nextSheet, recorded?.nextSheet ?? 1),
      nextStep: Math.max(state.nextStep, recorded?.nextStep ?? 1),
      sheets: state.sheets.filter(({ id }) => recorded?.deleted.has(id) !== true),
      blocks: this.#withRecorded(state),
    };
    this.#isUnwritten = (recorded?.nextStep ?? 1) > state.nextStep;
    const isMissing = [...(recorded?.present ?? [])].some((id) => !isKnown(this.#state, id));
    if (found === 'lost' || isMissing) this.#state = withFacts(this.#state, [{ type: 'sheetsLost' }]);
    this.#writtenAt = this.#clock.at;
    this.#isLoaded = true;
  }

  /** With those that came about after this state, as the record has them: of an older file, or none, not all blocks are known. */
  #withRecorded({ blocks, nextStep }: State): readonly Block[] {
    const fresh = (this.#recorded?.blocks ?? []).filter(({ step }) => step >= nextStep);
    return mergedBlocks([...blocks, ...fresh.map((block) => blockFrom(block, this.#clock))], this.#clock.at);
  }

  #now(): LifeClock {
    const uptime = this.place.uptimeMs();
    this.#clock = advanced(this.#clock, this.place.wall(), uptime - this.#seenAtMs);
    this.#seenAtMs = uptime;
    return this.#clock;
  }

  async #tend(): Promise<void> {
    if (!this.#isLoaded) {
      await this.#load();
      this.#onBlocks();
    }
    const state = this.#tended(this.#state, this.#now());
    if (state !== this.#state)
      await this.#replace(state).catch((error: unknown) => {
        // Whoever is blocked is so at once, whatever the disk takes.
        this.#onBlocks();
        throw error;
      });
    // The record says itself that it cannot be written, and takes them late.
    if (state.untold.length > this.#handed) await this.#tell().catch(() => undefined);
    const isOld = hasDates(state) && this.#now().at - this.#writtenAt >= writtenEveryMs;
    if (isOld || this.#isUnwritten) await this.#write(this.#state);
  }

  /** The same state where nothing is due. */
  #tended(state: State, { at, wall }: LifeClock): State {
    const rule = this.place.rule();
    const ended = state.sheets.flatMap((sheet) => {
      const reason = endOf(sheet, rule, at);
      return reason === undefined ? [] : [{ sheet, reason }];
    });
    if (ended.length === 0 && state.blocks.every(({ until }) => at < until)) return state;
    const barred = ended.filter(({ reason }) => leadsToBlock(reason)).map(({ sheet }) => sheet);
    const gone = new Set(ended.map(({ sheet }) => sheet.id));
    const facts: NewFact[] = [
      ...ended.map(({ sheet, reason }) => ({ type: 'sheetDeleted' as const, ...toldOf(sheet), reason })),
      ...barred.map((sheet) => {
        const until = new Date(wall + blockMs(sheet)).toISOString();
        return { type: 'moderatorBlocked' as const, ...toldOf(sheet), until, days: sheet.blockDays };
      }),
    ];
    const sheets = state.sheets.filter(({ id }) => !gone.has(id));
    const added = barred.map((sheet) => blockOf(sheet, at));
    return withFacts({ ...state, sheets, blocks: mergedBlocks([...state.blocks, ...added], at) }, facts);
  }

  async #replace(state: State): Promise<void> {
    const before = this.#state;
    const isBlocking = state.blocks !== before.blocks;
    await this.#write(state).catch(async (error: unknown) => {
      // It may be in place all the same, and only not be sure to survive a power cut: what was refused does not come with the next start.
      await this.#write(before).catch(() => undefined);
      throw error;
    });
    this.#state = state;
    if (isBlocking) this.#onBlocks();
  }

  async #write(state: State): Promise<void> {
    const clock = this.#now();
    await this.file.write({ ...state, clock });
    this.#writtenAt = clock.at;
    this.#isUnwritten = false;
  }

  /** What the record cannot write now, it takes and writes late; until then it stays here, too. */
  async #tell(): Promise<void> {
    const { untold } = this.#state;
    const fresh = untold.slice(this.#handed);
    this.#handed = untold.length;
    await Promise.all(fresh.map((fact) => this.place.record(fact))).catch((cause: unknown) => {
      throw new AdminError({ code: 'agreement.keptUnrecorded' }, { kind: 'unavailable', cause });
    });
    this.#state = { ...this.#state, untold: [] };
    this.#handed = 0;
    // Where this is not written, the next start finds them in the record.
    await this.#write(this.#state).catch(() => undefined);
  }
}

/** Whether it is there, or is gone in a way that the record will be told. */
const isKnown = ({ sheets, untold }: State, id: number): boolean =>
  sheets.some((sheet) => sheet.id === id) || untold.some((fact) => fact.type === 'sheetDeleted' && fact.sheet === id);

const unreadable = (cause?: unknown): AdminError =>
  new AdminError({ code: 'evaluation.unreadable' }, { kind: 'unavailable', cause });

/** Whether anything in it ends by the clock. */
const hasDates = ({ sheets, blocks }: State): boolean => sheets.length + blocks.length > 0;

const blockOf = (sheet: Sheet, now: LifeTime): Block => ({
  ...{ moderator: sheet.moderator.extension, member: sheet.member.extension, until: now + blockMs(sheet) },
  users: { moderator: sheet.moderator.user, member: sheet.member.user },
});

/** What is left of it by the clock on the wall, and never more than the whole of it: that clock may have been ahead, or be behind. */
function blockFrom({ moderator, member, until, days }: RecordedBlock, { at, wall }: LifeClock): Block {
  const leftMs = Math.min(until - wall, blockMs({ blockDays: days }));
  return { moderator, member, users: null, until: at + leftMs };
}

function withFacts(state: State, facts: readonly NewFact[]): State {
  const numbered = facts.map((fact, index): EvaluationFact => ({ ...fact, step: state.nextStep + index }));
  return { ...state, untold: [...state.untold, ...numbered], nextStep: state.nextStep + facts.length };
}
