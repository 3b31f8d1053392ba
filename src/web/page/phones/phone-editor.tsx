import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { newOnly } from '../kit/form/new-only.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import { ButtonFields } from './button-fields.js';
import { LineFields } from './line-fields.js';
import { type Extension, idText, type Model, type Phone, type Profile } from './phones-data.js';
import { readPhone } from './read-phone.js';

interface PhoneEditorProps {
  /** Null for a new one. */
  readonly phone: Phone | null;
  readonly version: number;
  /** Those that there are already. */
  readonly used: readonly string[];
  readonly models: readonly Model[];
  readonly extensions: readonly Extension[];
  readonly profiles: readonly Profile[];
  /** Beside the buttons of the form. */
  readonly aside: ComponentChildren;
  readonly onClose: () => void;
  /** @param secret What the box has made for a new one. */
  readonly onSaved: (phone: Phone, secret: string | null) => unknown;
}

const fields = ['id', 'model', 'extensions', 'name', 'onLift', 'buttons'];

/** Which phone it is, who it is, and what its keys do. */
export function PhoneEditor(props: PhoneEditorProps) {
  const { phone, version, used, models, extensions, profiles, aside, onClose, onSaved } = props;
  const model = useSignal<string>(phone?.model ?? models[0]?.model ?? '');
  const facts = models.find((each) => each.model === model.value);
  const edit = useEdit({
    version,
    read: (data) => readPhone(data, phone),
    place: ({ id }) => ['phones', id],
    async send(sent, { basis, dryRun }) {
      if (!phone) newOnly('id', sent.id, used);
      return ask('PUT', '/phones/{id}', { ...sent, dryRun }, basis);
    },
    onSaved({ entry, secret }) {
      announce(say('phones.saved', { phone: idText(entry.id) }));
      return onSaved(entry, secret);
    },
  });
  const fault = edit.faultAt;
  const number = phone?.onLift.kind === 'call' ? phone.onLift.number : '';
  return (
    <Editor
      title={phone ? idText(phone.id) : say('phones.new')}
      edit={edit}
      fields={fields}
      onClose={onClose}
      aside={aside}
    >
      <Select
        name="model"
        label={say('phones.model')}
        value={model.value}
        choices={models.map((each) => [each.model, say(`phones.modelIs.${each.model}`)])}
        onChange={(chosen) => {
          model.value = chosen;
        }}
        fault={fault('model')}
      />
      {!phone && (
        <Field
          name="id"
          label={say(facts?.hasMac ? 'phones.mac' : 'phones.appName')}
          hint={say(facts?.hasMac ? 'phones.macHint' : 'phones.appNameHint')}
          maxLength={32}
          fault={fault('id')}
        />
      )}
      <LineFields lines={phone?.extensions ?? []} most={facts?.lines ?? 1} extensions={extensions} edit={edit} />
      <Field
        name="name"
        label={say('phones.name')}
        hint={say('phones.nameHint')}
        value={phone?.name ?? ''}
        maxLength={64}
        fault={fault('name')}
      />
      {facts?.isAdapter && (
        <Field
          name="onLift"
          label={say('lines.onLiftCalls')}
          hint={say('phones.onLiftHint')}
          value={number}
          maxLength={8}
          fault={fault('onLift')}
        />
      )}
      {facts?.hasButtons && (
        <ButtonFields buttons={phone?.buttons ?? []} extensions={extensions} profiles={profiles} edit={edit} />
      )}
    </Editor>
  );
}
