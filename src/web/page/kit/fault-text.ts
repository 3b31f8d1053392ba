import type { Fault } from '../api/api-problem.js';
import { say, sayOr } from '../texts.js';

/**
 * What is wrong with a field, and what to do about it. The words of the box are made for a file, too: where those would not fit a form, the
 * page has its own.
 */
export function faultText({ code, text, remedy = '', isAll }: Fault): string {
  if (isAll) return text;
  const name = code.split('.').at(-1);
  const reason = sayOr(`form.reason.${name}`, text);
  const action = sayOr(`form.remedy.${name}`, remedy);
  return [reason === '' ? '' : say('form.fault', { reason }), action].filter((part) => part !== '').join(' ');
}
