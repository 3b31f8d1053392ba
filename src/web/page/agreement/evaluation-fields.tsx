import { useSignal } from '@preact/signals';
import { bounds } from '../../../agreement/bounds.js';
import { itemKinds } from '../../../agreement/evaluation.js';
import { faultText } from '../kit/fault-text.js';
import { useAdded } from '../kit/form/added.js';
import { Check } from '../kit/form/check.js';
import type { Edit } from '../kit/form/edit.js';
import { Field } from '../kit/form/field.js';
import { NumberField } from '../kit/form/number-field.js';
import { Picks } from '../kit/form/picks.js';
import { type Choice, Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Document } from './agreement-data.js';

type Rule = NonNullable<Document['evaluation']>;

interface EvaluationFieldsProps {
  readonly rule: Document['evaluation'];
  readonly choices: readonly Choice[];
  readonly edit: Edit;
}

const numbers = ['talkDays', 'keepDays', 'blockDays'] as const;
const fresh: Rule['items'][number] = { id: '', text: '', kind: 'yesNo' };
/** What a first draft proposes: two days for the talk, four weeks in all. */
const usual: Rule = { items: [fresh], talkDays: 2, keepDays: 28, blockDays: 30, second: [] };
const most = 20;

/** Whether moderators may make sheets about what they heard, what these ask for, and what becomes of them. */
export function EvaluationFields({ rule, choices, edit }: EvaluationFieldsProps) {
  const isOn = useSignal(rule !== undefined);
  return (
    <fieldset class="field">
      <legend>{say('agreement.evaluation')}</legend>
      <Check
        name="hasEvaluation"
        label={say('agreement.hasEvaluation')}
        hint={say('agreement.evaluationHint')}
        isChecked={rule !== undefined}
        onChange={() => {
          isOn.value = !isOn.value;
        }}
      />
      {isOn.value && <RuleFields rule={rule ?? usual} choices={choices} edit={edit} />}
    </fieldset>
  );
}

function RuleFields({ rule, choices, edit }: EvaluationFieldsProps & { readonly rule: Rule }) {
  return (
    <>
      <ItemFields items={rule.items} edit={edit} />
      {numbers.map((name) => (
        <NumberField
          key={name}
          name={`evaluation.${name}`}
          bounds={bounds[name]}
          label={say(`agreement.${name}`)}
          value={rule[name]}
          fault={edit.faultAt(`evaluation.${name}`)}
        />
      ))}
      <Picks
        name="evaluation.second"
        label={say('agreement.field.evaluationSecond')}
        hint={say('agreement.secondHint')}
        choices={choices}
        picked={rule.second}
        fault={edit.faultAt('evaluation.second')}
      />
    </>
  );
}

function ItemFields({ items, edit }: { readonly items: Rule['items']; readonly edit: Edit }) {
  const { parts, add, remove } = useAdded(items, fresh, edit);
  const fault = edit.faultAt('evaluation.items');
  return (
    <>
      {fault?.path.length === 2 && <p class="fault">{faultText(fault)}</p>}
      {parts.value.map(({ key, value }, index) => {
        const name = `evaluation.items.${index}`;
        const number = index + 1;
        return (
          <fieldset key={key} class="window">
            <legend>{say('agreement.itemNumber', { number })}</legend>
            <input type="hidden" name="evaluation.item" value={name} />
            <input type="hidden" name={`${name}.id`} value={value.id} />
            <Field
              name={`${name}.text`}
              label={say('agreement.itemText')}
              value={value.text}
              maxLength={200}
              fault={edit.faultAt(`${name}.text`)}
            />
            <Select
              name={`${name}.kind`}
              label={say('agreement.itemKind')}
              value={value.kind}
              choices={itemKinds.map((kind) => [kind, say(`agreement.itemIs.${kind}`)])}
              fault={edit.faultAt(`${name}.kind`)}
            />
            <button type="button" aria-label={say('agreement.removeItem', { number })} onClick={() => remove(key)}>
              {say('form.remove')}
            </button>
          </fieldset>
        );
      })}
      {parts.value.length < most && (
        <div>
          <button type="button" onClick={add}>
            {say('agreement.addItem')}
          </button>
        </div>
      )}
    </>
  );
}
