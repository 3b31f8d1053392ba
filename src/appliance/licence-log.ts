import { licenceClosure } from '../licensing/licence-closure.js';
import { verdictMessages } from '../licensing/messages.js';
import type { Verdict } from '../licensing/verdict.js';
import { linesOf } from '../locales/text.js';
import type { Log } from '../log/log.js';
import type { Language } from '../primitives/language.js';

/** What is licensed, or why nothing is, and what to do about it. */
export function logVerdict(verdict: Verdict, log: Log, language: Language): void {
  const advice = linesOf(language, verdictMessages(verdict));
  if (!verdict.isAllowed) {
    log.warn({ reason: licenceClosure(verdict.refusal), advice }, 'monitoring is not licensed');
  } else if (verdict.warnings.length > 0) {
    log.warn({ warnings: verdict.warnings.map(({ kind }) => kind), advice }, 'the licence needs attention');
  } else {
    log.info({ by: verdict.by.kind, advice }, 'monitoring is licensed');
  }
}
