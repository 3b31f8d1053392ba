import { type AuditEntry, auditEntries, type Breach, verifyAudit } from '../admin/audit.js';
import { clockText, factText } from './audit-texts.js';
import type { Command, CommandContext } from './command.js';
import { localTime } from './local-time.js';
import { type ExitCode, exitCode } from './terminal.js';
import { cliTexts } from './texts.js';

/** `modcall audit verify|show [--json]` */
export const runAudit: Command = async ([verb, ...options], context) => {
  const isJson = options.length === 1 && options[0] === '--json';
  const action = verb === 'verify' ? verify : verb === 'show' ? show : undefined;
  if (!action || (options.length > 0 && !isJson)) {
    context.terminal.printError(cliTexts[context.terminal.language].usage);
    return exitCode.usage;
  }
  return action(context, isJson);
};

async function verify({ terminal, dataFolder }: CommandContext, isJson: boolean): Promise<ExitCode> {
  const texts = cliTexts[terminal.language];
  const result = await verifyAudit(dataFolder);
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok) terminal.print(texts.auditSound(result, dataFolder));
  else terminal.printError(`${texts.breachRemedy}\n${breachText(result.breach, terminal.language)}`);
  return result.ok ? exitCode.ok : exitCode.refused;
}

function breachText(breach: Breach, language: CommandContext['terminal']['language']): string {
  const texts = cliTexts[language].breach;
  switch (breach.why) {
    case 'missing':
      return texts.missing(breach);
    case 'tailCut':
      return texts.tailCut(breach);
    case 'changed':
      return texts.changed(breach);
    case 'replaced':
      return texts.replaced(breach);
    case 'order':
      return texts.order(breach);
    case 'anchorMissing':
      return texts.anchorMissing(breach);
    case 'anchorForged':
      return texts.anchorForged(breach);
    case 'keyMissing':
      return texts.keyMissing(breach);
    case 'reported':
      return texts.reported(breach);
  }
}

/** Prints what is there, sound or not; `verify` tells which. */
async function show({ terminal, dataFolder }: CommandContext, isJson: boolean): Promise<ExitCode> {
  const line = isJson
    ? (entry: AuditEntry) => JSON.stringify(entry)
    : ({ seq, time, clock, fact }: AuditEntry) =>
        `${seq}  ${localTime(time)}${clockText(clock, terminal.language)}  ${factText(fact, terminal.language)}`;
  for await (const entry of auditEntries(dataFolder)) terminal.print(line(entry));
  return exitCode.ok;
}
