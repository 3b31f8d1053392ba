import { ask } from '../api/ask.js';
import { endSession, session } from '../api/session.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { requirePassword } from '../kit/form/new-secret.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

/** Changes one's own password. All sessions end with it, this one too: whoever knows the old one is out at once. */
export function PasswordForm() {
  const form = useForm(
    async ({ present = '', next = '' }) => {
      await ask('PUT', '/own/password', { present, next });
      endSession('passwordChanged');
    },
    ({ next = '' }) => requirePassword('next', next, session.value?.name ?? ''),
  );
  return (
    <section aria-labelledby="password">
      <h2 id="password">{say('own.password')}</h2>
      <form class="card narrow" {...form.on}>
        <ProblemText problem={form.problem.value} fields={['present', 'next']} />
        <Field
          name="present"
          type="password"
          label={say('own.present')}
          autocomplete="current-password"
          fault={form.faultAt('present')}
          isNeeded
        />
        <Field
          name="next"
          type="password"
          label={say('way.newPassword')}
          hint={say('way.newPasswordHint')}
          autocomplete="new-password"
          fault={form.faultAt('next')}
          isNeeded
        />
        <div class="buttons">
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {say('own.change')}
          </button>
        </div>
      </form>
    </section>
  );
}
