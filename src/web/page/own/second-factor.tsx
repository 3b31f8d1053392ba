import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

/** Sets up the second factor: the secret for the app, its first code, then the recovery codes, which are shown this once. */
export function SecondFactor() {
  const begun = useSignal<OutputOf<'POST', '/own/second-factor'> | null>(null);
  const recoveryCodes = useSignal<readonly string[]>([]);
  const form = useForm(async ({ code }) => {
    if (code === undefined) {
      recoveryCodes.value = [];
      begun.value = await ask('POST', '/own/second-factor', {});
      return;
    }
    const { recoveryCodes: made } = await ask('PUT', '/own/second-factor', { code: code.trim() });
    begun.value = null;
    recoveryCodes.value = made;
  });
  return (
    <section aria-labelledby="second-factor">
      <h2 id="second-factor">{say('own.secondFactor')}</h2>
      <form class="card narrow" onSubmit={form.submit}>
        <p>{say('own.secondFactorAbout')}</p>
        <ProblemText problem={form.problem.value} />
        {begun.value && (
          <>
            <p>{say('own.toApp')}</p>
            <a class="secret" href={begun.value.address}>
              <code>{begun.value.secret}</code>
            </a>
            <Field name="code" label={say('way.code')} autocomplete="one-time-code" isNeeded isFirst />
          </>
        )}
        <div role="status">
          {recoveryCodes.value.length > 0 && (
            <>
              <p>{say('own.recoveryAbout')}</p>
              <ul class="codes">
                {recoveryCodes.value.map((code) => (
                  <li key={code}>
                    <code>{code}</code>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
        <div class="buttons">
          <button type="submit" disabled={form.isBusy.value}>
            {say(begun.value ? 'own.confirm' : 'own.begin')}
          </button>
        </div>
      </form>
    </section>
  );
}
