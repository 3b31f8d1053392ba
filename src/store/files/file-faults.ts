import { z } from 'zod';
import type { FaultMessage, Found, PlacedFault, PlainFaultCode } from '../../locales/codes.js';

export type Path = readonly PropertyKey[];

/** One mistake in a file that an admin writes. */
export type FileFault = FaultMessage & { readonly path: Path };

/** Precedes the keys that would have been right. */
const unknownKeyPrefix = 'unknownKey:';
/** Precedes the keys of a group that is not there. */
const groupPrefix = 'group:';
/** A list of more keys would not be read. */
const mostNamed = 8;

/** A group of keys in braces; unlisted keys are faults: a misspelt one would silently have no effect. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape);
  const known = keys.join(',');
  const noGroup = keys.length > mostNamed ? anyFault : `${groupPrefix}${known}`;
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `${unknownKeyPrefix}${known}` : noGroup),
  });
}

/** `settings[2].password` */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`),
    '',
  );
}

/** For mistakes without a fault of their own. */
const anyFault = 'fault.json.object' satisfies PlainFaultCode;

/** Translates what zod found; messages are codes of faults. Unknown keys become one fault each. */
export function faultsOf(error: z.ZodError, file: 'settings' | 'board'): FileFault[] {
  return error.issues.flatMap((issue): FileFault[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(issue.path, key, issue.message, file));
    const keys = keysOfGroup(issue.message);
    if (keys) return [{ path: issue.path, code: 'fault.json.group', params: { keys } }];
    return [{ path: issue.path, code: isPlainFault(issue.message, file) ? issue.message : anyFault }];
  });
}

/** The keys that belong to a group, if the message says that the group is not there. */
export function keysOfGroup(message: string): readonly string[] | undefined {
  return message.startsWith(groupPrefix) ? message.slice(groupPrefix.length).split(',') : undefined;
}

/** Zod's own messages are sentences; what looks like a code is one that the schema has given it. */
function isPlainFault(message: string, file: 'settings' | 'board'): message is PlainFaultCode {
  return message.startsWith(`${file}.fault.`) || message.startsWith('fault.json.');
}

function unknownKey(path: Path, key: string, message: string, file: 'settings' | 'board'): FileFault {
  const known = message.slice(unknownKeyPrefix.length).split(',');
  return { path: [...path, key], code: `${file}.fault.unknownKey`, params: { meant: closest(key, known) ?? null } };
}

/** The faults with the values found at their places; secrets are not shown. */
export function placed(faults: readonly FileFault[], raw: unknown): readonly PlacedFault[] {
  return faults.map((fault) => ({ ...fault, path: pathText(fault.path), found: foundAt(fault, raw) }));
}

/** What nobody may see of the settings, wherever it stands in them. */
export const secretKeys: ReadonlySet<PropertyKey> = new Set<SecretKey>(['password', 'pin', 'secret', 'clientKey']);
export type SecretKey = 'password' | 'pin' | 'secret' | 'clientKey';
/** In a URL that is refused may be a password. */
const hiddenKeys: ReadonlySet<PropertyKey> = new Set([...secretKeys, 'url']);
const longestShown = 60;

/**
 * The value found there. That of a misspelt key may be a password, and so may whatever is in the place of a group of keys: neither is
 * shown, nor are whole groups and lists.
 */
function foundAt({ path, code }: FileFault, raw: unknown): Found {
  if (path.length === 0) return { is: 'nothing' };
  if (code.endsWith('.unknownKey')) return { is: 'hidden' };
  const value = valueAt(raw, path);
  if (value === undefined) return { is: 'missing' };
  if (path.some((step) => hiddenKeys.has(step))) return { is: 'hidden' };
  if (typeof value === 'object' && value !== null) return { is: 'shown', value: Array.isArray(value) ? '[…]' : '{…}' };
  if (code === 'fault.json.object' || code === 'fault.json.group' || code === 'fault.json.list')
    return { is: 'hidden' };
  const text = JSON.stringify(value);
  return { is: 'shown', value: text.length > longestShown ? `${text.slice(0, longestShown)}…` : text };
}

/** The value at a path; undefined if there is none. */
export function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return Reflect.get(value, step);
  }, raw);
}

/** The candidate closest to a word, if it is close enough to have been meant. */
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
