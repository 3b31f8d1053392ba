import { type AuditEntry, auditEntries, momentText, type Verification, verifyAudit } from '../admin/audit.js';
import { requireDataFolder } from '../admin/data-folder.js';
import type { Language } from '../admin/speaking.js';
import { text, textOf } from '../locales/text.js';
import { breachMessage, clockText, factText } from './audit-texts.js';
import type { Command, CommandContext } from './command.js';
import { saying } from './command-error.js';
import { type ExitCode, exitCode } from './terminal.js';
import { usageError, wordMissing } from './words.js';

/** `modcall audit verify|show [--json]` */
export const runAudit: Command = async ([verb, ...options], context) => {
  const isJson = options.length === 1 && options[0] === '--json';
  const action = verb === 'verify' ? verify : verb === 'show' ? show : undefined;
  if (verb === undefined)
    return saying(context.terminal, () => Promise.reject(wordMissing('audit', ['verify', 'show'])));
  if (!action || (options.length > 0 && !isJson)) {
    const wrong = action ? options.find((option) => option !== '--json') : verb;
    return saying(context.terminal, () => Promise.reject(usageError(wrong, 'command.usage')));
  }
  await requireDataFolder(context.dataFolder);
  return action(context, isJson);
};

async function verify({ terminal, dataFolder }: CommandContext, isJson: boolean): Promise<ExitCode> {
  const { language } = terminal;
  const result = await verifyAudit(dataFolder);
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok) terminal.print(soundText(result, dataFolder, language));
  else terminal.printError(`${text(language, 'audit.notSound')}\n${textOf(language, breachMessage(result.breach))}`);
  return result.ok ? exitCode.ok : exitCode.refused;
}

function soundText(result: Extract<Verification, { ok: true }>, folder: string, language: Language): string {
  const { entries, lastTime, signedBy: key } = result;
  return lastTime === null
    ? text(language, 'audit.empty', { folder })
    : text(language, 'audit.sound', { folder, entries, last: momentText(Date.parse(lastTime)), key });
}

/** Prints what is there, intact or not; `verify` says which. */
async function show({ terminal, dataFolder }: CommandContext, isJson: boolean): Promise<ExitCode> {
  const line = isJson
    ? (entry: AuditEntry) => JSON.stringify(entry)
    : ({ seq, time, clock, fact }: AuditEntry) =>
        `${seq}  ${momentText(Date.parse(time))}${clockText(clock, terminal.language)}  ${factText(fact, terminal.language)}`;
  for await (const entry of auditEntries(dataFolder)) terminal.print(line(entry));
  return exitCode.ok;
}
