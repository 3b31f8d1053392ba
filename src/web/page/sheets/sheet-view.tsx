import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type ApiProblem, asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { ProblemText } from '../kit/problem-text.js';
import { Rows } from '../kit/rows.js';
import { dayText } from '../kit/times.js';
import { language, say } from '../texts.js';
import { SecondOpinion } from './second-opinion.js';
import { answerText, type Sheet, type SheetHead } from './sheets-data.js';
import { TalkForm, talkText } from './talk-form.js';
import { WordsForm } from './words-form.js';

interface SheetViewProps {
  /** As the list has it: with each new one, what the others have said meanwhile is shown. */
  readonly head: SheetHead;
  readonly title: string;
  readonly onChanged: () => void;
}

/** One sheet, and what whoever sees it can do with it. */
export function SheetView({ head, title, onChanged }: SheetViewProps) {
  const { id } = head;
  const sheet = useSignal<Sheet | null>(null);
  const problem = useSignal<ApiProblem | null>(null);
  useEffect(() => {
    ask('GET', '/own/sheets/{id}', { id }).then(
      (found) => {
        sheet.value = found;
        problem.value = null;
      },
      (error: unknown) => {
        problem.value = asProblem(error);
      },
    );
  }, [head, language.value]);
  const changed = (after: Sheet) => {
    sheet.value = after;
    onChanged();
  };
  const { value } = sheet;
  return (
    <section class="card" aria-label={title}>
      <ProblemText problem={problem.value} />
      {value && <Whole sheet={value} onChanged={changed} />}
    </section>
  );
}

interface WholeProps {
  readonly sheet: Sheet;
  readonly onChanged: (sheet: Sheet) => void;
}

function Whole({ sheet, onChanged }: WholeProps) {
  const { part, purpose, deletedOn, comment, objection } = sheet;
  const isMember = part === 'member';
  return (
    <>
      <Answers sheet={sheet} />
      <Rows
        rows={[
          purpose === null ? null : [say('sheets.purpose'), purpose],
          [say('sheets.talk'), talkText(sheet)],
          isMember || comment === '' ? null : [say('sheets.commentOf'), comment],
          isMember || objection === '' ? null : [say('sheets.objectionOf'), objection],
          [say('sheets.deleted'), dayText(deletedOn)],
        ]}
      />
      <TalkForm sheet={sheet} onChanged={onChanged} />
      {isMember && <WordsForm sheet={sheet} kind="comment" onChanged={onChanged} />}
      {isMember && <WordsForm sheet={sheet} kind="objection" onChanged={onChanged} />}
      <SecondOpinion sheet={sheet} onChanged={onChanged} />
    </>
  );
}

function Answers({ sheet: { items, second } }: { readonly sheet: Sheet }) {
  const others = second?.answers ?? null;
  return (
    <div class="table list">
      <table>
        <thead>
          <tr>
            <th scope="col">{say('sheets.item')}</th>
            <th scope="col">{say('sheets.answered')}</th>
            {others && <th scope="col">{say('sheets.secondAnswer')}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, text, answer }, index) => (
            <tr key={id}>
              <th scope="row">{text}</th>
              <td data-column={say('sheets.answered')}>{answerText(answer)}</td>
              {others && <td data-column={say('sheets.secondAnswer')}>{answerText(others[index] ?? 'open')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
