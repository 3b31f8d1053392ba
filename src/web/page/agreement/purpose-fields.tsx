import { faultText } from '../kit/fault-text.js';
import { useAdded } from '../kit/form/added.js';
import { Check } from '../kit/form/check.js';
import type { Edit } from '../kit/form/edit.js';
import { Field } from '../kit/form/field.js';
import { say } from '../texts.js';
import type { Document } from './agreement-data.js';

type Purpose = Document['purposes'][number];

interface PurposeFieldsProps {
  readonly purposes: readonly Purpose[];
  readonly edit: Edit;
}

const fresh: Purpose = { digit: '', id: '', name: '' };
/** Each has a key of a telephone. */
const most = 9;

/** Why somebody may listen. */
export function PurposeFields({ purposes, edit }: PurposeFieldsProps) {
  const { parts, add, remove } = useAdded(purposes, fresh, edit);
  const fault = edit.faultAt('purposes');
  return (
    <fieldset class="field">
      <legend>{say('agreement.field.purposes')}</legend>
      <p class="hint">{say('agreement.purposesHint')}</p>
      {fault?.path.length === 1 && <p class="fault">{faultText(fault)}</p>}
      {parts.value.map(({ key, value }, index) => {
        const name = `purposes.${index}`;
        const number = index + 1;
        return (
          <fieldset key={key} class="window">
            <legend>{say('agreement.purposeNumber', { number })}</legend>
            <input type="hidden" name="purpose" value={name} />
            <input type="hidden" name={`${name}.id`} value={value.id} />
            <Field
              name={`${name}.name`}
              label={say('agreement.purposeName')}
              value={value.name}
              maxLength={100}
              fault={edit.faultAt(`${name}.name`)}
            />
            <Field
              name={`${name}.digit`}
              type="digits"
              label={say('agreement.purposeDigit')}
              value={value.digit}
              maxLength={1}
              fault={edit.faultAt(`${name}.digit`)}
            />
            <Check name={`${name}.byDraw`} label={say('agreement.byDraw')} isChecked={value.byDraw ?? false} />
            <button type="button" aria-label={say('agreement.removePurpose', { number })} onClick={() => remove(key)}>
              {say('form.remove')}
            </button>
          </fieldset>
        );
      })}
      {parts.value.length < most && (
        <div>
          <button type="button" onClick={add}>
            {say('agreement.addPurpose')}
          </button>
        </div>
      )}
    </fieldset>
  );
}
