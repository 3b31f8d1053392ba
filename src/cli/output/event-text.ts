import { factText } from '../../admin/audit/audit-texts.js';
import type { Language } from '../../admin/speaking.js';
import type { BoxEvent } from '../box/event-stream.js';
import { fieldText } from './field-text.js';
import { cellText, printable } from './value-text.js';

/** An event on one line: when, what, and what belongs to it. */
export function eventText({ kind, data }: BoxEvent, language: Language): string {
  const { at, ...rest } = data;
  const what = kind === 'log' ? logText(rest, language) : detailText(kind, rest, language);
  return `${cellText(at, language)}  ${what}`;
}

/** Facts of monitors are those of the record, which has words for them. */
function detailText(kind: string, fields: Readonly<Record<string, unknown>>, language: Language): string {
  const details = kind === 'monitors' ? printable(factText(fields, language)) : pairsText(fields, language);
  return `${fieldText(kind, language)}  ${details}`;
}

function logText({ level, msg, ...fields }: Readonly<Record<string, unknown>>, language: Language): string {
  return [String(level).padEnd(5), cellText(msg, language), pairsText(fields, language)].join('  ').trimEnd();
}

const pairsText = (fields: Readonly<Record<string, unknown>>, language: Language): string =>
  Object.entries(fields)
    .map(([name, value]) => `${fieldText(name, language)}: ${cellText(value, language)}`)
    .join('  ');
