import {
  type LicenceAdmin,
  type LicenceView,
  largestLicenceText,
  readLicenceFile,
} from '../admin/licence/licence-admin.js';
import type { Language } from '../admin/speaking.js';
import { linesOf, text, textOf } from '../locales/text.js';
import { CommandError, saying } from './command-error.js';
import { writeNewFile } from './new-file.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { parseWords, usageError } from './words.js';

/** What stands behind the verb. */
export interface LicenceArguments {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly html: boolean;
  readonly file?: string;
  readonly output?: string;
}

type Action = (terminal: Terminal, licences: LicenceAdmin, args: LicenceArguments) => Promise<ExitCode>;

const actions: ReadonlyMap<string, Action> = new Map([
  ['show', show],
  ['explain', explain],
  ['order-sheet', printOrderSheet],
]);

/** `modcall licence …` but for what changes it; texts go to standard output, what went wrong to standard error. */
export function runLicence(
  args: readonly string[],
  terminal: Terminal,
  open: () => Promise<LicenceAdmin>,
): Promise<ExitCode> {
  return saying(terminal, async () => {
    const [name, ...rest] = args;
    const action = actions.get(name ?? '');
    if (!action) throw usageError(name, 'command.licence.usage');
    const parsed = parseLicence(rest);
    return action(terminal, await open(), parsed);
  });
}

export function parseLicence(args: readonly string[]): LicenceArguments {
  const { values, positionals } = parseWords({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      html: { type: 'boolean', default: false },
      file: { type: 'string' },
      output: { type: 'string' },
    },
  });
  return { words: positionals, ...values };
}

async function show(terminal: Terminal, licences: LicenceAdmin, args: LicenceArguments): Promise<ExitCode> {
  const view = licences.show(terminal.language);
  if (args.json) terminal.print(viewJson(view, terminal.language));
  else terminal.print([...rowLines(view), '', verdictText(view, terminal.language)].join('\n'));
  return exitCodeOf(view);
}

async function explain(terminal: Terminal, licences: LicenceAdmin, args: LicenceArguments): Promise<ExitCode> {
  const { language } = terminal;
  const view = licences.explain(await keyGiven(terminal, args), language);
  if (args.json) {
    terminal.print(viewJson(view, language));
  } else {
    const rows = view.licence ? [...rowLines(view), ''] : [];
    const head = view.verdict.isAllowed ? 'command.licence.wouldBeAllowed' : 'command.licence.wouldBeRefused';
    terminal.print([...rows, text(language, head), verdictText(view, language)].join('\n'));
  }
  return exitCodeOf(view);
}

async function printOrderSheet(terminal: Terminal, licences: LicenceAdmin, args: LicenceArguments): Promise<ExitCode> {
  const sheet = licences.orderSheet(terminal.language, args.html ? 'html' : 'text');
  if (args.output === undefined) {
    terminal.print(sheet.trimEnd());
    return exitCode.ok;
  }
  await writeNewFile(args.output, sheet);
  terminal.print(text(terminal.language, 'command.written', { path: args.output }));
  return exitCode.ok;
}

/** The key from the arguments, a file or standard input. */
export async function keyGiven(terminal: Terminal, { words, file }: LicenceArguments): Promise<string> {
  if ((file === undefined) === (words.length === 0)) {
    throw new CommandError({ code: 'command.licence.noKeyGiven' }, exitCode.usage);
  }
  const typed = words.join(' ');
  if (file === undefined) return typed === '-' ? terminal.readInput(largestLicenceText) : typed;
  const written = await readLicenceFile(file).catch(() => undefined);
  if (written === undefined)
    throw new CommandError({ code: 'command.cannotRead', params: { path: file } }, exitCode.failed);
  return written;
}

type Judged = Pick<LicenceView, 'verdict'>;

export function verdictText({ verdict }: Judged, language: Language): string {
  return linesOf(language, verdict.messages);
}

/** With the texts beside the codes, for programs that only pass them on. */
export function wordedVerdict({ verdict }: Judged, language: Language) {
  const warnings = verdict.warnings.map((warning) => ({ ...warning, text: textOf(language, warning.message) }));
  return { ...verdict, text: linesOf(language, verdict.messages), warnings };
}

function viewJson(view: LicenceView, language: Language): string {
  const { hardwareId, licence } = view;
  return JSON.stringify({ hardwareId, licence, verdict: wordedVerdict(view, language) });
}

function rowLines({ rows }: LicenceView): string[] {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`);
}

function exitCodeOf({ verdict }: LicenceView): ExitCode {
  return verdict.isAllowed ? exitCode.ok : exitCode.refused;
}
