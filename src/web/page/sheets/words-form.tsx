import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useForm } from '../kit/form/form.js';
import { Labelled } from '../kit/form/labelled.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import type { Sheet } from './sheets-data.js';

interface WordsFormProps {
  readonly sheet: Sheet;
  readonly kind: 'comment' | 'objection';
  readonly onChanged: (sheet: Sheet) => void;
}

/** What the member says to a sheet. */
export function WordsForm({ sheet, kind, onChanged }: WordsFormProps) {
  const { id } = sheet;
  const name = say(`sheets.${kind}`);
  const form = useForm(async ({ words = '' }) => {
    const path = kind === 'comment' ? '/own/sheets/{id}/comment' : '/own/sheets/{id}/objection';
    onChanged(await ask('PUT', path, { id, words }));
    announce(say('sheets.kept'));
  });
  return (
    <form {...form.on}>
      <ProblemText problem={form.problem.value} />
      <Labelled label={name} hint={kind === 'objection' ? say('sheets.objectionHint') : undefined}>
        {(ties) => <textarea {...ties} name="words" rows={3} maxLength={2000} defaultValue={sheet[kind]} />}
      </Labelled>
      <div class="buttons">
        <button type="submit" disabled={form.isBusy.value} aria-label={`${say('sheets.keep')}: ${name}`}>
          {say('sheets.keep')}
        </button>
      </div>
    </form>
  );
}
