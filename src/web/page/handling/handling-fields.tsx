import type { Fault } from '../api/api-problem.js';
import { Check } from '../kit/form/check.js';
import { Field } from '../kit/form/field.js';
import { say } from '../texts.js';
import type { CallHandling } from './handling-data.js';

interface HandlingFieldsProps {
  readonly handling: CallHandling;
  readonly faultAt: (field: string) => Fault | undefined;
}

/** Where calls go, and whether they come at all. */
export function HandlingFields({ handling, faultAt }: HandlingFieldsProps) {
  const { always, busy, noAnswer, doNotDisturb } = handling;
  const field = (name: 'always' | 'busy' | 'noAnswer', value: string | null, hint: string) => (
    <Field
      name={name}
      label={say(`handling.${name}`)}
      hint={hint}
      value={value ?? ''}
      maxLength={40}
      fault={faultAt(name)}
    />
  );
  return (
    <>
      {field('always', always, say('handling.alwaysHint'))}
      {field('busy', busy, say('handling.busyHint'))}
      {field('noAnswer', noAnswer, say('handling.noAnswerHint'))}
      <Check
        name="doNotDisturb"
        label={say('handling.doNotDisturb')}
        hint={say('handling.doNotDisturbHint')}
        isChecked={doNotDisturb}
      />
    </>
  );
}
