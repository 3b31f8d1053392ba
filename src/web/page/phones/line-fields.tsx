import { useAdded } from '../kit/form/added.js';
import type { Edit } from '../kit/form/edit.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Extension } from './phones-data.js';

interface LineFieldsProps {
  readonly lines: readonly string[];
  /** How many the model can have. */
  readonly most: number;
  readonly extensions: readonly Extension[];
  readonly edit: Edit;
}

/** Which extensions a phone is, line by line. */
export function LineFields({ lines, most, extensions, edit }: LineFieldsProps) {
  const first = extensions[0]?.number ?? '';
  const { parts, add, remove } = useAdded(lines.length > 0 ? lines : [first], first, edit);
  return (
    <fieldset class="field">
      <legend>{say('phones.lines')}</legend>
      {parts.value.map(({ key, value }, index) => (
        <div key={key} class="phone-line">
          <input type="hidden" name="line" value={`extensions.${index}`} />
          <Select
            name={`extensions.${index}`}
            label={say('phones.line', { number: index + 1 })}
            value={value}
            choices={extensions.map(({ number, name }) => [number, `${number} ${name}`])}
            fault={edit.faultAt(`extensions.${index}`)}
          />
          {index > 0 && (
            <button
              type="button"
              aria-label={say('phones.removeLine', { number: index + 1 })}
              onClick={() => remove(key)}
            >
              {say('form.remove')}
            </button>
          )}
        </div>
      ))}
      {parts.value.length < most && (
        <div>
          <button type="button" onClick={add}>
            {say('phones.addLine')}
          </button>
        </div>
      )}
    </fieldset>
  );
}
