import type { Language } from '../primitives/language.js';
import type { PlacedFault, Problem } from './codes.js';
import { text, textOf, worded } from './text.js';

/** A problem with all its faults: path, value, reason and remedy of each. */
export function problemText(language: Language, { problem, faults, further }: Problem): string {
  return [
    textOf(language, problem),
    ...faults.map((fault) => faultText(language, fault)),
    ...further.map((other) => problemText(language, other)),
  ].join('\n');
}

/** What is wrong, and what to do about it. */
export function faultWords(
  language: Language,
  fault: PlacedFault,
): { readonly reason: string; readonly remedy: string } {
  const params = 'params' in fault ? fault.params : undefined;
  const isMissing = fault.found.is === 'missing';
  return {
    reason: isMissing ? text(language, 'fault.missing') : worded(language, `${fault.code}.reason`, params),
    remedy: worded(language, `${fault.code}.remedy`, params),
  };
}

function faultText(language: Language, fault: PlacedFault): string {
  const { reason, remedy } = faultWords(language, fault);
  const head = [fault.path || text(language, 'fault.wholeFile'), shownValue(language, fault)];
  return `  ${head.filter((part) => part !== '').join(' = ')}\n    ${reason}\n    ${text(language, 'fault.remedy')}: ${remedy}`;
}

function shownValue(language: Language, { found }: PlacedFault): string {
  if (found.is === 'hidden') return text(language, 'fault.hidden');
  return found.is === 'shown' ? found.value : '';
}
