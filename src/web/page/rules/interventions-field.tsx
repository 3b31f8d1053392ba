import { Check } from '../kit/form/check.js';
import type { Profile } from '../people/people-data.js';
import { say } from '../texts.js';
import { interventions } from './profile-text.js';

type Interventions = Profile['interventions'];

interface InterventionsFieldProps {
  readonly picked: Interventions;
  readonly hint?: string;
}

/** What moderators may do besides listening, with a tick for each. */
export function InterventionsField({ picked, hint = '' }: InterventionsFieldProps) {
  return (
    <fieldset class="field">
      <legend>{say('rules.interventions')}</legend>
      {hint !== '' && <p class="hint">{hint}</p>}
      {interventions.map((mode) => (
        <Check
          key={mode}
          name={`may.${mode}`}
          label={say(`rules.intervention.${mode}`)}
          hint={say(`rules.interventionMeans.${mode}`)}
          isChecked={picked.includes(mode)}
        />
      ))}
    </fieldset>
  );
}

export const readInterventions = (data: FormData): Interventions =>
  interventions.filter((mode) => data.has(`may.${mode}`));
