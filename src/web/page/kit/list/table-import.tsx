import { useSignal } from '@preact/signals';
import { fileText } from '../../../../primitives/file-text.js';
import { type ApiProblem, asProblem } from '../../api/api-problem.js';
import { say } from '../../texts.js';
import { announce } from '../announcements.js';
import type { How } from '../form/edit.js';
import { useForm } from '../form/form.js';
import { Labelled } from '../form/labelled.js';
import { ProblemText } from '../problem-text.js';
import { Dialog } from '../question/dialog.js';
import { ImportFaults } from './import-faults.js';

/** What would come of a table, or has come of it. */
interface Outcome {
  readonly version: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
}

interface TableImportProps<Of extends Outcome> {
  readonly title: string;
  readonly about: string;
  readonly send: (table: string, how: How) => Promise<Of>;
  readonly onClose: () => void;
  readonly onImported: (outcome: Of) => unknown;
}

/** A table, and what would come of it. */
interface Checked {
  readonly table: string;
  readonly outcome: Outcome;
}

/** Takes in many entries at once: first it is said what that would do, and nothing changes before. */
export function TableImport<Of extends Outcome>({ title, about, send, onClose, onImported }: TableImportProps<Of>) {
  const checked = useSignal<Checked | null>(null);
  const faulty = useSignal<ApiProblem | null>(null);

  async function check(table: string): Promise<void> {
    try {
      checked.value = { table, outcome: await send(table, { dryRun: true, basis: '*' }) };
    } catch (error) {
      const problem = asProblem(error);
      if (problem.faults.length === 0) throw problem;
      faulty.value = problem;
    }
  }

  async function take({ table, outcome: { version } }: Checked): Promise<void> {
    const outcome = await send(table, { dryRun: false, basis: version });
    announce(say('people.imported', { count: outcome.added.length + outcome.changed.length }));
    await onImported(outcome);
  }

  const form = useForm(async (_fields, data) => {
    const seen = checked.value;
    [checked.value, faulty.value] = [null, null];
    if (data.get('step') === 'import' && seen) await take(seen);
    else await check(await tableIn(data));
  });
  const anew = () => {
    [checked.value, faulty.value] = [null, null];
  };
  return (
    <Dialog title={title} size="large" onClose={onClose}>
      <form class="editor" {...form.on} onInput={anew}>
        <p>{about}</p>
        <Labelled label={say('people.file')}>
          {(ties) => <input {...ties} type="file" name="file" accept=".csv,.txt,text/csv,text/plain" />}
        </Labelled>
        <Labelled label={say('people.table')}>
          {(ties) => <textarea {...ties} name="table" rows={5} spellcheck={false} autocomplete="off" />}
        </Labelled>
        <ProblemText problem={form.problem.value} />
        <ImportFaults problem={faulty.value} />
        <div role="status">{checked.value && <OutcomeText {...checked.value.outcome} />}</div>
        <div class="buttons">
          <button type="button" onClick={onClose}>
            {say('shell.cancel')}
          </button>
          <button
            type="submit"
            name="step"
            value="check"
            class={checked.value ? '' : 'main'}
            disabled={form.isBusy.value}
          >
            {say('people.check')}
          </button>
          {checked.value && hasNews(checked.value.outcome) && (
            <button type="submit" name="step" value="import" class="main" disabled={form.isBusy.value}>
              {say('people.importNow')}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

type Found = Pick<Outcome, 'added' | 'changed'>;

const hasNews = ({ added, changed }: Found): boolean => added.length + changed.length > 0;

/** So many numbers are named. */
const mostNamed = 12;

function OutcomeText({ added, changed }: Found) {
  const numbers = (all: readonly string[]) =>
    [...all.slice(0, mostNamed), ...(all.length > mostNamed ? ['…'] : [])].join(', ');
  return (
    <div class="notice">
      {!hasNews({ added, changed }) && <p>{say('people.nothingToImport')}</p>}
      {added.length > 0 && <p>{say('people.wouldAdd', { count: added.length, numbers: numbers(added) })}</p>}
      {changed.length > 0 && <p>{say('people.wouldChange', { count: changed.length, numbers: numbers(changed) })}</p>}
    </div>
  );
}

/** The table that was typed, else the file. */
async function tableIn(data: FormData): Promise<string> {
  const typed = String(data.get('table') ?? '');
  const file = data.get('file');
  return typed.trim() === '' && file instanceof File ? fileText(new Uint8Array(await file.arrayBuffer())) : typed;
}
