import { useSignal } from '@preact/signals';
import { useAdded } from '../kit/form/added.js';
import type { Edit } from '../kit/form/edit.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { Button, Extension, Profile } from './phones-data.js';

interface Targets {
  readonly extensions: readonly Extension[];
  readonly profiles: readonly Profile[];
  readonly edit: Edit;
}

interface ButtonFieldsProps extends Targets {
  readonly buttons: readonly Button[];
}

const kinds = ['blf', 'speedDial', 'monitoring', 'listening'] as const;

/** What the keys of a phone do, from the first one behind its lines on. */
export function ButtonFields({ buttons, ...targets }: ButtonFieldsProps) {
  const fresh: Button = { kind: 'blf', extension: targets.extensions[0]?.number ?? '' };
  const { parts, add, remove } = useAdded(buttons, fresh, targets.edit);
  return (
    <fieldset class="field">
      <legend>{say('phones.buttons')}</legend>
      <p class="hint">{say('phones.buttonsHint')}</p>
      {parts.value.map(({ key, value }, index) => (
        <ButtonField key={key} button={value} index={index} {...targets} onRemove={() => remove(key)} />
      ))}
      <div>
        <button type="button" onClick={add}>
          {say('phones.addButton')}
        </button>
      </div>
    </fieldset>
  );
}

interface ButtonFieldProps extends Targets {
  readonly button: Button;
  readonly index: number;
  readonly onRemove: () => void;
}

function ButtonField({ button, index, onRemove, ...targets }: ButtonFieldProps) {
  const kind = useSignal<string>(button.kind);
  const number = index + 1;
  // As the box calls it, so that its faults find the field.
  const name = `buttons.${index}`;
  return (
    <fieldset class="window">
      <legend>{say('phones.button', { number })}</legend>
      <input type="hidden" name="button" value={name} />
      <Select
        name={`${name}.kind`}
        label={say('phones.does')}
        value={kind.value}
        choices={kinds.map((each) => [each, say(`phones.kindIs.${each}`)])}
        onChange={(chosen) => {
          kind.value = chosen;
        }}
      />
      <Target kind={kind.value} name={name} button={button} {...targets} />
      <div>
        <button type="button" aria-label={say('phones.removeButton', { number })} onClick={onRemove}>
          {say('form.remove')}
        </button>
      </div>
    </fieldset>
  );
}

interface TargetProps extends Targets {
  readonly kind: string;
  readonly name: string;
  readonly button: Button;
}

function Target({ kind, name, button, extensions, profiles, edit }: TargetProps) {
  const fault = (field: string) => edit.faultAt(`${name}.${field}`);
  if (kind === 'blf')
    return (
      <Select
        name={`${name}.extension`}
        label={say('live.extension')}
        value={button.kind === 'blf' ? button.extension : undefined}
        choices={extensions.map((each) => [each.number, `${each.number} ${each.name}`])}
        fault={fault('extension')}
      />
    );
  if (kind === 'monitoring')
    return (
      <Select
        name={`${name}.profile`}
        label={say('phones.profile')}
        hint={profiles.length === 0 ? say('phones.noProfile') : undefined}
        value={button.kind === 'monitoring' ? button.profile : undefined}
        choices={profiles.map((each) => [each.id, `${each.name} (${each.service})`])}
        fault={fault('profile')}
      />
    );
  if (kind === 'listening') return null;
  const dial = button.kind === 'speedDial' ? button : { number: '', label: '' };
  return (
    <>
      <Field
        name={`${name}.number`}
        label={say('phones.number')}
        value={dial.number}
        maxLength={21}
        fault={fault('number')}
      />
      <Field
        name={`${name}.label`}
        label={say('phones.label')}
        value={dial.label}
        maxLength={64}
        fault={fault('label')}
      />
    </>
  );
}
