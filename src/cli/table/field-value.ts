import { CommandError } from '../command-error.js';
import { exitCode } from '../terminal.js';
import type { Field, FieldKind } from './field.js';

/** The value that words on the command line mean. @throws CommandError */
export function fieldValue(field: Field, words: readonly string[]): unknown {
  if (field.kind === 'list') return listOf(field, words);
  const last = words.at(-1) ?? '';
  return single(field, field.kind, last);
}

/** Entries one by one, or all of them as JSON. */
function listOf(field: Field, words: readonly string[]): unknown {
  return words.flatMap((word) => {
    if (!word.startsWith('[')) return [single(field, field.items, word)];
    const all: unknown = jsonOf(field, word);
    return Array.isArray(all) ? all : [all];
  });
}

function single(field: Field, kind: FieldKind, word: string): unknown {
  switch (kind) {
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(word) ? Number(word) : word;
    case 'boolean':
      return word === 'true' || word === 'false' ? word === 'true' : word;
    case 'json':
    case 'list':
      return jsonOf(field, word);
    case 'text':
      return word;
  }
}

/** What looks like no JSON is a plain text: the box says whether it can be one. */
export function jsonOf({ option }: Pick<Field, 'option'>, word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    if (!/^\s*[[{"]/.test(word)) return word;
    throw new CommandError({ code: 'client.notJson', params: { option } }, exitCode.usage);
  }
}

/** Puts a value where it belongs, however deep. */
export function place(input: Record<string, unknown>, [name = '', ...inner]: readonly string[], value: unknown): void {
  if (inner.length === 0) {
    input[name] = value;
    return;
  }
  const there = input[name];
  const next: Record<string, unknown> = typeof there === 'object' && there !== null ? { ...there } : {};
  place(next, inner, value);
  input[name] = next;
}
