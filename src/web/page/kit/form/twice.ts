import { ApiProblem } from '../../api/api-problem.js';
import { say } from '../../texts.js';

/**
 * A new secret that nobody can see is typed twice, since a slip would be noticed only when it is needed.
 * @throws ApiProblem at the field `again`
 */
export function requireTwice(secret: string, again: string): void {
  if (secret === again) return;
  const text = say('form.notTwice');
  throw new ApiProblem(422, 'notTwice', text, [{ path: ['again'], code: 'notTwice', text, isAll: true }]);
}
