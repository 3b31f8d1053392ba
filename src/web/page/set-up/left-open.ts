import { ApiProblem } from '../api/api-problem.js';
import { say } from '../texts.js';

/** Somebody went on without having decided what only a person can; the words say what to do. */
export const leftOpen = (field: string, remedy: string): ApiProblem =>
  new ApiProblem(0, 'page', say('form.seeField'), [{ path: [field], code: 'page.leftOpen', text: '', remedy }]);
