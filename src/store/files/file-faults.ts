import { z } from 'zod';
import type { Language } from '../../primitives/language.js';

export type Path = readonly PropertyKey[];

/** One mistake in a file that an admin writes. */
export interface FileFault<Name extends string> {
  readonly path: Path;
  readonly name: Name;
  /** What the check found, for the wording: another path, a suggestion; empty where there is nothing to add. */
  readonly detail: string;
}

/** What is wrong with a value, and what to write instead. */
export interface FaultText {
  readonly reason: string;
  readonly remedy: string;
}

/** `detail` is what the check found. Faults of a single value have none. */
export type Wording = (detail: string) => FaultText;

/** The words for the faults of one kind of file. */
export interface FaultWords<Name extends string> {
  heading(file: string, count: number): string;
  fault(name: Name, detail: string): FaultText;
}

export const says = (reason: string, remedy: string): Wording => {
  return () => ({ reason, remedy });
};

/** Separates the name of the fault from the keys that would have been right. */
const unknownKeyPrefix = 'unknownKey:';

/** A group of keys in braces; keys that are not listed are faults: a misspelt one would silently have no effect. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(',');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `${unknownKeyPrefix}${known}` : 'object'),
  });
}

/** `settings[2].password` */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`),
    '',
  );
}

/** Translates what zod found; messages are names of faults. Unknown keys become one fault each. */
export function faultsOf<Name extends string>(
  error: z.ZodError,
  isFaultName: (text: string) => text is Name,
): FileFault<Name | 'unknownKey' | 'object'>[] {
  return error.issues.flatMap((issue): FileFault<Name | 'unknownKey' | 'object'>[] => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, issue.message));
    return [{ path: issue.path, name: isFaultName(issue.message) ? issue.message : 'object', detail: '' }];
  });
}

function unknownKey(path: Path, key: string, message: string): FileFault<'unknownKey'> {
  const known = message.slice(unknownKeyPrefix.length).split(',');
  return { path: [...path, key], name: 'unknownKey', detail: closest(key, known) ?? '' };
}

const frame = {
  de: { missing: 'fehlt', hidden: '(verborgen)', wholeFile: 'Datei', remedy: 'Abhilfe' },
  en: { missing: 'is missing', hidden: '(hidden)', wholeFile: 'file', remedy: 'Remedy' },
} as const satisfies Record<Language, object>;

/** Tells every fault with path, value, reason and remedy; secrets are not shown. */
export function faultReport<Name extends string>(
  words: Readonly<Record<Language, FaultWords<Name>>>,
  file: string,
  faults: readonly FileFault<Name>[],
  raw: unknown,
): Readonly<Record<Language, string>> {
  return { de: report('de', words.de, file, faults, raw), en: report('en', words.en, file, faults, raw) };
}

function report<Name extends string>(
  language: Language,
  words: FaultWords<Name>,
  file: string,
  faults: readonly FileFault<Name>[],
  raw: unknown,
): string {
  const texts = frame[language];
  const entries = faults.map((fault) => {
    const value = valueAt(raw, fault.path);
    const { reason, remedy } = words.fault(fault.name, fault.detail);
    const missing = value === undefined && fault.path.length > 0 && fault.name !== 'unknownKey';
    const shown = missing ? '' : shownValue(fault, value, texts.hidden);
    const head = [pathText(fault.path) || texts.wholeFile, shown].filter((part) => part !== '').join(' = ');
    return `  ${head}\n    ${missing ? texts.missing : reason}\n    ${texts.remedy}: ${remedy}`;
  });
  return [words.heading(file, faults.length), ...entries].join('\n');
}

const secretKeys: readonly PropertyKey[] = ['password', 'pin'];
const longestShown = 60;

/**
 * What the file has there. The value of a misspelt key may be a password, and so may whatever stands where a group of keys
 * should: neither is shown, nor are groups and lists as a whole.
 */
function shownValue(fault: FileFault<string>, value: unknown, hidden: string): string {
  if (fault.path.length === 0) return '';
  if (fault.name === 'unknownKey' || fault.path.some((step) => secretKeys.includes(step))) return hidden;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  if (fault.name === 'object' || fault.name === 'list') return hidden;
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return Reflect.get(value, step);
  }, raw);
}

/** The candidate that differs from a word by the fewest edits, if by few enough to be meant. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const allowed = Math.max(1, Math.floor(word.length / 2));
  return candidates
    .map((candidate) => ({ candidate, edits: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits)[0]?.candidate;
}

/** Levenshtein distance: insertions, deletions and replacements of one character. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
