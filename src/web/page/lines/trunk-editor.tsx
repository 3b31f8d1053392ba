import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { newOnly } from '../kit/form/new-only.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import { AnalogFields } from './analog-fields.js';
import { InboundField, requireTarget } from './inbound-field.js';
import type { Extension, Group, Port, Provider, Trunk } from './lines-data.js';
import { NumberFields } from './number-fields.js';
import { readTrunk, type TrunkKind } from './read-trunk.js';
import { SipFields } from './sip-fields.js';

interface TrunkEditorProps {
  /** Null for a new one. */
  readonly trunk: Trunk | null;
  readonly version: number;
  /** Of all trunks. */
  readonly ids: readonly string[];
  readonly extensions: readonly Extension[];
  readonly groups: readonly Group[];
  readonly ports: readonly Port[];
  readonly providers: readonly Provider[];
  readonly onClose: () => void;
  readonly onSaved: () => unknown;
  readonly onRemove: (trunk: Trunk) => void;
}

const kinds: readonly TrunkKind[] = ['registering', 'address', 'analog'];
const fields = [
  ...['id', 'name', 'prefix', 'inbound', 'host', 'port', 'transport', 'username', 'password', 'addresses'],
  ...['authName', 'proxy', 'proxyPort', 'callerId', 'identity', 'diversion', 'encryption', 'fxo', 'numbers'],
];

/** Makes a way to the outside, or changes one; what it is once, it stays. */
export function TrunkEditor(props: TrunkEditorProps) {
  const { trunk, version, ids, extensions, groups, ports, providers, onClose, onSaved, onRemove } = props;
  const kind = useSignal<TrunkKind>(trunk?.kind ?? 'registering');
  const edit = useEdit({
    version,
    read: (data) => readTrunk(data, trunk),
    place: ({ id }) => ['trunks', id],
    async send({ kind: sentKind, ...sent }, { basis, dryRun }) {
      // Only once it is to be saved: what else is wrong is told while it is typed.
      if (!dryRun) requireTarget('inbound', sent.inbound);
      if (trunk) return ask('PATCH', '/trunks/{id}', { ...sent, dryRun }, basis);
      newOnly('id', sent.id, ids, sent.name === '' ? 'name' : 'id');
      return ask('PUT', '/trunks/{id}', { kind: sentKind, ...sent, dryRun }, basis);
    },
    onSaved(_answer, { name }) {
      announce(say('lines.trunkSaved', { name }));
      return onSaved();
    },
  });
  const fault = edit.faultAt;
  return (
    <Editor
      title={trunk ? say('lines.trunk', { name: trunk.name }) : say('lines.newTrunk')}
      edit={edit}
      fields={fields}
      onClose={onClose}
      aside={
        trunk && (
          <button type="button" class="aside" onClick={() => onRemove(trunk)}>
            {say('form.remove')}
          </button>
        )
      }
    >
      {!trunk && (
        <Select
          name="kind"
          label={say('live.kind')}
          value={kind.value}
          choices={kinds.map((each) => [each, say(`lines.kindIs.${each}`)])}
          onChange={(chosen) => {
            kind.value = kinds.find((each) => each === chosen) ?? 'registering';
          }}
        />
      )}
      <Field
        name="name"
        label={say('lines.name')}
        value={trunk?.name}
        maxLength={64}
        fault={fault('name')}
        isFirst={!trunk}
      />
      <Field
        name="prefix"
        label={say('lines.prefix')}
        hint={say('lines.prefixHint')}
        value={trunk?.prefix}
        maxLength={8}
        fault={fault('prefix')}
      />
      <InboundField
        name="inbound"
        label={say('lines.inbound')}
        hint={say('lines.inboundHint')}
        inbound={trunk?.inbound}
        extensions={extensions}
        groups={groups}
        fault={fault('inbound')}
      />
      {kind.value === 'analog' ? (
        <AnalogFields trunk={trunk} ports={ports} fault={fault} />
      ) : (
        <>
          <NumberFields
            numbers={trunk && trunk.kind !== 'analog' ? trunk.numbers : []}
            extensions={extensions}
            groups={groups}
            edit={edit}
          />
          <SipFields trunk={trunk} kind={kind.value} providers={providers} fault={fault} />
        </>
      )}
    </Editor>
  );
}
