import { useAdded } from '../kit/form/added.js';
import type { Edit } from '../kit/form/edit.js';
import { Field } from '../kit/form/field.js';
import { say } from '../texts.js';
import { InboundField, readInbound } from './inbound-field.js';
import type { Extension, Group, Trunk } from './lines-data.js';

export type OwnNumber = Exclude<Trunk, { readonly kind: 'analog' }>['numbers'][number];

interface NumberFieldsProps {
  readonly numbers: readonly OwnNumber[];
  readonly extensions: readonly Extension[];
  readonly groups: readonly Group[];
  readonly edit: Edit;
}

/** Which numbers of the trunk ring at somebody else than its other calls. */
export function NumberFields({ numbers, extensions, groups, edit }: NumberFieldsProps) {
  const { parts, add, remove } = useAdded(numbers, null, edit);
  return (
    <fieldset class="field">
      <legend>{say('lines.numbers')}</legend>
      <p class="hint">{say('lines.numbersHint')}</p>
      {parts.value.map(({ key, value }, index) => {
        // As the box calls it, so that its faults find the field.
        const name = `numbers.${index}`;
        return (
          <fieldset key={key} class="window">
            <legend>{say('lines.numberOf', { number: index + 1 })}</legend>
            <input type="hidden" name="ownNumber" value={name} />
            <div class="window-times">
              <Field
                name={`${name}.number`}
                label={say('lines.ownNumber')}
                value={value?.number}
                maxLength={21}
                fault={edit.faultAt(`${name}.number`)}
              />
              <InboundField
                name={`${name}.to`}
                label={say('lines.ringsAt')}
                inbound={value?.to}
                extensions={extensions}
                groups={groups}
                fault={edit.faultAt(`${name}.to`)}
              />
              <button
                type="button"
                aria-label={say('lines.removeNumber', { number: index + 1 })}
                onClick={() => remove(key)}
              >
                {say('form.remove')}
              </button>
            </div>
          </fieldset>
        );
      })}
      <div>
        <button type="button" onClick={add}>
          {say('lines.addNumber')}
        </button>
      </div>
    </fieldset>
  );
}

export const readNumbers = (data: FormData): readonly OwnNumber[] =>
  data.getAll('ownNumber').map((name) => ({
    number: String(data.get(`${name}.number`) ?? '').replace(/[\s()/.-]/g, ''),
    to: readInbound(data, `${name}.to`),
  }));
