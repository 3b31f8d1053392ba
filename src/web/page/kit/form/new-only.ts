import { ApiProblem } from '../../api/api-problem.js';
import { say } from '../../texts.js';

/**
 * What is new must not take the place of something that is there. One that somebody else makes at the same time is noticed as any change of
 * theirs.
 * @param field that has to be unlike those of all others.
 * @param source The field that has to be filled in for it, if another one.
 * @throws ApiProblem
 */
export function newOnly(field: string, value: string, others: readonly string[], source = field): void {
  requireGiven(source, value);
  if (!others.includes(value)) return;
  const fault = { path: [field], code: 'taken', text: say('form.taken') };
  throw new ApiProblem(409, 'taken', say('form.takenAbout'), [fault]);
}

/**
 * What somebody has to fill in.
 * @throws ApiProblem
 */
export function requireGiven(field: string, value: string): void {
  if (value !== '') return;
  const fault = { path: [field], code: 'missing', text: say('form.missing') };
  throw new ApiProblem(422, 'missing', say('form.missingAbout'), [fault]);
}
