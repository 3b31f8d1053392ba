import type { ExtensionNumber } from '../primitives/ids.js';
import type { UnixTime } from '../primitives/time.js';
import { type Answer, answersTo, type EvaluationRule, type SheetItem } from './evaluation.js';
import type { LifeTime } from './lifetime.js';

/** Somebody whom a sheet concerns: whoever gets the extension, or another user, is not. */
export interface Concerned {
  readonly extension: ExtensionNumber;
  /** The user, by the key of their name. */
  readonly user: string;
}

/** Which monitor a sheet is about. */
export interface SheetSubject {
  /** As in the audit record. */
  readonly session: number;
  readonly call: number;
  readonly ended: UnixTime;
  readonly purpose: string | null;
}

/** What a moderator has noted after a monitor, in the items that were agreed on and in no other words. */
export interface Sheet extends SheetSubject {
  readonly id: number;
  readonly moderator: Concerned;
  readonly member: Concerned;
  /** As they were when it was made. */
  readonly items: readonly SheetItem[];
  /** One for each item. */
  readonly answers: readonly Answer[];
  readonly made: LifeTime;
  readonly talkUntil: LifeTime;
  readonly keptUntil: LifeTime;
  readonly blockDays: number;
  /** Of the member; empty where there is none. */
  readonly comment: string;
  readonly objection: string;
  readonly talk: Talk;
  readonly second: SecondOpinion | null;
}

/** What both say about whether they have talked. */
export interface Talk {
  readonly isNoted: boolean;
  /** What the member says. */
  readonly word: 'confirmed' | 'denied' | null;
}

/** Asked for by the member. */
export interface SecondOpinion {
  readonly by: Concerned;
  /** Null until it is given. */
  readonly answers: readonly Answer[] | null;
}

/** As whom somebody sees a sheet. */
export type SheetPart = 'moderator' | 'member' | 'second';

/** As whom this person sees the sheet; null for everybody whom it does not concern. */
export function partOf({ moderator, member, second }: Sheet, person: Concerned): SheetPart | null {
  if (isSame(moderator, person)) return 'moderator';
  if (isSame(member, person)) return 'member';
  return second !== null && isSame(second.by, person) ? 'second' : null;
}

const isSame = (one: Concerned, other: Concerned): boolean =>
  one.extension === other.extension && one.user === other.user;

/** Whether both have confirmed that they have talked. */
export const isTalkHeld = ({ talk }: Pick<Sheet, 'talk'>): boolean => talk.isNoted && talk.word === 'confirmed';

/** What somebody does with a sheet that is there. */
export type SheetCommand =
  | { readonly type: 'comment' | 'object'; readonly text: string }
  /** That they have talked; or of the member that they have not. */
  | { readonly type: 'talk'; readonly isHeld: boolean }
  | { readonly type: 'askSecond'; readonly second: Concerned }
  | { readonly type: 'giveSecond'; readonly answers: readonly Answer[] };

/** Why it is not done. */
export type SheetRefusal = 'notForYou' | 'talkIsHeld' | 'secondIsAsked' | 'notASecond' | 'isGiven' | 'answers';

/** The sheet after it, the same one where it changes nothing, or why it is not done. Whoever it does not concern is not told of it before. */
export function acted(sheet: Sheet, part: SheetPart, command: SheetCommand): Sheet | SheetRefusal {
  switch (command.type) {
    case 'comment':
      return part === 'member' ? said(sheet, 'comment', command.text) : 'notForYou';
    case 'object':
      return part === 'member' ? said(sheet, 'objection', command.text) : 'notForYou';
    case 'talk':
      return talked(sheet, part, command.isHeld);
    case 'askSecond':
      return part === 'member' ? asked(sheet, command.second) : 'notForYou';
    case 'giveSecond':
      return part === 'second' ? given(sheet, command.answers) : 'notForYou';
  }
}

const said = (sheet: Sheet, where: 'comment' | 'objection', text: string): Sheet =>
  sheet[where] === text ? sheet : { ...sheet, [where]: text };

/** What the member has confirmed stays so; that they have not talked, they can take back. */
function talked(sheet: Sheet, part: SheetPart, isHeld: boolean): Sheet | SheetRefusal {
  const { talk } = sheet;
  if (part === 'moderator') return isHeld ? withTalk(sheet, { ...talk, isNoted: true }) : 'notForYou';
  if (part !== 'member') return 'notForYou';
  if (talk.word === 'confirmed' && !isHeld) return 'talkIsHeld';
  return withTalk(sheet, { ...talk, word: isHeld ? 'confirmed' : 'denied' });
}

const withTalk = (sheet: Sheet, talk: Talk): Sheet =>
  sheet.talk.isNoted === talk.isNoted && sheet.talk.word === talk.word ? sheet : { ...sheet, talk };

function asked(sheet: Sheet, by: Concerned): Sheet | SheetRefusal {
  if (sheet.second !== null) return 'secondIsAsked';
  const { moderator, member } = sheet;
  const isOther = [moderator, member].every(({ extension, user }) => extension !== by.extension && user !== by.user);
  return isOther ? { ...sheet, second: { by, answers: null } } : 'notASecond';
}

function given(sheet: Sheet, answers: readonly Answer[]): Sheet | SheetRefusal {
  if (sheet.second === null || sheet.second.answers !== null) return 'isGiven';
  return areAnswers(sheet.items, answers, true) ? { ...sheet, second: { ...sheet.second, answers } } : 'answers';
}

/** Whether these answer all items. @param mayBeOpen whether some may be left open, as by somebody who was not there. */
export const areAnswers = (items: readonly SheetItem[], answers: readonly Answer[], mayBeOpen: boolean): boolean =>
  answers.length === items.length &&
  items.every(({ kind }, index) => {
    const given = answers[index];
    return (mayBeOpen && given === 'open') || answersTo[kind].some((answer) => answer === given);
  });

const dayMs = 24 * 3_600_000;

/** A sheet as it is when it is made. */
export const newSheet = (
  { items, talkDays, keepDays, blockDays }: EvaluationRule,
  made: LifeTime,
  of: Pick<Sheet, 'id' | 'moderator' | 'member' | 'answers' | keyof SheetSubject>,
): Sheet => ({
  ...of,
  items,
  made,
  talkUntil: made + talkDays * dayMs,
  keptUntil: made + keepDays * dayMs,
  blockDays,
  comment: '',
  objection: '',
  talk: { isNoted: false, word: null },
  second: null,
});

/** Why a sheet is deleted. `talkUnconfirmed`: the moderator has noted the talk, and the member has said nothing to it. */
export type SheetEnd = 'dateReached' | 'noTalk' | 'talkUnconfirmed' | 'notAgreedOn';

/**
 * Whether a sheet has to be gone, and why; undefined where it may stay. An agreement that came later may shorten its life, and never
 * lengthens it.
 * @param rule Null where sheets are agreed on no more; undefined while that is not known.
 */
export function endOf(sheet: Sheet, rule: EvaluationRule | null | undefined, now: LifeTime): SheetEnd | undefined {
  const { talk, talkUntil } = sheet;
  if (!isTalkHeld(sheet) && now >= talkUntil) return talk.isNoted && talk.word === null ? 'talkUnconfirmed' : 'noTalk';
  if (rule === null) return 'notAgreedOn';
  return now >= lastMoment(sheet, rule) ? 'dateReached' : undefined;
}

/** When it is deleted at the latest. */
export const lastMoment = ({ keptUntil, made }: Sheet, rule: EvaluationRule | undefined): LifeTime =>
  rule === undefined ? keptUntil : Math.min(keptUntil, made + rule.keepDays * dayMs);

/** Whether its moderator is blocked for its member when it ends so. */
export const leadsToBlock = (end: SheetEnd): boolean => end === 'noTalk';

/** How long its moderator is blocked then. */
export const blockMs = ({ blockDays }: Pick<Sheet, 'blockDays'>): number => blockDays * dayMs;
