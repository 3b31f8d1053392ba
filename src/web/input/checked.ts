import type { z } from 'zod';
import { de, en } from 'zod/locales';
import type { Language } from '../../admin/speaking.js';
import { hasText, worded } from '../../locales/text.js';
import { pathOf } from '../problem/path.js';
import { type InputFault, RequestProblem } from '../problem/problem.js';

const wordings = { de: de().localeError, en: en().localeError } as const satisfies Record<Language, unknown>;

/** More of them would help nobody. */
const mostFaults = 50;

/** The input as the schema wants it. */
export function checked(schema: z.ZodType, input: unknown, language: Language): unknown {
  const result = schema.safeParse(input, { error: wordings[language] });
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, mostFaults)
    .flatMap((issue) => faultsOf(issue, language))
    .slice(0, mostFaults);
  throw new RequestProblem({ code: 'request.invalidInput' }, { faults, path: faults[0]?.path ?? [] });
}

/** Each unknown field is one mistake. */
function faultsOf(issue: z.core.$ZodIssue, language: Language): readonly InputFault[] {
  const path = pathOf(issue.path);
  const { code, message } = issue;
  if (code !== 'unrecognized_keys') return [{ path, ...said(code, message, language) }];
  // The schemas of files say there what would have been right, for words of their own.
  const text = wordsOf(wordings[language]({ ...issue, input: undefined })) ?? message;
  return issue.keys.slice(0, mostFaults).map((key) => ({ path: [...path, key], code, text }));
}

/** The schemas of the settings name their faults by codes, for which there are words. */
function said(code: string, message: string, language: Language): Omit<InputFault, 'path'> {
  if (!hasText(`${message}.reason`)) return { code, text: message };
  const [reason, remedy] = ['reason', 'remedy'].map((part) => worded(language, `${message}.${part}`, undefined));
  return { code: message, text: reason ?? message, ...(remedy === undefined ? {} : { remedy }) };
}

const wordsOf = (words: ReturnType<(typeof wordings)[Language]>): string | undefined =>
  typeof words === 'string' ? words : words?.message;
