import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { session } from '../api/session.js';
import { AskedButton } from '../kit/asked-button.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { rolesText } from './roles.js';
import { Tokens } from './tokens.js';
import type { User } from './user.js';
import { UserForm } from './user-form.js';

/** Who may sign in, as what, and which programs act for them. */
export default function Users() {
  const users = useMemo(() => new Resource(() => ask('GET', '/users', {})), []);
  const edited = useSignal<User | 'new' | null>(null);
  useEffect(() => users.refresh(), [users]);
  const shown = users.value.value;
  const edit = (user: User | 'new' | null) => () => {
    edited.value = user;
  };
  const onDone = () => {
    edited.value = null;
    users.refresh();
  };
  return (
    <>
      <section aria-labelledby="users">
        <h2 id="users">{say('system.users')}</h2>
        <ProblemText problem={users.problem.value} />
        <p>
          <button type="button" class="main" onClick={edit('new')}>
            {say('system.newUser')}
          </button>
        </p>
        {shown && (
          <div class="card table">
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('own.name')}</th>
                  <th scope="col">{say('own.roles')}</th>
                  <th scope="col" class="wide">
                    {say('own.extension')}
                  </th>
                  <th scope="col" class="wide">
                    {say('own.secondFactor')}
                  </th>
                  <th scope="col">
                    <span class="unseen">{say('live.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.entries.map((user) => (
                  <tr key={user.name}>
                    <td class="said">{user.name}</td>
                    <td>{rolesText(user.roles)}</td>
                    <td class="wide">{user.extension ?? '–'}</td>
                    <td class="wide">{say(user.hasSecondFactor ? 'system.yes' : 'system.no')}</td>
                    <td class="action">
                      <div class="actions">
                        <button
                          type="button"
                          aria-label={say('system.changeUser', { name: user.name })}
                          onClick={edit(user)}
                        >
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
                              onDone();
                            }}
                          />
                        )}
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {shown && edited.value && (
        <UserForm
          user={edited.value === 'new' ? null : edited.value}
          version={shown.version}
          onSaved={onDone}
          onClose={edit(null)}
        />
      )}
      <Tokens owners={shown?.entries ?? []} />
    </>
  );
}
