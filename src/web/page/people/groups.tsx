import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { EditButton } from '../kit/form/edit-button.js';
import { useFront } from '../kit/front.js';
import { List } from '../kit/list/list.js';
import type { Column } from '../kit/list/list-view.js';
import { RemoveEntry } from '../kit/question/remove-entry.js';
import { say } from '../texts.js';
import { GroupEditor } from './group-editor.js';
import type { Group, PeopleData, Profile } from './people-data.js';

type Front =
  | { readonly kind: 'edit'; readonly group: Group | null }
  | { readonly kind: 'remove'; readonly group: Group };

/** All groups. */
export function Groups({ data }: { readonly data: PeopleData }) {
  const { shown, show, close, done } = useFront<Front>(data.fresh);
  const groups = data.groups.value.value;
  const extensions = data.extensions.value.value;
  const profiles = data.profiles.value.value;
  if (!groups || !extensions || !profiles) return null;
  return (
    <>
      <List
        name="groups"
        label={say('people.groups')}
        entries={groups.entries}
        keyOf={({ id }) => id}
        columns={columnsOf(profiles.entries)}
        action={
          hasRole() ? (group) => <EditButton name={group.name} onClick={show({ kind: 'edit', group })} /> : undefined
        }
      >
        {hasRole() && (
          <button type="button" class="main" onClick={show({ kind: 'edit', group: null })}>
            {say('people.newGroup')}
          </button>
        )}
      </List>
      {shown?.kind === 'edit' && (
        <GroupEditor
          group={shown.group}
          version={groups.version}
          ids={groups.entries.map(({ id }) => id)}
          extensions={extensions.entries}
          onClose={close}
          onSaved={() => done()}
          onRemove={(group) => show({ kind: 'remove', group })()}
        />
      )}
      {shown?.kind === 'remove' && (
        <RemoveEntry
          title={say('people.removeGroup', shown.group)}
          gone={say('people.groupRemoved', shown.group)}
          place={['groups', shown.group.id]}
          version={groups.version}
          send={(basis) => ask('DELETE', '/groups/{id}', { id: shown.group.id }, basis)}
          onClose={close}
          onRemoved={() => done()}
        >
          <p>{say('people.removeGroupAbout')}</p>
        </RemoveEntry>
      )}
    </>
  );
}

const columnsOf = (profiles: readonly Profile[]): readonly Column<Group>[] => [
  { id: 'name', name: say('people.name'), text: ({ name }) => name },
  { id: 'number', name: say('people.ring'), text: ({ number }) => number ?? '' },
  {
    id: 'members',
    name: say('people.members'),
    text: ({ members }) => say('people.memberCount', { count: members.length }),
  },
  { id: 'uses', name: say('people.uses'), text: ({ id }) => usesOf(id, profiles).join('; ') },
];

/** What a group means for listening. */
const usesOf = (group: string, profiles: readonly Profile[]): readonly string[] =>
  profiles.flatMap(({ name: profile, moderators, members }) => [
    ...(moderators === group ? [say('people.usesModerators', { profile })] : []),
    ...(members === group ? [say('people.usesMembers', { profile })] : []),
  ]);
