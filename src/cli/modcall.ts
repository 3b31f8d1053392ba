import { languageOf } from '../admin/settings.js';
import { AdminError, type Language } from '../admin/speaking.js';
import { problemText } from '../locales/problem-text.js';
import { text, textOf } from '../locales/text.js';
import { askSecret } from './ask-secret.js';
import type { CommandContext } from './command.js';
import { CommandError } from './command-error.js';
import { takeDataOption } from './data-option.js';
import { fileFault } from './file-fault.js';
import type { FoundCommand } from './find-command.js';
import { runStart } from './start.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

/** What belongs to the process itself, and is there before anything else is loaded. */
export type OwnProcess = Pick<CommandContext, 'signals' | 'watch' | 'manager'>;

/** What the program that runs a command is told by its surroundings. */
export interface Program
  extends Pick<
    CommandContext,
    'version' | 'boards' | 'environment' | 'loadAppliance' | 'loadStoppedBox' | keyof OwnProcess
  > {
  /** Where data is kept when neither an option nor the environment says. */
  readonly defaultDataFolder: string;
}

/** Runs the command named on the command line. */
export async function runModcall(words: readonly string[], program: Program): Promise<ExitCode> {
  const { version, boards, environment, loadAppliance, loadStoppedBox, signals } = program;
  const terminal = systemTerminal(environment);
  const { language } = terminal;
  const taken = takeDataOption(words);
  if (!taken) {
    terminal.printError(text(language, 'command.noDataFolder'));
    return exitCode.usage;
  }
  const dataFolder = taken.folder ?? (environment.MODCALL_DATA || program.defaultDataFolder);
  const [name = '', ...args] = taken.rest;
  if (name === '--version') {
    terminal.print(version);
    return exitCode.ok;
  }
  const command = name === 'start' && !args.some(isCallForHelp) ? { run: runStart, args } : null;
  if (!command) {
    signals.release();
    // Who reads the answer has seen enough, as `head` has.
    process.stdout.once('error', () => process.exit(exitCode.failed));
  }
  return runSafely(async () => command ?? (await commandFor(taken.rest)), {
    terminal,
    environment,
    dataFolder,
    version,
    boards,
    loadAppliance,
    loadStoppedBox,
    signals,
    watch: command ? program.watch : null,
    manager: command ? program.manager : null,
  });
}

/** A start does without the table, which takes a while to load. */
async function commandFor(words: readonly string[]): Promise<FoundCommand> {
  const { findCommand, helpOn, helpOnAll } = await import('./find-command.js');
  const [name] = words;
  const saying = (code: ExitCode, help: (language: Language) => string): FoundCommand => ({
    args: [],
    run: async (_args, { terminal }) => {
      terminal.print(help(terminal.language));
      return code;
    },
  });
  if (name === undefined) return saying(exitCode.usage, helpOnAll);
  const asked = name === 'help' ? words.slice(1) : words.filter((word) => !isCallForHelp(word));
  if (name !== 'help' && asked.length === words.length) return findCommand(words);
  return saying(exitCode.ok, (language) => (asked.length === 0 ? helpOnAll(language) : helpOn(asked, language)));
}

const isCallForHelp = (word: string) => word === '--help' || word === '-h';

async function runSafely(find: () => Promise<FoundCommand>, context: CommandContext): Promise<ExitCode> {
  try {
    const { run, args } = await find();
    return await run(args, context);
  } catch (error) {
    const { printError, language } = context.terminal;
    if (error instanceof CommandError) {
      printError(problemText(language, error));
      return error.exitCode;
    }
    const fault = fileFault(error, context.dataFolder);
    if (error instanceof AdminError) printError(problemText(language, error));
    else if (fault) printError(textOf(language, fault));
    else printError(text(language, 'command.defect', { details: detailsOf(error) }));
    return exitCode.failed;
  }
}

function detailsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Where nobody says how wide it is shown, as in a file or a pipe. */
const widthOfFile = 100;

function systemTerminal(environment: CommandContext['environment']): Terminal {
  return {
    language: languageOf(environment),
    isInteractive: process.stdin.isTTY === true,
    width: process.stdout.columns ?? widthOfFile,
    print: (text) => console.log(text),
    printError: (text) => console.error(text),
    readInput,
    readSecret: askSecret,
  };
}

async function readInput(limit: number): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) {
    text += part;
    if (text.length > limit) break;
  }
  return text;
}
