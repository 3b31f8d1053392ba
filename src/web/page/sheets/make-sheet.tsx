import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import { AnswerFields, readAnswers } from './answer-fields.js';
import { nameOf, type PossibleSheet, type Rule } from './sheets-data.js';

interface MakeSheetProps {
  readonly rule: Rule;
  readonly call: PossibleSheet;
  readonly onDone: () => void;
}

/** The form that a moderator fills in about one call. */
export function MakeSheet({ rule, call, onDone }: MakeSheetProps) {
  const { session, call: id, member, ended } = call;
  const form = useForm(async (fields) => {
    await ask('POST', '/own/sheets', { session, call: id, answers: readAnswers(rule.items, fields) });
    announce(say('sheets.made'));
    onDone();
  });
  const title = say('sheets.fillAbout', { member: nameOf(member), ended: momentText(ended) });
  return (
    <form class="card narrow" aria-label={title} {...form.on}>
      <h3>{title}</h3>
      <p class="hint">{say('sheets.makeAbout')}</p>
      <ProblemText problem={form.problem.value} />
      <AnswerFields items={rule.items} mayBeOpen={false} />
      <div class="buttons">
        <button type="submit" class="main" disabled={form.isBusy.value}>
          {say('sheets.make')}
        </button>
        <button type="button" onClick={onDone}>
          {say('shell.cancel')}
        </button>
      </div>
    </form>
  );
}
