import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { saveFile } from '../kit/save-file.js';
import { today } from '../kit/today.js';
import { say } from '../texts.js';
import { PassphraseFields, passphraseFields, readPassphrase, sendTwice } from './new-passphrase.js';

/** All that makes the box what it is, as a file that only the passphrase opens. */
export function MakeBackup() {
  const made = useSignal(0);
  return (
    <section aria-labelledby="make-backup">
      <h2 id="make-backup">{say('system.makeBackup')}</h2>
      <MakeForm
        key={made.value}
        onMade={() => {
          made.value += 1;
        }}
      />
    </section>
  );
}

function MakeForm({ onMade }: { readonly onMade: () => void }) {
  const edit = useEdit({
    // Nothing is changed by it: nobody can be in the way.
    version: 0,
    place: () => [],
    read: readPassphrase,
    send: (sent, { dryRun }) =>
      sendTwice(sent, dryRun, async () => {
        const { passphrase } = sent;
        return dryRun ? ask('POST', '/backup/check', { passphrase }) : ask('POST', '/backup', { passphrase });
      }),
    onSaved(backup) {
      if (backup) saveFile(`modcall-${today()}.backup`, backup);
      announce(say('system.backupMade'));
      onMade();
    },
  });
  return (
    <EditForm edit={edit} fields={passphraseFields} action={say('system.makeBackup')}>
      <p>{say('system.makeBackupAbout')}</p>
      <PassphraseFields edit={edit} hint={say('system.passphraseHint')} />
    </EditForm>
  );
}
