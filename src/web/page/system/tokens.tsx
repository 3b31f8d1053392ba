import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { ProblemText } from '../kit/problem-text.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { dayText } from '../kit/times.js';
import { say } from '../texts.js';
import { rolesText } from './roles.js';
import { TokenForm } from './token-form.js';
import type { User } from './user.js';

/** The programs that may ask the box, each by a token of its own. */
export function Tokens({ owners }: { readonly owners: readonly User[] }) {
  const tokens = useMemo(() => new Resource(() => ask('GET', '/tokens', {})), []);
  const isAsked = useSignal(false);
  useEffect(() => tokens.refresh(), [tokens]);
  const entries = tokens.value.value?.entries ?? [];
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{say('system.tokens')}</h2>
      <p>{say('system.tokensAbout')}</p>
      <ProblemText problem={tokens.problem.value} />
      <p>
        <button
          type="button"
          onClick={() => {
            isAsked.value = true;
          }}
        >
          {say('system.newToken')}
        </button>
      </p>
      {isAsked.value && (
        <TokenForm
          owners={owners}
          onMade={() => tokens.refresh()}
          onClose={() => {
            isAsked.value = false;
          }}
        />
      )}
      {entries.length > 0 && (
        <ul class="card rows">
          {entries.map(({ id, name, owner, roles, expires, lastUsedDay }) => (
            <li key={id}>
              <span class="said">
                {name}
                <span class="note">
                  {say('system.tokenAbout', { owner, roles: rolesText(roles) })}{' '}
                  {expires ? say('system.tokenUntil', { day: dayText(expires) }) : say('system.tokenForEver')}{' '}
                  {lastUsedDay ? say('system.tokenUsed', { day: dayText(lastUsedDay) }) : say('system.tokenUnused')}
                </span>
              </span>
              <AskedButton
                name={say('system.revoke')}
                label={say('system.revokeOf', { name })}
                about={say('system.revokeAbout')}
                done={say('system.revoked')}
                isDanger
                act={async () => {
                  await ask('DELETE', '/tokens/{id}', { id });
                  tokens.refresh();
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
