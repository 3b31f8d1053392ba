import { countersign } from '../admin/agreement/signer-key.js';
import {
  type AuditEntry,
  auditEntries,
  type Breach,
  type Checkpoint,
  type ExportVerification,
  momentText,
  parseCheckpoint,
  soundSigners,
  type Verification,
  verifyAudit,
  verifyExport,
} from '../admin/audit/audit.js';
import { breachMessage, clockText, factText } from '../admin/audit/audit-texts.js';
import { requireDataFolder } from '../admin/data-folder.js';
import type { Language } from '../admin/speaking.js';
import { text, textOf } from '../locales/text.js';
import type { Command, CommandContext } from './command.js';
import { CommandError, saying } from './command-error.js';
import { requireNewName, writeNewFile } from './new-file.js';
import { knownPassphrase, parseSealing, readSmallFile } from './passphrase.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { optionMissing, parseWords, usageError, wordMissing } from './words.js';

/** `modcall audit verify [FILE] [--checkpoint FILE]`, `show` and `countersign CHECKPOINT KEY`. */
export const runAudit: Command = async ([verb, ...words], context) =>
  saying(context.terminal, async () => {
    if (verb === 'countersign') return countersigned(words, context.terminal);
    const { isJson, file, checkpoint } = parse(verb, words);
    const met = checkpoint === undefined ? null : await checkpointIn(checkpoint);
    if (file !== undefined) return verifyFile(file, met, context.terminal, isJson);
    await requireDataFolder(context.dataFolder);
    return verb === 'verify' ? verify(context, met, isJson) : show(context, isJson);
  });

async function countersigned(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const args = parseSealing(words);
  const [path, key, tooMany] = args.words;
  if (path === undefined || key === undefined || tooMany !== undefined) throw usageError(tooMany, 'command.usage');
  const { output } = args;
  if (output === undefined) throw optionMissing('output');
  await requireNewName(output);
  const [checkpoint, sealed] = [await checkpointIn(path), await readSmallFile(key)];
  await writeNewFile(output, await countersign(checkpoint, sealed, await knownPassphrase(terminal, args)));
  terminal.print(text(terminal.language, 'audit.countersigned', { path: output }));
  return exitCode.ok;
}

async function checkpointIn(path: string): Promise<Checkpoint> {
  const checkpoint = parseCheckpoint(await readSmallFile(path));
  if (checkpoint === null) throw new CommandError({ code: 'audit.notACheckpoint', params: { path } }, exitCode.failed);
  return checkpoint;
}

const checkpointText = (checkpoint: Checkpoint | null, language: Language): readonly string[] =>
  checkpoint === null
    ? []
    : [
        text(language, 'audit.checkpointMet', {
          size: checkpoint.size,
          signers: soundSigners(checkpoint).join(', '),
        }),
      ];

function parse(verb: string | undefined, words: string[]) {
  if (verb === undefined) throw wordMissing('audit', ['verify', 'show', 'countersign']);
  if (verb !== 'verify' && verb !== 'show') throw usageError(verb, 'command.usage');
  const { values, positionals } = parseWords({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, checkpoint: { type: 'string' } },
  });
  const [file] = verb === 'verify' ? positionals : [];
  const [stray] = verb === 'verify' ? positionals.slice(1) : positionals;
  if (stray !== undefined) throw usageError(stray, 'command.usage');
  if (verb === 'show' && values.checkpoint !== undefined) throw usageError('--checkpoint', 'command.usage');
  return { isJson: values.json, file, checkpoint: values.checkpoint };
}

async function verify(
  { terminal, dataFolder }: CommandContext,
  checkpoint: Checkpoint | null,
  isJson: boolean,
): Promise<ExitCode> {
  const result = await verifyAudit(dataFolder, checkpoint);
  const { language } = terminal;
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok)
    terminal.print([soundText(result, dataFolder, language), ...checkpointText(checkpoint, language)].join('\n'));
  else sayBreach(result.breach, text(language, 'audit.notSound'), terminal);
  return result.ok ? exitCode.ok : exitCode.refused;
}

/** An exported record, on any machine. */
async function verifyFile(
  path: string,
  checkpoint: Checkpoint | null,
  terminal: Terminal,
  isJson: boolean,
): Promise<ExitCode> {
  const result = await verifyExport(path, checkpoint);
  const { language } = terminal;
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok)
    terminal.print([exportText(result, path, language), ...checkpointText(checkpoint, language)].join('\n'));
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
