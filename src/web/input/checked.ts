import type { z } from 'zod';
import { de, en } from 'zod/locales';
import type { Language } from '../../admin/speaking.js';
import { pathOf } from '../problem/path.js';
import { type InputFault, RequestProblem } from '../problem/problem.js';

const wordings = { de: de().localeError, en: en().localeError } as const satisfies Record<Language, unknown>;

/** More would help nobody. */
const mostFaults = 50;

/** The input as the schema wants it. */
export function checked(schema: z.ZodType, input: unknown, language: Language): unknown {
  const result = schema.safeParse(input, { error: wordings[language] });
  if (result.success) return result.data;
  const faults = result.error.issues.slice(0, mostFaults).flatMap(faultsOf).slice(0, mostFaults);
  throw new RequestProblem({ code: 'request.invalidInput' }, { faults, path: faults[0]?.path ?? [] });
}

/** Fields that nobody knows are one mistake each. */
function faultsOf(issue: z.core.$ZodIssue): readonly InputFault[] {
  const path = pathOf(issue.path);
  const { code, message: text } = issue;
  if (code !== 'unrecognized_keys') return [{ path, code, text }];
  return issue.keys.slice(0, mostFaults).map((key) => ({ path: [...path, key], code, text }));
}
