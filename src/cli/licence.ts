import { parseArgs } from 'node:util';
import { type LicenceAdmin, type LicenceView, largestLicenceText, readLicenceFile } from '../admin/licence-admin.js';
import { CommandError, saying } from './command-error.js';
import { commandTexts } from './licensing-texts.js';
import { writeNewFile } from './new-file.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

interface Arguments {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly html: boolean;
  readonly file?: string;
  readonly output?: string;
}

type Action = (terminal: Terminal, licences: LicenceAdmin, args: Arguments) => Promise<ExitCode>;

const actions: ReadonlyMap<string, Action> = new Map([
  ['show', show],
  ['enter', enter],
  ['remove', remove],
  ['explain', explain],
  ['order-sheet', printOrderSheet],
]);

/** `modcall licence …`; texts go to standard output, what went wrong to standard error. */
export function runLicence(args: readonly string[], terminal: Terminal, licences: LicenceAdmin): Promise<ExitCode> {
  return saying(terminal, async () => {
    const [name = '', ...rest] = args;
    const action = actions.get(name);
    if (!action) throw usageError();
    return action(terminal, licences, parse(rest));
  });
}

function parse(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
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
  } catch {
    throw usageError();
  }
}

function usageError(): CommandError {
  return new CommandError((texts) => texts.licenceUsage, exitCode.usage);
}

async function show(terminal: Terminal, licences: LicenceAdmin, args: Arguments): Promise<ExitCode> {
  const view = licences.show(terminal.language);
  if (args.json) terminal.print(viewJson(view));
  else terminal.print([...rowLines(view), '', view.verdict.text].join('\n'));
  return exitCodeOf(view);
}

async function explain(terminal: Terminal, licences: LicenceAdmin, args: Arguments): Promise<ExitCode> {
  const view = licences.explain(await keyGiven(terminal, args), terminal.language);
  const { wouldBe } = commandTexts[terminal.language];
  if (args.json) {
    terminal.print(viewJson(view));
  } else {
    const rows = view.licence ? [...rowLines(view), ''] : [];
    terminal.print([...rows, wouldBe[view.verdict.isAllowed ? 'allowed' : 'refused'], view.verdict.text].join('\n'));
  }
  return exitCodeOf(view);
}

async function enter(terminal: Terminal, licences: LicenceAdmin, args: Arguments): Promise<ExitCode> {
  const texts = commandTexts[terminal.language];
  const result = await licences.enter(await keyGiven(terminal, args), terminal.language);
  if (args.json) terminal.print(JSON.stringify(result));
  else if (result.slot) terminal.print([texts.accepted[result.slot], result.verdict.text].join('\n'));
  else terminal.printError([result.verdict.text, texts.notTaken].join('\n'));
  return result.isAccepted ? exitCode.ok : exitCode.refused;
}

async function remove(terminal: Terminal, licences: LicenceAdmin, args: Arguments): Promise<ExitCode> {
  const texts = commandTexts[terminal.language];
  const kept = await licences.remove();
  if (args.json) terminal.print(JSON.stringify({ kept }));
  else terminal.print(kept.length > 0 ? texts.removed(kept) : texts.nothingToRemove);
  return exitCode.ok;
}

async function printOrderSheet(terminal: Terminal, licences: LicenceAdmin, args: Arguments): Promise<ExitCode> {
  const sheet = licences.orderSheet(terminal.language, args.html ? 'html' : 'text');
  if (args.output === undefined) {
    terminal.print(sheet.trimEnd());
    return exitCode.ok;
  }
  await writeNewFile(args.output, sheet);
  terminal.print(commandTexts[terminal.language].written(args.output));
  return exitCode.ok;
}

/** The key as words, file or standard input. */
async function keyGiven(terminal: Terminal, { words, file }: Arguments): Promise<string> {
  if ((file === undefined) === (words.length === 0)) {
    throw new CommandError((texts) => texts.noKeyGiven, exitCode.usage);
  }
  const typed = words.join(' ');
  if (file === undefined) return typed === '-' ? terminal.readInput(largestLicenceText) : typed;
  const text = await readLicenceFile(file).catch(() => undefined);
  if (text === undefined) throw new CommandError((texts) => texts.cannotRead(file), exitCode.failed);
  return text;
}

function viewJson({ hardwareId, licence, verdict }: LicenceView): string {
  return JSON.stringify({ hardwareId, licence, verdict });
}

function rowLines({ rows }: LicenceView): string[] {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.map(([label, value]) => `${`${label}:`.padEnd(width)}${value}`);
}

function exitCodeOf({ verdict }: LicenceView): ExitCode {
  return verdict.isAllowed ? exitCode.ok : exitCode.refused;
}
