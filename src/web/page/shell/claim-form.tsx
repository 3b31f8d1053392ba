import { useEffect } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { claim } from '../api/session.js';
import { findEveryFault } from '../kit/form/every-fault.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { requirePassword, requireUserName } from '../kit/form/new-secret.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { language, say } from '../texts.js';

/** Whoever becomes admin of a box with nothing set up goes on with that, in the language in which they have begun. */
async function beginSetUp(): Promise<void> {
  const { missing } = await ask('GET', '/set-up', {});
  if (!missing.includes('country')) return;
  history.replaceState(null, '', '/set-up');
  await ask('PATCH', '/settings', { language: language.value }, '*');
}

/** The steps come while somebody types; where they do not, they are asked for again when they are shown. */
const fetchSetUp = (): void => void import('../set-up/set-up.js').catch(() => undefined);

/** Whoever has the one-time code becomes admin, with a name and a password of their choice. */
export function ClaimForm() {
  useEffect(fetchSetUp, []);
  const form = useForm(
    ({ code = '', name = '', password = '' }) => claim({ code, name, password, language: language.value }, beginSetUp),
    ({ name = '', password = '' }) =>
      findEveryFault(
        () => requireUserName(name),
        () => requirePassword('password', password, name),
      ),
  );
  return (
    <form class="card" {...form.on}>
      <Heading>{say('way.claim')}</Heading>
      <p>{say('way.claimAbout')}</p>
      <ProblemText problem={form.problem.value} fields={['code', 'name', 'password']} />
      <Field
        name="code"
        label={say('way.oneTimeCode')}
        autocomplete="off"
        fault={form.faultAt('code')}
        isNeeded
        isFirst
      />
      <Field
        name="name"
        label={say('way.name')}
        hint={say('way.nameHint')}
        autocomplete="username"
        fault={form.faultAt('name')}
        isNeeded
      />
      <Field
        name="password"
        type="password"
        label={say('way.newPassword')}
        hint={say('way.newPasswordHint')}
        autocomplete="new-password"
        fault={form.faultAt('password')}
        isNeeded
      />
      <button type="submit" class="main" disabled={form.isBusy.value}>
        {say('way.becomeAdmin')}
      </button>
    </form>
  );
}
