import type { z } from 'zod';
import type { Message } from '../../locales/codes.js';

/** What is wrong with a field, in words that go with any field. */
type InputMessage = Message & { readonly code: `input.${string}` };
type PlainCode = Exclude<InputMessage, { readonly params: object }>['code'];

const types: Readonly<Record<string, PlainCode>> = {
  string: 'input.text',
  number: 'input.number',
  int: 'input.whole',
  boolean: 'input.flag',
  array: 'input.list',
  object: 'input.group',
  record: 'input.group',
};

const formats: Readonly<Record<string, PlainCode>> = { datetime: 'input.moment' };

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): InputMessage {
  const params = { least: Number(minimum) };
  if (origin === 'string') return { code: 'input.short', params };
  return origin === 'array' ? { code: 'input.few', params } : { code: 'input.small', params };
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): InputMessage {
  const params = { most: Number(maximum) };
  if (origin === 'string') return { code: 'input.long', params };
  return origin === 'array' ? { code: 'input.many', params } : { code: 'input.large', params };
}

/** Says what zod found, by its code. */
export function messageOf(issue: z.core.$ZodIssue): InputMessage {
  if (issue.input === undefined) return { code: 'input.missing' };
  switch (issue.code) {
    case 'invalid_type':
      return { code: types[issue.expected] ?? 'input.other' };
    case 'invalid_format':
      return { code: formats[issue.format] ?? 'input.form' };
    case 'invalid_value':
      return { code: 'input.choice', params: { choices: issue.values.map(String).join(', ') } };
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'unrecognized_keys':
      return { code: 'input.unknown' };
    default:
      return { code: 'input.other' };
  }
}
