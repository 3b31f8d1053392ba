import { hasRole } from '../api/session.js';
import { EditButton } from '../kit/form/edit-button.js';
import { useFront } from '../kit/front.js';
import { List } from '../kit/list/list.js';
import type { Column, Filter } from '../kit/list/list-view.js';
import { say } from '../texts.js';
import { ExtensionEditor } from './extension-editor.js';
import { ImportTable } from './import-table.js';
import { type MadePassword, MadePasswords } from './made-passwords.js';
import { type Extension, nameOf, type PeopleData, reachableAt } from './people-data.js';
import { RemoveExtension } from './remove-extension.js';

/** What is in front of the list. */
type Front =
  | { readonly kind: 'edit'; readonly extension: Extension | null }
  | { readonly kind: 'remove'; readonly extension: Extension }
  | { readonly kind: 'import' }
  | { readonly kind: 'made'; readonly passwords: readonly MadePassword[] };

/** All extensions; an admin makes, changes and removes them. */
export function Extensions({ data }: { readonly data: PeopleData }) {
  const { shown, show, close, done } = useFront<Front>(data.fresh);
  const { extensions, groups } = data;
  const [all, inGroups] = [extensions.value.value, groups.value.value];
  if (!all || !inGroups) return null;
  const onDone = (passwords: readonly MadePassword[]) =>
    done(passwords.length > 0 ? { kind: 'made', passwords } : null);
  const groupsOf = ({ number }: Extension) =>
    inGroups.entries.filter(({ members }) => members.includes(number)).map(({ name }) => name);
  return (
    <>
      <List
        name="extensions"
        label={say('people.extensions')}
        entries={all.entries}
        keyOf={({ number }) => number}
        columns={columnsOf(groupsOf, data)}
        filters={filtersOf(data)}
        action={
          hasRole()
            ? (extension) => <EditButton name={nameOf(extension)} onClick={show({ kind: 'edit', extension })} />
            : undefined
        }
      >
        {hasRole('read') && (
          <a class="button" href="/api/extensions.csv" download="extensions.csv">
            {say('people.export')}
          </a>
        )}
        {hasRole() && (
          <>
            <button type="button" onClick={show({ kind: 'import' })}>
              {say('people.import')}
            </button>
            <button type="button" class="main" onClick={show({ kind: 'edit', extension: null })}>
              {say('people.newExtension')}
            </button>
          </>
        )}
      </List>
      {shown?.kind === 'edit' && (
        <ExtensionEditor
          extension={shown.extension}
          version={all.version}
          numbers={all.entries.map(({ number }) => number)}
          groups={inGroups}
          reachable={reachableAt(shown.extension?.number ?? '', data)}
          onClose={close}
          onSaved={onDone}
          onRemove={(extension) => show({ kind: 'remove', extension })()}
        />
      )}
      {shown?.kind === 'remove' && (
        <RemoveExtension extension={shown.extension} version={all.version} onClose={close} onRemoved={() => done()} />
      )}
      {shown?.kind === 'import' && <ImportTable onClose={close} onImported={onDone} />}
      {shown?.kind === 'made' && <MadePasswords passwords={shown.passwords} onClose={close} />}
    </>
  );
}

/** Such as `2`, `at the box` or `1, at the box`; empty where nothing would ring. */
function phonesText({ number }: Extension, data: PeopleData): string {
  const { registered, telephones } = reachableAt(number, data);
  const parts = [
    ...(registered.length > 0 ? [String(registered.length)] : []),
    ...telephones.map(() => say('people.atTheBox')),
  ];
  return parts.join(', ');
}

function columnsOf(
  groupsOf: (extension: Extension) => readonly string[],
  data: PeopleData,
): readonly Column<Extension>[] {
  const agreed = ({ consents }: Extension) => say(consents ? 'setting.yes' : 'setting.no');
  return [
    { id: 'number', name: say('people.number'), text: ({ number }) => number },
    { id: 'name', name: say('people.name'), text: ({ name }) => name },
    { id: 'groups', name: say('people.inGroups'), text: (extension) => groupsOf(extension).join(', ') },
    {
      id: 'consents',
      name: say('people.agreed'),
      text: agreed,
      show: (extension) => <span class={`badge ${extension.consents ? 'good' : ''}`}>{agreed(extension)}</span>,
    },
    ...(hasRole('read')
      ? [
          {
            id: 'phones',
            name: say('people.phones'),
            text: (extension: Extension) => phonesText(extension, data) || say('people.noPhone'),
          },
        ]
      : []),
  ];
}

function filtersOf(data: PeopleData): readonly Filter<Extension>[] {
  const consents: Filter<Extension> = {
    id: 'consents',
    name: say('people.agreed'),
    choices: [
      { id: 'yes', name: say('people.agreedYes'), fits: (extension) => extension.consents },
      { id: 'no', name: say('people.agreedNo'), fits: (extension) => !extension.consents },
    ],
  };
  const registered: Filter<Extension> = {
    id: 'phones',
    name: say('people.phones'),
    choices: [
      { id: 'yes', name: say('people.registered'), fits: (extension) => phonesText(extension, data) !== '' },
      { id: 'no', name: say('people.notRegistered'), fits: (extension) => phonesText(extension, data) === '' },
    ],
  };
  return hasRole('read') ? [consents, registered] : [consents];
}
