import type { z } from 'zod';
import type { Language } from '../switchboard/wishes.js';
import { AdminError } from './admin-error.js';
import { unknownKeyPrefix } from './settings-schema.js';
import { type FaultName, faultText, isFaultName, settingsTexts } from './settings-texts.js';

type Path = readonly PropertyKey[];

/** One mistake in the settings file. */
export interface Fault {
  readonly path: Path;
  readonly name: FaultName;
  /** What the check found, for the wording: another path, a suggestion; empty where there is nothing to add. */
  readonly detail: string;
}

/** The settings cannot be used. `texts` lists every fault with path, value, reason and remedy; secrets are not shown. */
export class SettingsError extends AdminError {
  constructor(
    readonly file: string,
    readonly faults: readonly Fault[],
    raw: unknown,
  ) {
    super({ de: report('de', file, faults, raw), en: report('en', file, faults, raw) });
  }
}

/** `extensions[2].password` */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`),
    '',
  );
}

/** Translates what zod found. Unknown keys become one fault each. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, issue.message));
    return [{ path: issue.path, name: isFaultName(issue.message) ? issue.message : 'object', detail: '' }];
  });
}

function unknownKey(path: Path, key: string, message: string): Fault {
  const known = message.slice(unknownKeyPrefix.length).split(',');
  return { path: [...path, key], name: 'unknownKey', detail: closest(key, known) ?? '' };
}

function report(language: Language, file: string, faults: readonly Fault[], raw: unknown): string {
  const texts = settingsTexts[language];
  const entries = faults.map((fault) => {
    const value = valueAt(raw, fault.path);
    const { reason, remedy } = faultText(language, fault.name, fault.detail);
    const missing = value === undefined && fault.path.length > 0 && fault.name !== 'unknownKey';
    const shown = missing ? '' : shownValue(fault, value, texts.hidden);
    const head = [pathText(fault.path) || texts.wholeFile, shown].filter((part) => part !== '').join(' = ');
    return `  ${head}\n    ${missing ? texts.missing : reason}\n    ${texts.remedy}: ${remedy}`;
  });
  return [texts.heading(file, faults.length), ...entries].join('\n');
}

const secretKeys: readonly PropertyKey[] = ['password', 'pin'];
const longestShown = 60;

/**
 * What the file has there. The value of a misspelt key may be a password, and so may whatever stands where a group of keys
 * should: neither is shown, nor are groups and lists as a whole.
 */
function shownValue(fault: Fault, value: unknown, hidden: string): string {
  if (fault.path.length === 0) return '';
  if (fault.name === 'unknownKey' || fault.path.some((step) => secretKeys.includes(step))) return hidden;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  if (fault.name === 'object' || fault.name === 'list') return hidden;
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function valueAt(raw: unknown, path: Path): unknown {
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
