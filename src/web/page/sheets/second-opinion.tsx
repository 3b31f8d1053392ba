import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useForm } from '../kit/form/form.js';
import { Select } from '../kit/form/select.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { AnswerFields, readAnswers } from './answer-fields.js';
import { nameOf, type Sheet } from './sheets-data.js';

interface SecondProps {
  readonly sheet: Sheet;
  readonly onChanged: (sheet: Sheet) => void;
}

/** The second opinion: asked for by the member, given by whoever was asked. */
export function SecondOpinion({ sheet, onChanged }: SecondProps) {
  const { part, second, mayBeAsked } = sheet;
  if (part === 'second' && second?.answers === null) return <GiveSecond sheet={sheet} onChanged={onChanged} />;
  if (second !== null) return <p>{say('sheets.secondOf', { name: nameOf(second.by) })}</p>;
  return part === 'member' && mayBeAsked.length > 0 ? <AskSecond sheet={sheet} onChanged={onChanged} /> : null;
}

function AskSecond({ sheet: { id, mayBeAsked }, onChanged }: SecondProps) {
  const form = useForm(async ({ extension = '' }) => {
    onChanged(await ask('PUT', '/own/sheets/{id}/second', { id, extension }));
    announce(say('sheets.asked'));
  });
  return (
    <form {...form.on}>
      <ProblemText problem={form.problem.value} />
      <Select
        name="extension"
        label={say('sheets.second')}
        hint={say('sheets.secondAbout')}
        choices={mayBeAsked.map((each) => [each.extension, nameOf(each)])}
      />
      <div class="buttons">
        <button type="submit" disabled={form.isBusy.value}>
          {say('sheets.askSecond')}
        </button>
      </div>
    </form>
  );
}

function GiveSecond({ sheet: { id, items }, onChanged }: SecondProps) {
  const form = useForm(async (fields) => {
    onChanged(await ask('PUT', '/own/sheets/{id}/second/answers', { id, answers: readAnswers(items, fields) }));
    announce(say('sheets.given'));
  });
  return (
    <form {...form.on}>
      <ProblemText problem={form.problem.value} />
      <AnswerFields items={items} mayBeOpen />
      <div class="buttons">
        <button type="submit" class="main" disabled={form.isBusy.value}>
          {say('sheets.giveSecond')}
        </button>
      </div>
    </form>
  );
}
