import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { Select } from '../kit/form/select.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { readRestart, UpdateTime } from './update-time.js';

interface ChooseUpdateProps {
  readonly sticks: readonly string[];
  readonly onBegun: () => void;
}

interface Offered {
  readonly source: string;
  readonly system: OutputOf<'POST', '/update/explain'>;
}

/** First the box looks into an update and says what it is, then it is asked, then the update is installed. */
export function ChooseUpdate({ sticks, onBegun }: ChooseUpdateProps) {
  const from = useSignal('file');
  const file = useSignal<File | null>(null);
  const offered = useSignal<Offered | null>(null);
  const form = useForm(async (fields) => {
    if (fields.step === 'install' && offered.value) {
      await ask('POST', '/update/install', { source: offered.value.source, ...readRestart(fields) });
      offered.value = null;
      announce(say('system.updateBegun'));
      onBegun();
      return;
    }
    offered.value = null;
    const source = await sourceOf(from.value, file.value, fields);
    offered.value = { source, system: await ask('POST', '/update/explain', { source }) };
  });
  const again = () => {
    offered.value = null;
  };
  return (
    <section aria-labelledby="update">
      <h2 id="update">{say('system.updateNew')}</h2>
      <form class="card" {...form.on}>
        <ProblemText problem={form.problem.value} />
        <Select
          name="from"
          label={say('system.updateFrom')}
          value={from.value}
          choices={[
            ['file', say('system.updateFromFile')],
            ['address', say('system.updateFromAddress')],
            ...sticks.map((path) => [path, path] as const),
          ]}
          onChange={(value) => {
            from.value = value;
            again();
          }}
        />
        {from.value === 'file' && (
          <div class="field">
            <label for="update-file">{say('system.updateFile')}</label>
            <input
              id="update-file"
              type="file"
              accept=".raucb"
              required
              onChange={({ currentTarget }) => {
                file.value = currentTarget.files?.[0] ?? null;
                again();
              }}
            />
          </div>
        )}
        {from.value === 'address' && <Field name="address" label={say('system.updateAddress')} isNeeded />}
        <div class="buttons">
          <button type="submit" name="step" value="look" disabled={form.isBusy.value}>
            {say('system.lookInto')}
          </button>
        </div>
        <div role="status">{form.isBusy.value && say('system.updateLooking')}</div>
        {offered.value && (
          <>
            <p>{say('system.updateOffered', { version: offered.value.system.version })}</p>
            <UpdateTime />
            <div class="buttons">
              <button type="submit" name="step" value="install" class="main" disabled={form.isBusy.value}>
                {say('system.updateInstall')}
              </button>
            </div>
          </>
        )}
      </form>
    </section>
  );
}

/** A file of this computer is sent to the box first. */
async function sourceOf(from: string, file: File | null, { address = '' }: Readonly<Record<string, string>>) {
  if (from === 'address') return address.trim();
  if (from !== 'file') return from;
  if (file) await ask('POST', '/update/upload', { update: file });
  return 'uploaded';
}
