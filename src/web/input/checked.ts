import type { z } from 'zod';
import { keysOfGroup, type Language } from '../../admin/speaking.js';
import { hasText, textOf, worded } from '../../locales/text.js';
import { pathOf } from '../problem/path.js';
import { type InputFault, RequestProblem } from '../problem/problem.js';
import { messageOf } from './fault-message.js';

/** More of them would help nobody. */
const mostFaults = 50;

/** The input as the schema wants it. */
export function checked(schema: z.ZodType, input: unknown, language: Language): unknown {
  const result = schema.safeParse(input, { reportInput: true });
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
  const fault = said(issue, language);
  if (issue.code !== 'unrecognized_keys') return [{ path, ...fault }];
  return issue.keys.slice(0, mostFaults).map((key) => ({ path: [...path, key], ...fault }));
}

/** The schemas of the settings name their faults by codes, for which there are words; all others have words by kind. */
function said(issue: z.core.$ZodIssue, language: Language): Omit<InputFault, 'path'> {
  const keys = keysOfGroup(issue.message);
  const code = keys ? 'fault.json.group' : issue.message;
  if (!hasText(`${code}.reason`)) {
    const message = messageOf(issue);
    return { ...message, text: textOf(language, message) };
  }
  const [text, remedy] = (['reason', 'remedy'] as const).map((part) => worded(language, `${code}.${part}`, { keys }));
  return { code, text: text ?? code, ...(remedy === undefined ? {} : { remedy }) };
}
