import type { OutputOf } from '../api/table.js';
import { say } from '../texts.js';

export type Sheets = OutputOf<'GET', '/own/sheets'>;
export type SheetHead = Sheets['entries'][number];
export type PossibleSheet = Sheets['possible'][number];
export type Rule = NonNullable<Sheets['rule']>;
export type Sheet = OutputOf<'GET', '/own/sheets/{id}'>;
export type Answer = Sheet['items'][number]['answer'];

export const nameOf = ({ extension, name }: SheetHead['member']): string => name || extension;

const steps = { '1': 'least', '5': 'most' } as const;

/** An answer in words; a step of a scale between its ends is its number. */
export function answerText(answer: Answer): string {
  if (answer === '2' || answer === '3' || answer === '4') return answer;
  return say(`sheets.answer.${answer === '1' || answer === '5' ? steps[answer] : answer}`);
}
