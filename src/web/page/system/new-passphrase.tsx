import type { Edit } from '../kit/form/edit.js';
import { Field } from '../kit/form/field.js';
import { requireTwice } from '../kit/form/twice.js';
import { say } from '../texts.js';

export interface NewPassphrase {
  readonly passphrase: string;
  readonly again: string;
}

export const passphraseFields = ['passphrase', 'again'] as const;

export const readPassphrase = (data: FormData): NewPassphrase => ({
  passphrase: String(data.get('passphrase') ?? ''),
  again: String(data.get('again') ?? ''),
});

/** Checks or sends a passphrase: what the box says of it comes before whether it was typed twice, and nothing is done with a slip in it. */
export async function sendTwice<Answer>(
  { passphrase, again }: NewPassphrase,
  dryRun: boolean,
  send: () => Promise<Answer>,
): Promise<Answer> {
  if (!dryRun) requireTwice(passphrase, again);
  const answer = await send();
  requireTwice(passphrase, again);
  return answer;
}

/** A passphrase that does not exist yet. */
export function PassphraseFields({ edit, hint }: { readonly edit: Edit; readonly hint: string }) {
  return (
    <>
      <Field
        name="passphrase"
        type="password"
        label={say('system.passphrase')}
        hint={hint}
        autocomplete="new-password"
        fault={edit.faultAt('passphrase')}
      />
      <Field
        name="again"
        type="password"
        label={say('system.passphraseAgain')}
        autocomplete="new-password"
        fault={edit.faultAt('again')}
      />
    </>
  );
}
