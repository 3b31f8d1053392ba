import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { saveFile } from '../kit/save-file.js';
import { say } from '../texts.js';

/** All that makes the box what it is, as a file that only the passphrase opens. */
export function MakeBackup() {
  const form = useForm(async ({ passphrase = '' }) => {
    const backup = await ask('POST', '/backup', { passphrase });
    saveFile(`modcall-${new Date().toISOString().slice(0, 10)}.backup`, backup);
    announce(say('system.backupMade'));
  });
  return (
    <section aria-labelledby="make-backup">
      <h2 id="make-backup">{say('system.makeBackup')}</h2>
      <form class="card narrow" onSubmit={form.submit}>
        <p>{say('system.makeBackupAbout')}</p>
        <ProblemText problem={form.problem.value} />
        <Field
          name="passphrase"
          type="password"
          label={say('system.passphrase')}
          hint={say('system.passphraseHint')}
          autocomplete="new-password"
          fault={form.problem.value?.faultAt('passphrase')}
          isNeeded
        />
        <div class="buttons">
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {say('system.makeBackup')}
          </button>
        </div>
      </form>
    </section>
  );
}
