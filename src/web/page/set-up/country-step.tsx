import { ask } from '../api/ask.js';
import { Choices } from '../kit/form/choices.js';
import { useForm } from '../kit/form/form.js';
import { say } from '../texts.js';
import { leftOpen } from './left-open.js';
import type { Settings, StepProps } from './set-up-data.js';
import { StepFrame } from './step-frame.js';
import { pathOf } from './steps.js';

const countries = ['de', 'gb', 'us'] as const satisfies readonly Settings['country'][];

const labelOf = (country: Settings['country']) => say(`setUp.countryIs.${country}`);

interface CountryStepProps extends StepProps {
  /** Whether the box is in use: what it goes by then is shown, and can stay. */
  readonly isDone: boolean;
}

/** A person says where the box is: emergency numbers are never guessed. */
export function CountryStep({ present: { version, settings }, isDone, onDone }: CountryStepProps) {
  const form = useForm(async ({ country }) => {
    const chosen = countries.find((each) => each === country);
    if (!chosen) throw leftOpen('country', say('setUp.chooseCountry'));
    await ask('PATCH', '/settings', { country: chosen }, version);
    onDone();
  });
  return (
    <StepFrame
      step="country"
      title={say('setUp.country')}
      about={say('setUp.countryAbout')}
      form={form}
      fields={['country']}
      later={isDone ? say('setUp.keep') : null}
    >
      {isDone && <p>{say('setUp.countryNow', { country: labelOf(settings.country) })}</p>}
      <Choices
        name="country"
        legend={say('setUp.step.country')}
        values={countries}
        labelOf={labelOf}
        value={null}
        fault={form.faultAt('country')}
      />
      {!isDone && (
        <p>
          {say('setUp.elsewhere')} <a href={pathOf('phones')}>{say('setUp.toPhones')}</a>
        </p>
      )}
    </StepFrame>
  );
}
