import { ApiProblem, asProblem } from '../../api/api-problem.js';
import { say } from '../../texts.js';

/**
 * Makes all of these checks, so that what is wrong with one field hides nothing of another.
 * @throws ApiProblem with what they have found.
 */
export async function findEveryFault(...checks: readonly (() => unknown)[]): Promise<void> {
  const found = await Promise.all(checks.map(faultsOf));
  const faults = found.flat();
  if (faults.length > 0) throw new ApiProblem(422, 'page', say('form.seeField'), faults);
}

const faultsOf = (check: () => unknown) =>
  Promise.resolve()
    .then(check)
    .then(
      () => [],
      (error: unknown) => asProblem(error).faults,
    );
