import { answersTo } from '../../../agreement/evaluation.js';
import { Choices } from '../kit/form/choices.js';
import { type Answer, answerText, type Rule } from './sheets-data.js';

type Items = readonly Pick<Rule['items'][number], 'id' | 'text' | 'kind'>[];

interface AnswerFieldsProps {
  readonly items: Items;
  /** Whether an item may be left open, as by somebody who was not there. */
  readonly mayBeOpen: boolean;
}

/** A choice for each item of a sheet; none is made beforehand. */
export function AnswerFields({ items, mayBeOpen }: AnswerFieldsProps) {
  return (
    <>
      {items.map(({ id, text, kind }) => (
        <Choices
          key={id}
          name={`answer.${id}`}
          legend={text}
          values={[...answersTo[kind], ...(mayBeOpen ? (['open'] as const) : [])]}
          labelOf={answerText}
          value={null}
        />
      ))}
    </>
  );
}

/** What was chosen, one for each item; what was not is left open, which the box may refuse. */
export const readAnswers = (items: Items, fields: Readonly<Record<string, string>>): Answer[] =>
  items.map(({ id }) => (fields[`answer.${id}`] ?? 'open') as Answer);
