import { faultText } from '../kit/fault-text.js';
import { useAdded } from '../kit/form/added.js';
import type { Edit } from '../kit/form/edit.js';
import { Field } from '../kit/form/field.js';
import { say } from '../texts.js';
import { days, type TimeWindow } from './profile-text.js';

interface WindowFieldsProps {
  readonly windows: readonly TimeWindow[];
  readonly edit: Edit;
}

const working: TimeWindow = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' };

/** When listening is allowed; none for always. */
export function WindowFields({ windows, edit }: WindowFieldsProps) {
  const { parts, add, remove } = useAdded(windows, working, edit);
  return (
    <fieldset class="field">
      <legend>{say('rules.windows')}</legend>
      <p class="hint">{parts.value.length === 0 ? say('rules.always') : say('rules.windowsHint')}</p>
      {parts.value.map(({ key, value }, index) => (
        <WindowField key={key} window={value} index={index} edit={edit} onRemove={() => remove(key)} />
      ))}
      <div>
        <button type="button" onClick={add}>
          {say('rules.addWindow')}
        </button>
      </div>
    </fieldset>
  );
}

interface WindowFieldProps {
  readonly window: TimeWindow;
  readonly index: number;
  readonly edit: Edit;
  readonly onRemove: () => void;
}

function WindowField({ window, index, edit, onRemove }: WindowFieldProps) {
  const number = index + 1;
  // As the box calls it, so that its faults find the field.
  const name = `windows.${index}`;
  const fault = (field: string) => edit.faultAt(`${name}.${field}`);
  const daysFault = fault('days');
  return (
    <fieldset class="window">
      <legend>{say('rules.windowNumber', { number })}</legend>
      <input type="hidden" name="window" value={name} />
      <div class="picks days">
        {days.map((day) => (
          <label key={day} class="pick">
            <input type="checkbox" name={`${name}.days`} value={day} defaultChecked={window.days.includes(day)} />
            <span>{say(`rules.day.${day}`)}</span>
          </label>
        ))}
      </div>
      {daysFault && <p class="fault">{faultText(daysFault)}</p>}
      <div class="window-times">
        <Field
          name={`${name}.from`}
          label={say('rules.from')}
          value={window.from}
          maxLength={5}
          fault={fault('from')}
        />
        <Field
          name={`${name}.to`}
          label={say('rules.to')}
          hint={say('rules.toHint')}
          value={window.to}
          maxLength={5}
          fault={fault('to')}
        />
        <button type="button" aria-label={say('rules.removeWindow', { number })} onClick={onRemove}>
          {say('form.remove')}
        </button>
      </div>
    </fieldset>
  );
}
