import { countersign } from '../admin/agreement/signer-key.js';
import {
  type AuditEntry,
  auditEntries,
  type Checkpoint,
  momentText,
  type Verification,
  verifyAudit,
} from '../admin/audit/audit.js';
import { clockText, factText } from '../admin/audit/audit-texts.js';
import { requireDataFolder } from '../admin/data-folder.js';
import type { Language } from '../admin/speaking.js';
import { text } from '../locales/text.js';
import { printDraws } from './audit-draws.js';
import { checkpointIn, type ExportQuestion, metText, sayBreach, verifyExported } from './audit-export.js';
import type { Command, CommandContext } from './command.js';
import { saying } from './command-error.js';
import { requireNewName, writeNewFile } from './new-file.js';
import { knownPassphrase, parseSealing, readSmallFile } from './passphrase.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { optionMissing, parseWords, usageError, wordMissing } from './words.js';

/** `modcall audit verify [FILE] [--checkpoint FILE] [--table FILE] [--draws]`, `show` and `countersign CHECKPOINT KEY`. */
export const runAudit: Command = async ([verb, ...words], context) =>
  saying(context.terminal, async () => {
    if (verb === 'countersign') return countersigned(words, context.terminal);
    const { isJson, file, checkpoint, table, draws } = parse(verb, words);
    const met = checkpoint === undefined ? null : await checkpointIn(checkpoint);
    if (file !== undefined) return verifyExported(file, { checkpoint: met, table, isJson, draws }, context.terminal);
    await requireDataFolder(context.dataFolder);
    return verb === 'verify' ? verify(context, met, { isJson, draws }) : show(context, isJson);
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

function parse(verb: string | undefined, words: string[]) {
  if (verb === undefined) throw wordMissing('audit', ['verify', 'show', 'countersign']);
  if (verb !== 'verify' && verb !== 'show') throw usageError(verb, 'command.usage');
  const { values, positionals } = parseWords({
    args: words,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      checkpoint: { type: 'string' },
      table: { type: 'string' },
      draws: { type: 'boolean', default: false },
    },
  });
  const [file] = verb === 'verify' ? positionals : [];
  const [stray] = verb === 'verify' ? positionals.slice(1) : positionals;
  if (stray !== undefined) throw usageError(stray, 'command.usage');
  if (verb === 'show' && values.checkpoint !== undefined) throw usageError('--checkpoint', 'command.usage');
  if (verb === 'show' && values.draws) throw usageError('--draws', 'command.usage');
  // The record of the box is exported first, so that a table never comes without its proof.
  if (file === undefined && values.table !== undefined) throw usageError('--table', 'command.usage');
  const { json: isJson, checkpoint, table, draws } = values;
  return { isJson, file, checkpoint, table, draws };
}

async function verify(
  { terminal, dataFolder }: CommandContext,
  checkpoint: Checkpoint | null,
  { isJson, draws }: Pick<ExportQuestion, 'isJson' | 'draws'>,
): Promise<ExitCode> {
  const result = await verifyAudit(dataFolder, checkpoint);
  const { language } = terminal;
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok) terminal.print(soundText(result, dataFolder, checkpoint, language));
  else sayBreach(result.breach, text(language, 'audit.notSound'), terminal);
  if (!result.ok) return exitCode.refused;
  return draws ? printDraws(auditEntries(dataFolder), isJson, terminal) : exitCode.ok;
}

function soundText(
  result: Extract<Verification, { ok: true }>,
  folder: string,
  checkpoint: Checkpoint | null,
  language: Language,
): string {
  const { entries, lastTime, signedBy: key } = result;
  if (lastTime === null) return text(language, 'audit.empty', { folder });
  const sound = text(language, 'audit.sound', { folder, entries, last: momentText(Date.parse(lastTime)), key });
  return `${sound}\n${checkpoint === null ? text(language, 'audit.keepCheckpoint') : metText(checkpoint, language)}`;
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
