import type { ApiProblem } from '../api/api-problem.js';

/** Why something did not work, said at once. The faults that belong to no field of the form stand here, too. */
export function ProblemText({ problem }: { readonly problem: ApiProblem | null }) {
  return (
    <div role="alert" class={problem ? 'problem' : ''}>
      {problem && <p>{problem.message}</p>}
    </div>
  );
}
