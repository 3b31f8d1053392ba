import { useSignal } from '@preact/signals';
import { bounds } from '../../../agreement/bounds.js';
import { Check } from '../kit/form/check.js';
import type { Edit } from '../kit/form/edit.js';
import { NumberField } from '../kit/form/number-field.js';
import { say } from '../texts.js';
import type { Document } from './agreement-data.js';

interface PeriodFieldsProps {
  readonly rule: Document['periods'];
  readonly edit: Edit;
}

const names = ['daysAhead', 'mostDays', 'gapDays'] as const;

/** Whether members are listened to only in periods that were announced to them, and what holds for these. */
export function PeriodFields({ rule, edit }: PeriodFieldsProps) {
  const isOn = useSignal(rule !== null);
  return (
    <fieldset class="field">
      <legend>{say('agreement.periodsName')}</legend>
      <Check
        name="hasPeriods"
        label={say('agreement.hasPeriods')}
        isChecked={rule !== null}
        onChange={() => {
          isOn.value = !isOn.value;
        }}
      />
      {isOn.value &&
        names.map((name) => (
          <NumberField
            key={name}
            name={`periods.${name}`}
            bounds={bounds[name]}
            label={say(`agreement.${name}`)}
            value={rule?.[name]}
            fault={edit.faultAt(`periods.${name}`)}
          />
        ))}
    </fieldset>
  );
}
