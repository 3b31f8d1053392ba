import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { newOnly } from '../kit/form/new-only.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import type { AnalogPhone, Extension, Port } from './lines-data.js';
import { PortField } from './port-field.js';

interface AnalogPhoneEditorProps {
  /** Null for a new one. */
  readonly phone: AnalogPhone | null;
  readonly version: number;
  /** Ports that a telephone is on already. */
  readonly used: readonly string[];
  readonly extensions: readonly Extension[];
  readonly ports: readonly Port[];
  readonly onClose: () => void;
  readonly onSaved: () => unknown;
  readonly onRemove: (phone: AnalogPhone) => void;
}

/** Which extension a telephone on the board is, and what lifting its handset does. */
export function AnalogPhoneEditor(props: AnalogPhoneEditorProps) {
  const { phone, version, used, extensions, ports, onClose, onSaved, onRemove } = props;
  const edit = useEdit({
    version,
    read: (data) => readPhone(data, phone),
    place: ({ fxs }) => ['analogPhones', fxs],
    async send(sent, { basis, dryRun }) {
      if (!phone) newOnly('fxs', sent.fxs, used);
      return ask('PUT', '/analog-phones/{fxs}', { ...sent, dryRun }, basis);
    },
    onSaved(_answer, { fxs }) {
      announce(say('lines.phoneSaved', { port: fxs }));
      return onSaved();
    },
  });
  const fault = edit.faultAt;
  const called = phone?.onLift.kind === 'call' ? phone.onLift.number : '';
  return (
    <Editor
      title={phone ? say('lines.phone', { port: phone.fxs }) : say('lines.newPhone')}
      edit={edit}
      fields={['fxs', 'extension', 'onLift']}
      onClose={onClose}
      aside={
        phone && (
          <button type="button" class="aside" onClick={() => onRemove(phone)}>
            {say('form.remove')}
          </button>
        )
      }
    >
      {!phone && (
        <PortField
          name="fxs"
          label={say('lines.fxs')}
          kind="fxs"
          present={undefined}
          ports={ports.filter(({ port }) => !used.includes(port))}
          fault={fault('fxs')}
        />
      )}
      <Select
        name="extension"
        label={say('live.extension')}
        value={phone?.extension}
        choices={extensions.map(({ number, name }) => [number, `${number} ${name}`])}
        fault={fault('extension')}
      />
      <Field
        name="onLift"
        label={say('lines.onLiftCalls')}
        hint={say('lines.onLiftHint')}
        value={called}
        maxLength={8}
        fault={fault('onLift')}
      />
    </Editor>
  );
}

function readPhone(data: FormData, before: AnalogPhone | null) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const number = text('onLift');
  return {
    fxs: before?.fxs ?? text('fxs'),
    extension: text('extension'),
    onLift: number === '' ? ({ kind: 'dialTone' } as const) : ({ kind: 'call', number } as const),
  };
}
