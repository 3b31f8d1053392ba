import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { Choices } from '../kit/form/choices.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { agreement, type Document, type Signer } from './agreement-data.js';
import { canSign, KeyFileError, signWithFile } from './signer-key.js';

interface SignFormProps {
  readonly document: Document;
  readonly signedBy: readonly Signer[];
}

const signers: readonly Signer[] = ['employer', 'council'];
/** Neither a key nor a signature is larger. */
const largestFile = 64 * 1024;

/** Signs what is proposed: with the key of a person here in the browser, or by a signature that was made elsewhere. */
export function SignForm({ document, signedBy }: SignFormProps) {
  const fault = useSignal('');
  const form = useForm(async ({ signer, passphrase = '' }, data) => {
    fault.value = '';
    const file = data.get('file');
    const text = file instanceof File && file.size <= largestFile ? await file.text() : '';
    const signature = signatureIn(text) ?? (await signedHere(text, passphrase));
    if (signature === null) return;
    const by = signers.find((each) => each === signer) ?? 'employer';
    const { isInForce } = await ask('POST', '/agreement/proposal/signatures', { signer: by, signature });
    announce(say(isInForce ? 'agreement.nowInForce' : 'agreement.signed'));
    agreement.refresh();
  });
  /** Null where it could not be signed, which is said at the field. */
  async function signedHere(file: string, passphrase: string): Promise<string | null> {
    try {
      if (!canSign()) throw new KeyFileError('unable');
      return await signWithFile(document, file, passphrase);
    } catch (error) {
      if (!(error instanceof KeyFileError)) throw error;
      fault.value = say(`agreement.keyFault.${error.problem}`);
      return null;
    }
  }
  return (
    <section aria-labelledby="sign">
      <h2 id="sign">{say('agreement.sign')}</h2>
      <form class="card editor narrow" {...form.on}>
        <p>{say(canSign() ? 'agreement.signAbout' : 'agreement.signElsewhere')}</p>
        <Choices
          name="signer"
          legend={say('agreement.signAs')}
          values={signers}
          labelOf={(signer) => say(`agreement.signerIs.${signer}`)}
          value={signers.find((signer) => !signedBy.includes(signer) && isOwn(signer)) ?? null}
        />
        <FileField fault={fault.value} />
        {canSign() && (
          <Field
            name="passphrase"
            type="password"
            label={say('agreement.passphrase')}
            hint={say('agreement.passphraseHint')}
          />
        )}
        <ProblemText problem={form.problem.value} />
        <div class="buttons">
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {say(form.isBusy.value ? 'agreement.signing' : 'agreement.sign')}
          </button>
        </div>
      </form>
    </section>
  );
}

/** An admin acts for the employer; whoever is of the council alone, for the council. */
const isOwn = (signer: Signer): boolean => (signer === 'employer' ? hasRole() : !hasRole());

/** What `modcall agreement sign-document` has printed holds the signature, and nothing else that looks like one. */
const signatureIn = (text: string): string | null => /\b[0-9a-f]{128}\b/.exec(text)?.[0] ?? null;

function FileField({ fault }: { readonly fault: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{say(canSign() ? 'agreement.keyOrSignature' : 'agreement.signatureFile')}</label>
      <input
        id={id}
        type="file"
        name="file"
        required
        aria-invalid={fault === '' ? undefined : true}
        aria-describedby={`${id}-fault`}
      />
      <p id={`${id}-fault`} class={fault === '' ? 'note' : 'fault'} role="status">
        {fault}
      </p>
    </div>
  );
}
