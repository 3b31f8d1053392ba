import type { Language } from '../admin/speaking.js';
import { text } from '../locales/text.js';
import type { CommandContext } from './command.js';
import { takeDataOption } from './data-option.js';
import type { FoundCommand } from './find-command.js';
import { runSafely } from './run-safely.js';
import { runStart } from './start.js';
import { systemTerminal } from './system-terminal.js';
import { type ExitCode, exitCode } from './terminal.js';

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
  const context: CommandContext = {
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
  };
  const act = async () => {
    const { run, args } = command ?? (await commandFor(taken.rest));
    return run(args, context);
  };
  return runSafely(act, terminal, dataFolder);
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
