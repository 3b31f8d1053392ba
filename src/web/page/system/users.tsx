import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { askExtensions } from '../api/extensions.js';
import { allFresh, Resource } from '../api/resource.js';
import { session } from '../api/session.js';
import { useFront } from '../kit/front.js';
import { List } from '../kit/list/list.js';
import type { Column } from '../kit/list/list-view.js';
import { ProblemText } from '../kit/problem-text.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { say } from '../texts.js';
import { rolesText } from './roles.js';
import { Tokens } from './tokens.js';
import type { User } from './user.js';
import { UserForm } from './user-form.js';

/** Who may sign in, as what, and which programs act for them. */
export default function Users() {
  const users = useMemo(() => new Resource(() => ask('GET', '/users', {})), []);
  const extensions = useMemo(() => new Resource(askExtensions), []);
  const refresh = () => allFresh([users, extensions]);
  const { shown: edited, show, close, done } = useFront<User | 'new'>(refresh);
  useEffect(() => void refresh(), []);
  const shown = users.value.value;
  return (
    <>
      <ProblemText problem={users.problem.value} />
      {shown && (
        <List
          name="users"
          label={say('system.users')}
          entries={shown.entries}
          keyOf={({ name }) => name}
          columns={columns()}
          action={(user) => (
            <>
              <button type="button" aria-label={say('system.changeUser', { name: user.name })} onClick={show(user)}>
                {say('system.change')}
              </button>
              {user.name !== session.value?.name && (
                <AskedButton
                  name={say('system.removeUser')}
                  label={say('system.removeUserOf', { name: user.name })}
                  about={say('system.removeUserAbout')}
                  done={say('system.userRemoved', { name: user.name })}
                  isDanger
                  act={async () => {
                    await ask('DELETE', '/users/{name}', { name: user.name }, shown.version);
                    await users.fresh();
                  }}
                />
              )}
            </>
          )}
        >
          <button type="button" class="main" onClick={show('new')}>
            {say('system.newUser')}
          </button>
        </List>
      )}
      {shown && edited && (
        <UserForm
          user={edited === 'new' ? null : edited}
          version={shown.version}
          names={shown.entries.map(({ name }) => name)}
          extensions={extensions.value.value?.entries ?? []}
          onSaved={() => done()}
          onClose={close}
        />
      )}
      <Tokens owners={shown?.entries ?? []} />
    </>
  );
}

const columns = (): readonly Column<User>[] => [
  { id: 'name', name: say('own.name'), text: ({ name }) => name },
  { id: 'roles', name: say('own.roles'), text: ({ roles }) => rolesText(roles) },
  { id: 'extension', name: say('own.extension'), text: ({ extension }) => extension ?? '–' },
  {
    id: 'secondFactor',
    name: say('own.secondFactor'),
    text: ({ hasSecondFactor }) => say(hasSecondFactor ? 'system.yes' : 'system.no'),
  },
];
