import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { newOnly } from '../kit/form/new-only.js';
import { Order } from '../kit/form/order.js';
import { Picks } from '../kit/form/picks.js';
import { shortName } from '../kit/form/short-name.js';
import { say } from '../texts.js';
import { type Extension, type Group, nameOf } from './people-data.js';
import { RingFields, readRinging, ringFields } from './ring-fields.js';

interface GroupEditorProps {
  /** Null for a new one. */
  readonly group: Group | null;
  readonly version: number;
  /** Of all groups. */
  readonly ids: readonly string[];
  readonly extensions: readonly Extension[];
  readonly onClose: () => void;
  readonly onSaved: () => unknown;
  readonly onRemove: (group: Group) => void;
}

/** Makes a group, or changes one. */
export function GroupEditor({ group, version, ids, extensions, onClose, onSaved, onRemove }: GroupEditorProps) {
  /** In the order in which they ring. */
  const members = useSignal<readonly string[]>(group?.members ?? []);
  const edit = useEdit({
    version,
    read: (data) => readGroup(data, group, members.value),
    place: ({ id }) => ['groups', id],
    async send(sent, { basis, dryRun }) {
      if (!group) newOnly('id', sent.id, ids, sent.name === '' ? 'name' : 'id');
      return ask('PUT', '/groups/{id}', { ...sent, dryRun }, basis);
    },
    onSaved(_answer, { name }) {
      announce(say('people.groupSaved', { name }));
      return onSaved();
    },
  });
  const fault = edit.faultAt;
  const names = new Map(extensions.map((extension) => [extension.number, nameOf(extension)]));
  return (
    <Editor
      title={group ? say('people.group', { name: group.name }) : say('people.newGroup')}
      edit={edit}
      fields={['id', 'name', 'number', 'members', ...ringFields]}
      onClose={onClose}
      aside={
        group && (
          <button type="button" class="aside" onClick={() => onRemove(group)}>
            {say('form.remove')}
          </button>
        )
      }
    >
      <Field
        name="name"
        label={say('people.name')}
        value={group?.name}
        maxLength={64}
        fault={fault('name')}
        isFirst={!group}
      />
      {!group && (
        <Field name="id" label={say('people.id')} hint={say('people.idHint')} maxLength={32} fault={fault('id')} />
      )}
      <Field
        name="number"
        label={say('people.ring')}
        hint={say('people.ringHint')}
        value={group?.number ?? ''}
        maxLength={8}
        fault={fault('number')}
      />
      <Picks
        name="members"
        label={say('people.members')}
        choices={[...names]}
        picked={group?.members ?? []}
        fault={fault('members')}
        onPick={(picked) => {
          members.value = inOrder(picked, members.value);
        }}
      />
      <RingFields
        group={group}
        faultAt={fault}
        order={
          <Order
            legend={say('people.order')}
            entries={members.value.map((member) => [member, names.get(member) ?? member])}
            onOrder={(ordered) => {
              members.value = ordered;
              edit.isChanged.value = true;
            }}
          />
        }
      />
    </Editor>
  );
}

/** Members stay in the order in which they were; new ones come last. */
function inOrder(picked: readonly string[], before: readonly string[]): readonly string[] {
  const kept = before.filter((member) => picked.includes(member));
  return [...kept, ...picked.filter((member) => !kept.includes(member))];
}

function readGroup(data: FormData, before: Group | null, members: readonly string[]) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const id = text('id');
  return {
    id: before?.id ?? (id === '' ? shortName(text('name')) : id),
    name: text('name'),
    number: text('number') === '' ? null : text('number'),
    members: [...members],
    ...readRinging(data, before),
  };
}
