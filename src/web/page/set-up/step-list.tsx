import { say } from '../texts.js';
import { isTicked, laterSteps, type Missing, pathOf, type Step, steps } from './steps.js';

interface StepListProps {
  readonly present: Step;
  /** Null before anybody is signed in. */
  readonly missing: readonly Missing[] | null;
}

/** Where one is in setting up the box, and what is done; to be gone to and fro once somebody is signed in. */
export function StepList({ present, missing }: StepListProps) {
  return (
    <nav aria-label={say('setUp.steps')}>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step} class={missing && isTicked(step, present, missing) ? 'is-done' : ''}>
            <StepLink step={step} present={present} isOpen={missing !== null} />
            {missing && isTicked(step, present, missing) && <span class="unseen">({say('setUp.done')})</span>}
          </li>
        ))}
        {missing && (
          <li class="is-end">
            <StepLink step="hear" present={present} isOpen />
          </li>
        )}
      </ol>
    </nav>
  );
}

function StepLink({
  step,
  present,
  isOpen,
}: {
  readonly step: Step;
  readonly present: Step;
  readonly isOpen: boolean;
}) {
  const current = step === present ? ('step' as const) : undefined;
  const later = laterSteps.find((each) => each === step);
  const name = say(`setUp.step.${step}`);
  if (!isOpen || !later) return <span aria-current={current}>{name}</span>;
  return (
    <a href={pathOf(later)} aria-current={current}>
      {name}
    </a>
  );
}
