import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { newOnly } from '../kit/form/new-only.js';
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
  const edit = useEdit({
    version,
    read: (data) => readGroup(data, group),
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
        choices={extensions.map((extension) => [extension.number, nameOf(extension)])}
        picked={group?.members ?? []}
        fault={fault('members')}
      />
      <RingFields group={group} faultAt={fault} />
    </Editor>
  );
}

/** Members stay in the order in which they were; new ones come last. */
function readGroup(data: FormData, before: Group | null) {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const picked = data.getAll('members').map(String);
  const kept = before?.members.filter((member) => picked.includes(member)) ?? [];
  const id = text('id');
  return {
    id: before?.id ?? (id === '' ? shortName(text('name')) : id),
    name: text('name'),
    number: text('number') === '' ? null : text('number'),
    members: [...kept, ...picked.filter((member) => !kept.includes(member))],
    ...readRinging(data, before),
  };
}
