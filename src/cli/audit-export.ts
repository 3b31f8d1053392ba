import {
  type Breach,
  type Checkpoint,
  type ExportVerification,
  exportedEntries,
  momentText,
  parseCheckpoint,
  soundSigners,
  verifyExport,
} from '../admin/audit/audit.js';
import { auditTable } from '../admin/audit/audit-table.js';
import { breachMessage } from '../admin/audit/audit-texts.js';
import type { Language } from '../admin/speaking.js';
import { text, textOf } from '../locales/text.js';
import { printDraws } from './audit-draws.js';
import { CommandError } from './command-error.js';
import { fileFault } from './file-fault.js';
import { writeNewPieces } from './new-file.js';
import { readSmallFile } from './passphrase.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

/** What is asked of an exported record beside whether it is sound. */
export interface ExportQuestion {
  /** What it has to go on from. */
  readonly checkpoint: Checkpoint | null;
  /** Where its entries go as a table, once they are verified. */
  readonly table: string | undefined;
  readonly isJson: boolean;
  /** Whether its draws are calculated anew. */
  readonly draws: boolean;
}

/** Says whether an exported record is as its box exported it, on any machine. */
export async function verifyExported(
  path: string,
  { checkpoint, table, isJson, draws }: ExportQuestion,
  terminal: Terminal,
): Promise<ExitCode> {
  const result = await verifyExport(path, checkpoint).catch((error: unknown) => {
    if (fileFault(error, path) === null) throw error;
    throw new CommandError({ code: 'command.cannotRead', params: { path } }, exitCode.failed);
  });
  const { language } = terminal;
  if (isJson) terminal.print(JSON.stringify(result));
  else if (result.ok)
    terminal.print(
      [exportText(result, path, language), ...(checkpoint === null ? [] : [metText(checkpoint, language)])].join('\n'),
    );
  else sayBreach(result.breach, text(language, headOf(result.breach), { path }), terminal);
  if (!result.ok) return exitCode.refused;
  if (table !== undefined) await writeNewPieces(table, auditTable(path, language));
  return draws ? printDraws(exportedEntries(path), isJson, terminal) : exitCode.ok;
}

/** The checkpoint in a file. @throws CommandError where there is none in it. */
export async function checkpointIn(path: string): Promise<Checkpoint> {
  const checkpoint = parseCheckpoint(await readSmallFile(path));
  if (checkpoint === null) throw new CommandError({ code: 'audit.notACheckpoint', params: { path } }, exitCode.failed);
  return checkpoint;
}

/** Says that a sound record goes on from a checkpoint. */
export const metText = (checkpoint: Checkpoint, language: Language): string =>
  text(language, 'audit.checkpointMet', { size: checkpoint.size, signers: soundSigners(checkpoint).join(', ') });

/** Says what is wrong with a record. */
export const sayBreach = (breach: Breach, head: string, { language, printError }: Terminal): void =>
  printError(`${head}\n${textOf(language, breachMessage(breach))}`);

/** Whoever exports before they take a checkpoint has done nothing to the record. */
const headOf = ({ why }: Breach) =>
  why === 'behindCheckpoint' ? ('audit.exportBehind' as const) : ('audit.exportNotSound' as const);

function exportText(result: ExportVerification & { readonly ok: true }, path: string, language: Language): string {
  const { entries, lastTime, signedBy: key, created, hardwareId } = result;
  const moment = (at: string) => momentText(Date.parse(at));
  const last = lastTime === null ? null : moment(lastTime);
  return text(language, 'audit.exportSound', { path, created: moment(created), hardwareId, entries, last, key });
}
