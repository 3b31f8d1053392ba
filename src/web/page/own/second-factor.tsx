import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { lazily } from '../kit/lazily.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { RecoveryCodes } from './recovery-codes.js';
import { RemoveSecondFactor } from './remove-second-factor.js';

const QrCode = lazily(() => import('../kit/qr-code.js'));

/** Sets up the second factor: the secret for the app, its first code, then the recovery codes, which are shown this once. */
export function SecondFactor() {
  const present = useMemo(() => new Resource(() => ask('GET', '/own/second-factor', {})), []);
  useEffect(() => present.refresh(), [present]);
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
    present.refresh();
  });
  const state = present.value.value;
  return (
    <section aria-labelledby="second-factor">
      <h2 id="second-factor">{say('own.secondFactor')}</h2>
      <form class="card narrow" {...form.on}>
        <p>{say('own.secondFactorAbout')}</p>
        {state && (
          <p>{state.isSetUp ? say('own.isSetUp', { left: state.recoveryCodesLeft }) : say('own.isNotSetUp')}</p>
        )}
        <ProblemText problem={form.problem.value ?? present.problem.value} />
        {begun.value && (
          <>
            <p>{say('own.toApp')}</p>
            <QrCode text={begun.value.address} label={say('own.qrCode')} />
            <a class="secret" href={begun.value.address}>
              <code>{begun.value.secret}</code>
            </a>
            <Field
              name="code"
              label={say('way.code')}
              autocomplete="one-time-code"
              fault={form.problem.value?.faultAt('code')}
              isNeeded
              isFirst
            />
          </>
        )}
        <RecoveryCodes codes={recoveryCodes.value} />
        <div class="buttons">
          <button type="submit" disabled={form.isBusy.value}>
            {say(begun.value ? 'own.confirm' : 'own.begin')}
          </button>
        </div>
      </form>
      {state?.isSetUp && (
        <RemoveSecondFactor
          onRemoved={() => {
            recoveryCodes.value = [];
            present.refresh();
          }}
        />
      )}
    </section>
  );
}
