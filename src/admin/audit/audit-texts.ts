import type { Message } from '../../locales/codes.js';
import { english } from '../../locales/en/index.js';
import { type ChangeWords, changeLine } from '../../locales/settings-change.js';
import { hasText, text, worded } from '../../locales/text.js';
import { momentText } from '../../primitives/calendar.js';
import type { Role } from '../../primitives/roles.js';
import type { Language } from '../speaking.js';
import type {
  AdmissionWay,
  AgreementProblem,
  AgreementRefusal,
  Breach,
  ClockDoubt,
  EndReason,
  HelpEnd,
  ListeningPlace,
  Mode,
  RecordedFact,
  RecordProblem,
  RefusalReason,
  SheetEnd,
} from './audit.js';

type NamesIn<Fact> = Fact extends unknown ? keyof Fact : never;

/** Everything that the record can hold. A name without words is a type error in `wordOr`. */
type Word =
  | `audit.fact.${RecordedFact['type']}`
  | `audit.detail.${Exclude<NamesIn<RecordedFact>, 'type'>}`
  | `audit.reason.${RefusalReason | EndReason | HelpEnd | AgreementRefusal | SheetEnd}`
  | `audit.mode.${Mode}`
  | `audit.on.${ListeningPlace}`
  | `audit.way.${AdmissionWay}`
  | `audit.byKind.${Extract<RecordedFact, { readonly byKind: unknown }>['byKind']}`
  | `audit.role.${Role}`
  | `audit.when.${Extract<RecordedFact, { readonly when: unknown }>['when']}`
  | `audit.problem.${RecordProblem | AgreementProblem}`
  | `audit.outcome.${Extract<RecordedFact, { readonly outcome: unknown }>['outcome']}`
  | `audit.notice.${'none' | 'toneAtStart' | 'toneEvery' | 'announcement'}`;

type NameOf = ChangeWords['nameOf'];

const nobodyIsNamed: NameOf = () => null;

type Kind = Word extends `audit.${infer Name}.${string}` ? Name : never;

const isWord = (code: string): code is Word => hasText(code);

/** A name in words, or as it is recorded if this version does not know it. */
function wordOr(kind: Kind, name: string, language: Language): string {
  const code = `audit.${kind}.${name}`;
  return isWord(code) ? text(language, code) : name;
}

/** A remark on the time of an entry; empty if the clock was right. */
export function clockText(clock: ClockDoubt | undefined, language: Language): string {
  return clock === undefined ? '' : ` (${text(language, `audit.clock.${clock}`)})`;
}

/** The entries that are about somebody who was or could have been listened to. */
type AboutMember = Extract<RecordedFact, { readonly member: unknown } | { readonly other: unknown }>['type'];

const aboutMember: Readonly<Record<AboutMember, true>> = {
  refused: true,
  helpAsked: true,
  helpGiven: true,
  helpEnded: true,
  admissionAsked: true,
  letIn: true,
  admissionEnded: true,
  drawn: true,
  drawEnded: true,
  started: true,
  told: true,
  modeChanged: true,
  takingOver: true,
  followChanged: true,
  ended: true,
  monitorEnded: true,
  callHungUp: true,
  sheetMade: true,
  sheetCommented: true,
  sheetObjectedTo: true,
  talkNoted: true,
  talkConfirmed: true,
  talkDenied: true,
  secondOpinionAsked: true,
  secondOpinionGiven: true,
  sheetDeleted: true,
  moderatorBlocked: true,
};

/** What kinds of entries there can be, in words, in alphabetical order. */
export function factKinds(
  language: Language,
  which: 'all' | 'aboutMember',
): readonly { readonly type: string; readonly text: string }[] {
  const types = Object.keys(which === 'all' ? english.audit.fact : aboutMember);
  const kinds = types.map((type) => ({ type, text: wordOr('fact', type, language) }));
  return kinds.toSorted((one, other) => one.text.localeCompare(other.text, language));
}

/** One fact as a line to read: what happened, then its details. */
export function factText(
  fact: Readonly<Record<string, unknown>>,
  language: Language,
  nameOf: NameOf = nobodyIsNamed,
): string {
  const { type, ...details } = fact;
  return [wordOr('fact', String(type), language), ...detailTexts(details, language, nameOf)].join('  ');
}

/** Details of a fact, each with its name in front. */
export const detailTexts = (
  details: Readonly<Record<string, unknown>>,
  language: Language,
  nameOf: NameOf = nobodyIsNamed,
): readonly string[] =>
  Object.entries(details)
    .filter(([name, value]) => value !== null && !(name === 'by' && value === details.byKind))
    .map(([name, value]) => `${wordOr('detail', name, language)}: ${valueText(name, value, language, nameOf)}`);

/** What kind of entry it is, in words. */
export const kindText = (type: string, language: Language): string => wordOr('fact', type, language);

/** One detail of a fact as it is read: names in words, numbers and texts as they are. */
export const detailText = (name: string, value: unknown, language: Language): string =>
  valueText(name, value, language, nobodyIsNamed);

/** Puts names into words; numbers and texts are shown as they are. */
function valueText(name: string, value: unknown, language: Language, nameOf: NameOf): string {
  if (typeof value === 'boolean') return text(language, value ? 'audit.yes' : 'audit.no');
  const written = Array.isArray(value) ? listText(name, value, language, nameOf) : String(value);
  const kind = kindOf.get(name);
  if (kind !== undefined) return wordOr(kind, written, language);
  const list = listOf.get(name);
  if (list !== undefined) return nameOf(list, written) ?? written;
  if (name === 'roles') return eachOf(written, ' ', (role) => wordOr('role', role, language));
  if (noticeNames.has(name)) return eachOf(written, ', ', (notice) => noticeText(notice, language));
  return isTime.test(written) ? momentText(Date.parse(written)) : written;
}

function listText(name: string, all: readonly unknown[], language: Language, nameOf: NameOf): string {
  if (name === 'changes') return all.map((change) => changeText(change, language, nameOf)).join('; ');
  return name === 'candidates' ? all.map(candidateText).join(', ') : String(all);
}

/** `101/7`: the member, and the number of the call. */
function candidateText(candidate: unknown): string {
  const { member, call } = Object(candidate);
  return `${member}/${call}`;
}

/** Details that are names of something in words. */
const kindOf: ReadonlyMap<string, Kind> = new Map([
  ...(['reason', 'mode', 'on', 'way', 'problem', 'byKind', 'when', 'outcome'] as const).map(
    (name) => [name, name] as const,
  ),
  ['party', 'detail'],
]);

/** Details that go by the name of an entry elsewhere. */
const listOf: ReadonlyMap<string, string> = new Map([
  ['profile', 'profiles'],
  ['purpose', 'purposes'],
]);

const noticeNames: ReadonlySet<string> = new Set(['noticeMember', 'noticeOther', 'notice']);

/** As the record has it, in UTC; people read it by the clock of the place. */
const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

const eachOf = (list: string, separator: string, wordOf: (part: string) => string): string =>
  list.split(separator).map(wordOf).join(', ');

/** `toneEvery 10 s` in words. */
function noticeText(notice: string, language: Language): string {
  const [kind = '', ...rest] = notice.split(' ');
  return [wordOr('notice', kind, language), ...rest].join(' ');
}

/** `Extension 101, Name: Anna, now Annemarie`; of a secret only its place. */
export function changeText(change: unknown, language: Language, nameOf = nobodyIsNamed): string {
  const { path, ...sides } = Object(change);
  const steps = Array.isArray(path) ? path.map(String) : [];
  return changeLine({ ...sides, path: steps }, { word: (code, params) => settingWord(code, params, language), nameOf });
}

function settingWord(code: string, params: unknown, language: Language): string | null {
  const full = `page.setting.${code}`;
  return hasText(full) ? worded(language, full, params) : null;
}

/** How the record differs from what was written. */
export function breachMessage(breach: Breach): Message {
  switch (breach.why) {
    case 'missing':
      return { code: 'audit.breach.missing', params: breach };
    case 'tailCut':
      return { code: 'audit.breach.tailCut', params: breach };
    case 'changed':
      return { code: 'audit.breach.changed', params: breach };
    case 'foreign':
      return { code: 'audit.breach.foreign', params: breach };
    case 'olderCopy':
      return { code: 'audit.breach.olderCopy', params: breach };
    case 'replaced':
      return { code: 'audit.breach.replaced', params: breach };
    case 'order':
      return { code: 'audit.breach.order', params: breach };
    case 'reported':
      return { code: 'audit.breach.reported', params: breach };
    case 'behindCheckpoint':
      return { code: 'audit.breach.behindCheckpoint', params: breach };
    case 'checkpointForeign':
    case 'offCheckpoint':
    case 'anchorMissing':
    case 'exportForged':
    case 'anchorForged':
    case 'keyMissing':
    case 'keyDamaged':
      return { code: `audit.breach.${breach.why}` };
  }
}
