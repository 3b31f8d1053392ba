import { type Block, isBlocked } from '../../agreement/blocks.js';
import type { AgreementDocument } from '../../agreement/document.js';
import type { Answer, EvaluationRule } from '../../agreement/evaluation.js';
import {
  acted,
  areAnswers,
  type Concerned,
  newSheet,
  partOf,
  type Sheet,
  type SheetCommand,
  type SheetPart,
} from '../../agreement/sheets.js';
import { type ExtensionNumber, extensionNumber } from '../../primitives/ids.js';
import type { Instant, WallState } from '../../primitives/time.js';
import { nameKey } from '../../primitives/user-name.js';
import { AdminError } from '../../store/admin-error.js';
import type { AgreementStore } from '../../store/agreement/agreement-store.js';
import type { Watched } from '../../store/audit/latest-watched.js';
import type { WatchedCall } from '../../store/audit/watched-calls.js';
import { toldOf } from '../../store/evaluations/evaluation-fact.js';
import type { NewFact, SheetKeeper } from '../../store/evaluations/sheet-keeper.js';
import { Pace } from '../live/pace.js';
import type { Caller } from '../operation.js';
import type { UserView } from '../users/user-views.js';

/** The box whose sheets they are. */
export interface SheetsPlace {
  readonly keeper: SheetKeeper;
  readonly store: AgreementStore;
  readonly clock: { readonly now: Instant; readonly wall: { readonly time: number; readonly state: WallState } };
  /** Who can sign in. */
  users(): readonly UserView[];
  /** Calls that a moderator has listened to since then, without those about which there is or was a sheet. */
  watched(moderator: ExtensionNumber, since: number): Promise<Watched>;
}

/** A sheet as one of those whom it concerns sees it. */
export interface OwnSheet {
  readonly part: SheetPart;
  readonly sheet: Sheet;
}

/** Far more than are kept for some months; together they fit into one file. */
const mostSheets = 500;
const dayMs = 24 * 3_600_000;

const factOf = {
  comment: 'sheetCommented',
  object: 'sheetObjectedTo',
  giveSecond: 'secondOpinionGiven',
} as const;

/**
 * Sheets about what moderators have heard. By no role does anybody see one: only its moderator, the member whom it is about, and whoever that
 * member has asked for a second opinion, each by the extension and the user that they were then.
 */
export class SheetsDesk {
  readonly #pace = new Pace<ExtensionNumber>();

  constructor(private readonly place: SheetsPlace) {}

  /** What is agreed on about sheets; null where there are none. */
  get rule(): EvaluationRule | null {
    return this.#document?.evaluation ?? null;
  }

  /** A moment of a sheet or block as the clock on the wall will show it. */
  timeOf(moment: number): number {
    return this.place.clock.wall.time + this.place.keeper.untilMs(moment);
  }

  /** Whom the caller may not listen to, and who may not listen to the caller, because of a talk that was not held. */
  blocks(caller: Caller): readonly Block[] {
    const { extension, user } = concerned(caller);
    return this.place.keeper.blocks.filter(
      ({ moderator, member, users }) =>
        (moderator === extension && users?.moderator === user) || (member === extension && users?.member === user),
    );
  }

  /** All that concern the caller. */
  own(caller: Caller): readonly OwnSheet[] {
    const person = concerned(caller);
    return this.place.keeper.sheets().flatMap((sheet) => {
      const part = partOf(sheet, person);
      return part === null ? [] : [{ part, sheet }];
    });
  }

  /** @throws AdminError where there is none of this number that concerns the caller. */
  show(id: number, caller: Caller): OwnSheet {
    const found = this.own(caller).find(({ sheet }) => sheet.id === id);
    if (!found) throw noSuchSheet(id);
    return found;
  }

  /** The calls about which the caller may make a sheet now. */
  async possible(caller: Caller): Promise<readonly WatchedCall[]> {
    const { rule } = this;
    const person = concerned(caller);
    const { time, state } = this.place.clock.wall;
    // By a clock that was set back, what is long past would be new.
    if (rule === null || state !== 'set' || !caller.roles.has('moderator')) return [];
    const since = time - rule.talkDays * dayMs;
    const { calls, users } = await this.place.watched(person.extension, since);
    return calls.filter(({ member, began }) => {
      const [user = null, ...others] = this.#loginsOf(extensionNumber(member));
      // Where it is not known whose extension it was then, nobody is judged; whom nobody could tell apart now, `make` refuses in words.
      const isSameMember = user === null || others.length > 0 || users.isSameSince(nameKey(user.name), began);
      return (
        this.#mayJudge(person.extension, extensionNumber(member)) &&
        isSameMember &&
        users.isSameSince(person.user, began)
      );
    });
  }

  /** @throws AdminError */
  async make(of: Pick<WatchedCall, 'session' | 'call'>, answers: readonly Answer[], caller: Caller): Promise<number> {
    const moderator = concerned(caller);
    this.#keepPace(moderator);
    const { rule } = this;
    if (rule === null) throw new AdminError({ code: 'evaluation.notAgreed' }, { kind: 'conflict' });
    const call = (await this.possible(caller)).find(
      ({ session, call: id }) => session === of.session && id === of.call,
    );
    if (!call) throw new AdminError({ code: 'evaluation.noSuchMonitor' }, { kind: 'missing' });
    const member = this.#loginOf(extensionNumber(call.member), 'evaluation.memberLogin');
    if (!areAnswers(rule.items, answers, false)) throw refused('answers');
    const { session, call: id, ended, purpose } = call;
    let made = 0;
    await this.place.keeper.change((sheets, { clock, nextSheet }) => {
      // Asked twice at the same time: the record does not have the first one yet.
      if (sheets.some((each) => isAbout(each, id, member) && each.moderator.extension === moderator.extension))
        throw new AdminError({ code: 'evaluation.noSuchMonitor' }, { kind: 'missing' });
      if (sheets.length >= mostSheets)
        throw new AdminError({ code: 'evaluation.tooMany', params: { most: mostSheets } }, { kind: 'conflict' });
      made = nextSheet;
      const subject = { id: made, session, call: id, ended, purpose };
      const sheet = newSheet(rule, clock.at, { ...subject, moderator, member, answers });
      return { sheets: [...sheets, sheet], facts: [{ type: 'sheetMade', ...toldOf(sheet), session, call: id }] };
    });
    return made;
  }

  comment(id: number, text: string, caller: Caller): Promise<void> {
    return this.#act(id, { type: 'comment', text }, caller);
  }

  object(id: number, text: string, caller: Caller): Promise<void> {
    return this.#act(id, { type: 'object', text }, caller);
  }

  talk(id: number, isHeld: boolean, caller: Caller): Promise<void> {
    return this.#act(id, { type: 'talk', isHeld }, caller);
  }

  async askSecond(id: number, extension: ExtensionNumber, caller: Caller): Promise<void> {
    const { sheet } = this.show(id, caller);
    if (!this.seconds(sheet).includes(extension)) throw refused('notASecond');
    await this.#act(id, { type: 'askSecond', second: this.#loginOf(extension, 'evaluation.secondLogin') }, caller);
  }

  giveSecond(id: number, answers: readonly Answer[], caller: Caller): Promise<void> {
    return this.#act(id, { type: 'giveSecond', answers }, caller);
  }

  /** Whom the member of a sheet may ask for a second opinion. */
  seconds({ moderator, member }: Sheet): readonly ExtensionNumber[] {
    const listening = this.#document?.listening ?? [];
    const others = listening.flatMap(({ moderators, members }) =>
      members.includes(member.extension) ? moderators : [],
    );
    const all = new Set([...(this.rule?.second ?? []), ...others]);
    return [...all].filter((each) => each !== moderator.extension && each !== member.extension).sort();
  }

  async #act(id: number, command: SheetCommand, caller: Caller): Promise<void> {
    const person = concerned(caller);
    this.#keepPace(person);
    await this.place.keeper.change((sheets) => {
      const before = sheets.find((each) => each.id === id);
      const part = before && partOf(before, person);
      if (!before || !part) throw noSuchSheet(id);
      const after = acted(before, part, command);
      if (typeof after === 'string') throw refused(after);
      if (after === before) return { sheets, facts: [] };
      return { sheets: sheets.map((each) => (each.id === id ? after : each)), facts: [factFor(after, part, command)] };
    });
  }

  /** @throws AdminError for whoever writes too fast: each step stands in the record. */
  #keepPace({ extension }: Concerned): void {
    const waitMs = this.#pace.waitMs(extension, this.place.clock.now);
    if (waitMs === 0) return;
    const params = { seconds: Math.ceil(waitMs / 1000) };
    throw new AdminError({ code: 'access.tooManyTries', params }, { kind: 'tooMany' });
  }

  #mayJudge(moderator: ExtensionNumber, member: ExtensionNumber): boolean {
    const isAgreed = this.#document?.listening.some(
      ({ moderators, members }) => moderators.includes(moderator) && members.includes(member),
    );
    return isAgreed === true && !isBlocked(this.place.keeper.blocks, { moderator, member });
  }

  /** The one user of an extension. Where nobody can sign in for it, nobody could see the sheet; where several can, not only the right one. */
  #loginOf(extension: ExtensionNumber, code: 'evaluation.memberLogin' | 'evaluation.secondLogin'): Concerned {
    const [user, ...others] = this.#loginsOf(extension);
    if (!user || others.length > 0) throw new AdminError({ code, params: { extension } }, { kind: 'conflict' });
    return { extension, user: nameKey(user.name) };
  }

  #loginsOf(extension: ExtensionNumber): readonly UserView[] {
    return this.place.users().filter((each) => each.extension === extension && each.hasPassword);
  }

  get #document(): AgreementDocument | null {
    const { state } = this.place.store;
    return state.kind === 'inForce' ? state.agreement.document : null;
  }
}

/** Whether a sheet is about this call of this member, in whichever session the moderator has listened to it. */
const isAbout = (sheet: Sheet, call: number, { extension }: Concerned): boolean =>
  sheet.call === call && sheet.member.extension === extension;

/** @throws AdminError for whoever is nobody with an extension here, such as a program, or whoever sits at the box. */
function concerned({ kind, name, extension }: Caller): Concerned {
  if (extension === null || kind !== 'user') throw new AdminError({ code: 'evaluation.nobody' }, { kind: 'forbidden' });
  return { extension, user: nameKey(name) };
}

/** The same for whoever it does not concern, so that nobody learns which there are. */
const noSuchSheet = (sheet: number): AdminError =>
  new AdminError({ code: 'evaluation.noSuchSheet', params: { sheet } }, { kind: 'missing' });

const refused = (refusal: Exclude<ReturnType<typeof acted>, Sheet>): AdminError =>
  new AdminError({ code: `evaluation.refused.${refusal}` }, { kind: refusal === 'answers' ? 'invalid' : 'conflict' });

function factFor(sheet: Sheet, part: SheetPart, command: SheetCommand): NewFact {
  if (command.type === 'askSecond')
    return { type: 'secondOpinionAsked', ...toldOf(sheet), second: command.second.extension };
  if (command.type !== 'talk') return { type: factOf[command.type], ...toldOf(sheet) };
  if (part === 'moderator') return { type: 'talkNoted', ...toldOf(sheet) };
  return { type: command.isHeld ? 'talkConfirmed' : 'talkDenied', ...toldOf(sheet) };
}
