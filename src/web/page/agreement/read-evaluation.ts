import type { InputOf } from '../api/table.js';
import { wholeNumber } from '../kit/form/whole-number.js';

type Rule = NonNullable<InputOf<'POST', '/agreement/proposal'>['evaluation']>;

/** What the form says about sheets: nothing at all where there are none, as it was before there could be any. */
export function readEvaluation(data: FormData): { readonly evaluation?: Rule } {
  if (!data.has('hasEvaluation')) return {};
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const places = data.getAll('evaluation.item').map(String);
  const kept = new Set(places.map((at) => text(`${at}.id`)));
  const items = places.map((at): Rule['items'][number] => {
    const id = text(`${at}.id`) || freshId(kept);
    kept.add(id);
    return { id, text: text(`${at}.text`), kind: text(`${at}.kind`) as Rule['items'][number]['kind'] };
  });
  return {
    evaluation: {
      items,
      talkDays: wholeNumber(text('evaluation.talkDays')),
      keepDays: wholeNumber(text('evaluation.keepDays')),
      blockDays: wholeNumber(text('evaluation.blockDays')),
      second: data.getAll('evaluation.second').map(String),
    },
  };
}

function freshId(taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`item-${number}`)) number += 1;
  return `item-${number}`;
}
