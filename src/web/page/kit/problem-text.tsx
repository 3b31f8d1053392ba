import type { ApiProblem, Fault } from '../api/api-problem.js';
import { say, sayOr } from '../texts.js';
import { faultText } from './fault-text.js';

interface ProblemTextProps {
  readonly problem: ApiProblem | null;
  /** The fields that show what is wrong with them. */
  readonly fields?: readonly string[];
}

/** Why something did not work, said at once. The faults that belong to no field of the form stand here, too. */
export function ProblemText({ problem, fields }: ProblemTextProps) {
  const others = fields && problem ? problem.faults.filter((fault) => !isOf(fields, fault)) : [];
  return (
    <div role="alert" class={problem ? 'problem' : ''}>
      {problem && <p>{isShownAtField(problem, fields) ? say('form.seeField') : problem.message}</p>}
      {others.length > 0 && (
        <ul>
          {others.map((fault) => (
            <li key={fault.path.join('.')}>
              {placeText(fault)}: {faultText(fault)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Whether all there is to say stands at a field of the form. */
const isShownAtField = ({ faults }: ApiProblem, fields: readonly string[] = []): boolean =>
  faults.some((fault) => fault.isAll && isOf(fields, fault));

const isOf = (fields: readonly string[], { path }: Fault): boolean =>
  fields.some((field) => `${path.join('.')}.`.startsWith(`${field}.`));

const placeText = ({ path }: Fault): string =>
  path.map((step) => sayOr(`setting.name.${step}`, typeof step === 'number' ? String(step + 1) : step)).join(' ');
