import { ask } from '../api/ask.js';
import { Choices } from '../kit/choices.js';
import { useForm } from '../kit/form.js';
import { say } from '../texts.js';
import type { Settings, StepProps } from './set-up-data.js';
import { StepFrame } from './step-frame.js';

const countries = ['de', 'gb', 'us'] as const satisfies readonly Settings['country'][];

/** A person says where the box is: emergency numbers are never guessed. */
export function CountryStep({ present: { version, settings }, onDone }: StepProps) {
  const form = useForm(async ({ country }) => {
    const chosen = countries.find((each) => each === country);
    await ask('PATCH', '/settings', { country: chosen }, version);
    onDone();
  });
  return (
    <StepFrame step="country" title={say('setUp.country')} about={say('setUp.countryAbout')} form={form}>
      <Choices
        name="country"
        legend={say('setUp.step.country')}
        values={countries}
        labelOf={(country) => say(`setUp.countryIs.${country}`)}
        value={settings.country}
      />
    </StepFrame>
  );
}
