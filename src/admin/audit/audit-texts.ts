import type { Message } from '../../locales/codes.js';
import { english } from '../../locales/en/index.js';
import { hasText, text } from '../../locales/text.js';
import type { Language } from '../speaking.js';
import type {
  AgreementProblem,
  AgreementRefusal,
  Breach,
  ClockDoubt,
  EndReason,
  ListeningPlace,
  Mode,
  RecordedFact,
  RecordProblem,
  RefusalReason,
} from './audit.js';

type NamesIn<Fact> = Fact extends unknown ? keyof Fact : never;

/** Everything that the record can hold. A name without words is a type error in `wordOr`. */
type Word =
  | `audit.fact.${RecordedFact['type']}`
  | `audit.detail.${Exclude<NamesIn<RecordedFact>, 'type'>}`
  | `audit.reason.${RefusalReason | EndReason | AgreementRefusal}`
  | `audit.mode.${Mode}`
  | `audit.on.${ListeningPlace}`
  | `audit.problem.${RecordProblem | AgreementProblem}`
  | `audit.notice.${'none' | 'toneAtStart' | 'toneEvery' | 'announcement'}`;

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

/** What kinds of entries there can be, in words, in alphabetical order. */
export function factKinds(language: Language): readonly { readonly type: string; readonly text: string }[] {
  const kinds = Object.keys(english.audit.fact).map((type) => ({ type, text: wordOr('fact', type, language) }));
  return kinds.toSorted((one, other) => one.text.localeCompare(other.text, language));
}

/** One fact as a line to read: what happened, then its details. */
export function factText(fact: Readonly<Record<string, unknown>>, language: Language): string {
  const { type, ...details } = fact;
  const shown = Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${wordOr('detail', name, language)}: ${valueText(name, value, language)}`);
  return [wordOr('fact', String(type), language), ...shown].join('  ');
}

/** Puts names into words; numbers and texts are shown as they are. */
function valueText(name: string, value: unknown, language: Language): string {
  if (typeof value === 'boolean') return text(language, value ? 'audit.yes' : 'audit.no');
  if (name === 'changes' && Array.isArray(value)) return value.map(changeText).join(', ');
  const written = String(value);
  if (name === 'reason' || name === 'mode' || name === 'on' || name === 'problem')
    return wordOr(name, written, language);
  if (name === 'party') return wordOr('detail', written, language);
  if (name !== 'noticeMember' && name !== 'noticeOther' && name !== 'notice') return written;
  const [kind = '', ...rest] = written.split(' ');
  return [wordOr('notice', kind, language), ...rest].join(' ');
}

/** `extensions/101/name: "Anna" → "Annemarie"`; of a secret only its place, and what was not there on one side is left out. */
export function changeText(change: unknown): string {
  const { path, before, after, secret } = Object(change);
  const place = Array.isArray(path) ? path.join('/') : '';
  if (secret === true) return place;
  return `${place}: ${[before, after].map((side) => (side === undefined ? '' : JSON.stringify(side))).join(' → ')}`;
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
    case 'anchorMissing':
    case 'exportForged':
    case 'anchorForged':
    case 'keyMissing':
    case 'keyDamaged':
      return { code: `audit.breach.${breach.why}` };
  }
}
