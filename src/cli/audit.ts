import {
  type AuditEntry,
  auditEntries,
  type Breach,
  type ExportVerification,
  momentText,
  type Verification,
  verifyAudit,
  verifyExport,
} from '../admin/audit/audit.js';
import { breachMessage, clockText, factText } from '../admin/audit/audit-texts.js';
import { requireDataFolder } from '../admin/data-folder.js';
import type { Language } from '../admin/speaking.js';
import { text, textOf } from '../locales/text.js';
import type { Command, CommandContext } from './command.js';
import { saying } from './command-error.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { parseWords, usageError, wordMissing } from './words.js';

/** `modcall audit verify [FILE]|show [--json]` */
export const runAudit: Command = async ([verb, ...words], context) =>
  saying(context.terminal, async () => {
    const { isJson, file } = parse(verb, words);
    if (file !== undefined) return verifyFile(file, context.terminal, isJson);
    await requireDataFolder(context.dataFolder);
    return verb === 'verify' ? verify(context, isJson) : show(context, isJson);
  });

function parse(verb: string | undefined, words: string[]) {
  if (verb === undefined) throw wordMissing('audit', ['verify', 'show']);
  if (verb !== 'verify' && verb !== 'show') throw usageError(verb, 'command.usage');
  const { values, positionals } = parseWords({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [file] = verb === 'verify' ? positionals : [];
  const [stray] = verb === 'verify' ? positionals.slice(1) : positionals;
  if (stray !== undefined) throw usageError(stray, 'command.usage');
  return { isJson: values.json, file };
}

async function verify({ terminal, dataFolder }: CommandContext, isJson: boolean): Promise<ExitCode> {
  const result = await verifyAudit(dataFolder);
  const { language } = terminal;
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok) terminal.print(soundText(result, dataFolder, language));
  else sayBreach(result.breach, text(language, 'audit.notSound'), terminal);
  return result.ok ? exitCode.ok : exitCode.refused;
}

/** An exported record, on any machine. */
async function verifyFile(path: string, terminal: Terminal, isJson: boolean): Promise<ExitCode> {
  const result = await verifyExport(path);
  const { language } = terminal;
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok) terminal.print(exportText(result, path, language));
  else sayBreach(result.breach, text(language, 'audit.exportNotSound', { path }), terminal);
  return result.ok ? exitCode.ok : exitCode.refused;
}

const sayBreach = (breach: Breach, head: string, { language, printError }: Terminal): void =>
  printError(`${head}\n${textOf(language, breachMessage(breach))}`);

function exportText(result: ExportVerification & { readonly ok: true }, path: string, language: Language): string {
  const { entries, lastTime, signedBy: key, created, hardwareId } = result;
  const moment = (at: string) => momentText(Date.parse(at));
  const last = lastTime === null ? null : moment(lastTime);
  return text(language, 'audit.exportSound', { path, created: moment(created), hardwareId, entries, last, key });
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
