import { useSignal } from '@preact/signals';
import { ApiProblem } from '../api/api-problem.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { requireTwice } from '../kit/form/twice.js';
import { ProblemText } from '../kit/problem-text.js';
import { Dialog } from '../kit/question/dialog.js';
import { saveAs } from '../kit/save-as.js';
import { ShownOnce } from '../kit/secret/shown-once.js';
import { say } from '../texts.js';
import { canSign, KeyFileError, makeKey } from './signer-key.js';

/** As many as the command line asks for. */
const shortestPassphrase = 10;

/** A key of one's own, made in this browser: the file goes to the person, only its public half to anybody else. */
export function MakeKey() {
  const isOpen = useSignal(false);
  if (!canSign()) return <p class="hint">{say('agreement.makeKeyElsewhere')}</p>;
  const close = () => {
    isOpen.value = false;
  };
  return (
    <>
      <button
        type="button"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {say('agreement.makeKey')}
      </button>
      {isOpen.value && <KeyDialog onClose={close} />}
    </>
  );
}

function KeyDialog({ onClose }: { readonly onClose: () => void }) {
  const publicKey = useSignal<string | null>(null);
  const form = useForm(async ({ passphrase = '', again = '' }) => {
    if (passphrase.length < shortestPassphrase) throw weak();
    requireTwice(passphrase, again);
    const made = await makeKey(passphrase).catch((error: unknown) => {
      throw error instanceof KeyFileError ? problemAt('passphrase', say(`agreement.keyFault.${error.problem}`)) : error;
    });
    saveAs('agreement-key.json', 'application/json', made.file);
    publicKey.value = made.publicKey;
  });
  const fault = (field: string) => form.problem.value?.faultAt(field);
  return (
    <Dialog title={say('agreement.makeKey')} onClose={onClose}>
      {publicKey.value === null ? (
        <form class="fields" {...form.on}>
          <p>{say('agreement.makeKeyAbout')}</p>
          <Field
            name="passphrase"
            type="password"
            label={say('agreement.passphrase')}
            fault={fault('passphrase')}
            isFirst
          />
          <Field name="again" type="password" label={say('agreement.passphraseAgain')} fault={fault('again')} />
          <ProblemText problem={form.problem.value} fields={['passphrase', 'again']} />
          <div class="buttons">
            <button type="button" onClick={onClose}>
              {say('shell.cancel')}
            </button>
            <button type="submit" class="main" disabled={form.isBusy.value}>
              {say('agreement.makeKey')}
            </button>
          </div>
        </form>
      ) : (
        <>
          <p role="status">{say('agreement.keyMade')}</p>
          <dl>
            <dt>{say('agreement.publicKey')}</dt>
            <ShownOnce text={publicKey.value} />
          </dl>
          <div class="buttons">
            <button type="button" class="main" onClick={onClose}>
              {say('form.close')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

const weak = () => problemAt('passphrase', say('agreement.weakPassphrase', { shortest: shortestPassphrase }));

const problemAt = (field: string, text: string) =>
  new ApiProblem(422, 'agreementKey', text, [{ path: [field], code: 'agreementKey', text, isAll: true }]);
