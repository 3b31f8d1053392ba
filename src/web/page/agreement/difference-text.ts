import { say } from '../texts.js';
import type { Difference } from './agreement-data.js';

const starts = ['none', 'tone', 'announcement'] as const;
const modes = ['whisper', 'barge', 'takeOver'] as const;

/** What one item of a difference means. @param item As the box writes it: a mode, a notice, a limit such as `3 d`, or what is its own text. */
export function itemText(field: Difference['field'], item: string): string {
  if (item === '∞') return say('agreement.anyNumber');
  if (item === '–') return say('agreement.noPeriods');
  if (item === 'withoutAdmission') return say('agreement.withoutAdmission');
  if (item === 'privateCalls') return say('agreement.field.privateCalls');
  const start = starts.find((each) => each === item);
  if (start !== undefined && field.startsWith('notice')) return say(`agreement.start.${start}`);
  const mode = modes.find((each) => each === item);
  if (mode !== undefined && field === 'modes') return say(`agreement.mode.${mode}`);
  return measured(field, item) ?? item;
}

/** A number with its unit; undefined for anything else. */
function measured(field: Difference['field'], item: string): string | undefined {
  const [, digits, unit] = /^(\d+) ([ds])$/.exec(item) ?? [];
  if (digits === undefined) return item === '0' ? noneText(field) : undefined;
  return unit === 'd'
    ? say('agreement.days', { days: Number(digits) })
    : say('agreement.toneEvery', { seconds: Number(digits) });
}

/** What a limit of no days means. */
function noneText(field: Difference['field']): string | undefined {
  if (field === 'recording') return say('agreement.noRecording');
  return field.startsWith('evaluation') ? say('agreement.noEvaluation') : undefined;
}
