import type { AgreementDocument, NoticeFloor, Signer } from './document.js';
import { noticeStarts, signers } from './document.js';
import type { EvaluationRule } from './evaluation.js';

/** What one change does to those who are protected: less is allowed than before, more, or some of each. */
export type Direction = 'tightening' | 'loosening' | 'both';

/** What a difference is about. */
export const fields = [
  'signers',
  'purposes',
  'listening',
  'noticeMember',
  'noticeOther',
  'modes',
  'periodsAhead',
  'periodsLength',
  'periodsGap',
  'callsPerMember',
  'membersPerMonth',
  'admission',
  'privateCalls',
  'recording',
  'draw',
  'evaluationItems',
  'evaluationTalk',
  'evaluationKept',
  'evaluationBlock',
  'evaluationSecond',
] as const;
export type Field = (typeof fields)[number];

/** One field in which two documents differ, and the reason for what it counts as. */
export interface Difference {
  readonly field: Field;
  readonly direction: Direction;
  /** What is allowed that was not; of a notice or a limit, what it comes down to. */
  readonly more: readonly string[];
  /** What is not allowed any more. */
  readonly less: readonly string[];
}

type Change = Pick<Difference, 'more' | 'less'>;

/** In what a document differs from the one that it is to replace. */
export function differences(before: AgreementDocument, after: AgreementDocument): readonly Difference[] {
  return fields.flatMap((field) => {
    const { more, less } = changeOf[field](before, after);
    const direction = directionOf(more.length > 0, less.length > 0);
    return direction === null ? [] : [{ field, direction, more, less }];
  });
}

/** What all differences come down to; null where there are none. */
export function directionOfAll(all: readonly Pick<Difference, 'direction'>[]): Direction | null {
  const is = (direction: Direction) => all.some((each) => each.direction === direction || each.direction === 'both');
  return directionOf(is('loosening'), is('tightening'));
}

function directionOf(isMore: boolean, isLess: boolean): Direction | null {
  if (isMore) return isLess ? 'both' : 'loosening';
  return isLess ? 'tightening' : null;
}

const changeOf: Readonly<Record<Field, (before: AgreementDocument, after: AgreementDocument) => Change>> = {
  // Whoever may sign next decides about everything else, so there is no harmless change of it.
  signers: (before, after) => sets(signersOf(before), signersOf(after)),
  // Another name, or another key, is another purpose to those who read or dial it.
  purposes: (before, after) => sets(purposesOf(before), purposesOf(after)),
  listening: (before, after) => sets(pairsOf(before), pairsOf(after)),
  noticeMember: (before, after) => notices(before.notice.member, after.notice.member),
  noticeOther: (before, after) => notices(before.notice.other, after.notice.other),
  modes: (before, after) => sets(before.modes, after.modes),
  periodsAhead: (before, after) =>
    limits(-daysAhead(before), -daysAhead(after), (value) => (value === -unannounced ? '–' : `${-value} d`)),
  periodsGap: (before, after) =>
    limits(-daysBetween(before), -daysBetween(after), (value) => (value === -unannounced ? '–' : `${-value} d`)),
  periodsLength: (before, after) => limits(daysLong(before), daysLong(after), (value) => `${value} d`),
  callsPerMember: (before, after) => limits(most(before.quota.callsPerMember), most(after.quota.callsPerMember)),
  membersPerMonth: (before, after) => limits(most(before.quota.membersPerMonth), most(after.quota.membersPerMonth)),
  admission: (before, after) => limits(unasked(before), unasked(after), () => 'withoutAdmission'),
  privateCalls: (before, after) => limits(open(before), open(after), () => 'privateCalls'),
  recording: (before, after) =>
    limits(before.recordingDays ?? 0, after.recordingDays ?? 0, (value) => (value === 0 ? '0' : `${value} d`)),
  draw: choices,
  evaluationItems: ({ evaluation: before }, { evaluation: after }) => sets(itemsOf(before), itemsOf(after)),
  evaluationTalk: ({ evaluation: before }, { evaluation: after }) =>
    limits(before?.talkDays ?? 0, after?.talkDays ?? 0, inDays),
  evaluationKept: ({ evaluation: before }, { evaluation: after }) =>
    limits(before?.keepDays ?? 0, after?.keepDays ?? 0, inDays),
  // The shorter a block, the sooner is somebody listened to again.
  evaluationBlock: (before, after) => limits(blocked(before, after), blocked(after, before), (value) => inDays(-value)),
  evaluationSecond: ({ evaluation: before }, { evaluation: after }) => {
    const change = sets(secondOf(before), secondOf(after));
    return before && after ? asBoth(change) : change;
  },
};

const inDays = (value: number): string => (value === 0 ? '0' : `${value} d`);

const itemsOf = (rule: EvaluationRule | undefined): readonly string[] =>
  rule?.items.map(({ id, kind, text }) => `${id} (${kind}): ${text}`) ?? [];

const secondOf = (rule: EvaluationRule | undefined): readonly string[] => rule?.second ?? [];

/** Where one of two has no sheets, its blocks cannot be compared. */
const blocked = ({ evaluation }: AgreementDocument, other: AgreementDocument): number =>
  -((other.evaluation && evaluation?.blockDays) ?? 0);

/** Whoever may be asked sees more, and whoever may be asked no more is a right less: neither is harmless to the member. */
const asBoth = ({ more, less }: Change): Change =>
  more.length + less.length === 0 ? { more, less } : { more: [...more, ...less.map(gone)], less };

const gone = (item: string): string => `− ${item}`;

/** Where nobody has to be asked, more can be listened to. */
const unasked = ({ admission }: AgreementDocument): number => (admission ? 0 : 1);

/** Where there are no private calls, more can be listened to. */
const open = ({ privateCalls }: AgreementDocument): number => (privateCalls ? 0 : 1);

const most = (limit: number | null): number => limit ?? Number.POSITIVE_INFINITY;
/** Where nothing has to be announced, somebody may be listened to before any announcement. */
const unannounced = -1;
const daysAhead = ({ periods }: AgreementDocument): number => periods?.daysAhead ?? unannounced;
const daysBetween = ({ periods }: AgreementDocument): number => periods?.gapDays ?? unannounced;
const daysLong = ({ periods }: AgreementDocument): number => most(periods?.mostDays ?? null);

const signersOf = ({ signers: keys }: AgreementDocument): readonly string[] =>
  signers.map((signer: Signer) => `${signer} ${keys[signer]}`);

const purposesOf = ({ purposes }: AgreementDocument): readonly string[] =>
  purposes.map(({ digit, id, name }) => `${digit} ${id}: ${name}`);

const pairsOf = ({ listening }: AgreementDocument): readonly string[] =>
  listening.flatMap(({ moderators, members }) =>
    moderators.flatMap((moderator) => members.map((member) => `${moderator} → ${member}`)),
  );

function sets(before: readonly string[], after: readonly string[]): Change {
  const [were, are] = [new Set(before), new Set(after)];
  return {
    more: [...are].filter((item) => !were.has(item)),
    less: [...were].filter((item) => !are.has(item)),
  };
}

/** For which of the purposes in both documents moderators may choose by hand: what is new is a difference of the purposes. */
function choices(before: AgreementDocument, after: AgreementDocument): Change {
  const isInBoth = (id: string) => [before, after].every(({ purposes }) => purposes.some((each) => each.id === id));
  const byHand = ({ purposes }: AgreementDocument) =>
    purposes.filter(({ id, byDraw }) => byDraw !== true && isInBoth(id)).map(({ id }) => id);
  return sets(byHand(before), byHand(after));
}

/** The higher the limit, the more is allowed. */
function limits(before: number, after: number, worded = (value: number) => String(value)): Change {
  const text = [Number.isFinite(after) ? worded(after) : '∞'];
  if (after === before) return { more: [], less: [] };
  return after > before ? { more: text, less: [] } : { more: [], less: text };
}

/** A more explicit beginning is less, as seldom as tones may be is more. */
function notices(before: NoticeFloor, after: NoticeFloor): Change {
  const rank = ({ start }: NoticeFloor) => noticeStarts.indexOf(start);
  const start = limits(-rank(before), -rank(after), () => after.start);
  const tones = limits(most(before.toneEvery), most(after.toneEvery), (seconds) => `${seconds} s`);
  return { more: [...start.more, ...tones.more], less: [...start.less, ...tones.less] };
}
