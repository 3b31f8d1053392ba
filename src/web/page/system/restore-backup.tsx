import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { BackupInside } from './backup-inside.js';

interface Looked {
  readonly passphrase: string;
  readonly inside: OutputOf<'POST', '/backup/explain'>;
}

/** Goes back to a backup: first the box looks into it and says what would change, then it is asked, then it restarts. */
export function RestoreBackup() {
  const looked = useSignal<Looked | null>(null);
  const file = useSignal<File | null>(null);
  const form = useForm(async ({ passphrase = '', step }) => {
    if (step === 'restore' && looked.value) {
      const { waitsFor } = await ask('POST', '/backup/restore', { passphrase: looked.value.passphrase, when: 'idle' });
      looked.value = null;
      announce(say('system.restoreOrdered', { count: waitsFor }));
      return;
    }
    looked.value = null;
    if (!file.value) return;
    await ask('POST', '/backup/upload', { backup: file.value });
    looked.value = { passphrase, inside: await ask('POST', '/backup/explain', { passphrase }) };
  });
  return (
    <section aria-labelledby="restore">
      <h2 id="restore">{say('system.restore')}</h2>
      <form class="card" {...form.on}>
        <p>{say('system.restoreAbout')}</p>
        <ProblemText problem={form.problem.value} />
        <div class="field">
          <label for="backup">{say('system.backupFile')}</label>
          <input
            id="backup"
            type="file"
            required
            onChange={({ currentTarget }) => {
              file.value = currentTarget.files?.[0] ?? null;
              looked.value = null;
            }}
          />
        </div>
        <Field name="passphrase" type="password" label={say('system.passphrase')} isNeeded />
        <div class="buttons">
          <button type="submit" name="step" value="look" disabled={form.isBusy.value}>
            {say('system.lookInto')}
          </button>
        </div>
        <div role="status">{form.isBusy.value && say('system.looking')}</div>
        {looked.value && (
          <>
            <BackupInside inside={looked.value.inside} />
            <div class="buttons">
              <button type="submit" name="step" value="restore" class="main danger" disabled={form.isBusy.value}>
                {say('system.restoreNow')}
              </button>
            </div>
          </>
        )}
      </form>
    </section>
  );
}
