import { type AuditEntry, type CheckedDraw, checkedDraws, momentText } from '../admin/audit/audit.js';
import type { Language } from '../admin/speaking.js';
import { text } from '../locales/text.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

/** Prints the draws of a verified record, each calculated anew, and says whether all of them came out as the record has it. */
export async function printDraws(
  entries: AsyncIterable<AuditEntry>,
  isJson: boolean,
  { language, print, printError }: Terminal,
): Promise<ExitCode> {
  let count = 0;
  let wrong = 0;
  for await (const checked of checkedDraws(entries)) {
    count += 1;
    if (checked.result === 'wrong') wrong += 1;
    print(isJson ? JSON.stringify(checked) : drawText(checked, language));
  }
  if (isJson) return wrong === 0 ? exitCode.ok : exitCode.refused;
  if (wrong === 0) print(text(language, 'audit.drawsRight', { count }));
  else printError(text(language, 'audit.drawsWrong', { count, wrong }));
  return wrong === 0 ? exitCode.ok : exitCode.refused;
}

const drawText = ({ time, result, ...draw }: CheckedDraw, language: Language): string =>
  text(language, `audit.draw.${result}`, { time: momentText(Date.parse(time)), ...draw, index: draw.index ?? '–' });
