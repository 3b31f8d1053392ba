import { requireDataFolder } from '../admin/data-folder.js';
import { identityPaths, openIdentityAdmin } from '../admin/identity-admin.js';
import { openLicenceAdmin } from '../admin/open-licence-admin.js';
import { languageOf } from '../admin/settings.js';
import { AdminError } from '../admin/speaking.js';
import type { PlainTextCode } from '../locales/codes.js';
import { problemText } from '../locales/problem-text.js';
import { text, textOf } from '../locales/text.js';
import { askSecret } from './ask-secret.js';
import { runAudit } from './audit.js';
import { runBackup, runRestore } from './backup.js';
import type { Command, CommandContext } from './command.js';
import { CommandError } from './command-error.js';
import { takeDataOption } from './data-option.js';
import { fileFault } from './file-fault.js';
import { runHardwareId } from './hardware-id.js';
import { runIdentity } from './identity.js';
import { runLicence } from './licence.js';
import { runPin } from './pin.js';
import { runSettings } from './settings.js';
import { runStart } from './start.js';
import type { StartWatch } from './start-watch.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

const runLicenceCommand: Command = (args, { terminal, dataFolder, version }) => {
  const onError = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.printError(text(terminal.language, 'command.licence.fileTrouble', { reason }));
  };
  const paths = identityPaths(dataFolder);
  return runLicence(args, terminal, async () => {
    await requireDataFolder(dataFolder);
    return openLicenceAdmin({ dataFolder, paths, productVersion: version, onError });
  });
};

const commands: Readonly<Record<string, Command>> = {
  start: runStart,
  settings: runSettings,
  pin: runPin,
  audit: runAudit,
  licence: runLicenceCommand,
  identity: (args, { terminal, dataFolder }) => runIdentity(args, terminal, () => openIdentityAdmin(dataFolder)),
  'hardware-id': (args, { terminal, dataFolder }) => runHardwareId(args, terminal, () => openIdentityAdmin(dataFolder)),
  backup: runBackup,
  restore: runRestore,
};

/** Of those that are not told of in full among all the others. */
const usages: ReadonlyMap<string, PlainTextCode> = new Map([
  ['licence', 'command.licence.usage'],
  ['identity', 'command.identity.usage'],
  ['hardware-id', 'command.hardwareIdUsage'],
  ['pin', 'command.pinUsage'],
  ['backup', 'command.backup.usage'],
  ['restore', 'command.backup.usage'],
] as const);

/** What the program that runs a command is told by its surroundings. */
export interface Program
  extends Pick<CommandContext, 'version' | 'boards' | 'environment' | 'loadAppliance' | 'signals' | 'watch'> {
  /** Where data is kept when neither an option nor the environment says. */
  readonly defaultDataFolder: string;
}

/** Runs the command named on the command line. */
export async function runModcall(words: readonly string[], program: Program): Promise<ExitCode> {
  const { version, boards, environment, loadAppliance, signals } = program;
  const terminal = systemTerminal(environment);
  const { language } = terminal;
  const taken = takeDataOption(words);
  if (!taken) {
    terminal.printError(text(language, 'command.noDataFolder'));
    return exitCode.usage;
  }
  const dataFolder = taken.folder ?? (environment.MODCALL_DATA || program.defaultDataFolder);
  const [name, ...args] = taken.rest;
  if (name === '--version') {
    terminal.print(version);
    return exitCode.ok;
  }
  if (name === undefined || isCallForHelp(name) || name === 'help') {
    terminal.print(text(language, 'command.usage'));
    return name === undefined ? exitCode.usage : exitCode.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    terminal.printError(text(language, 'command.unknown', { name }));
    return exitCode.usage;
  }
  return runSafely(args.some(isCallForHelp) ? helpOn(name) : command, args, {
    terminal,
    environment,
    dataFolder,
    version,
    boards,
    loadAppliance,
    signals,
    watch: watchOf(command, program),
  });
}

/** A command that is not meant to stay ends as any other program does. */
function watchOf(command: Command, { signals, watch }: Program): StartWatch | null {
  if (command === runStart) return watch;
  signals.release();
  return null;
}

const isCallForHelp = (word: string) => word === '--help' || word === '-h';

function helpOn(name: string): Command {
  return async (_args, { terminal }) => {
    terminal.print(text(terminal.language, usages.get(name) ?? 'command.usage'));
    return exitCode.ok;
  };
}

async function runSafely(command: Command, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  try {
    return await command(args, context);
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

function systemTerminal(environment: CommandContext['environment']): Terminal {
  return {
    language: languageOf(environment),
    isInteractive: process.stdin.isTTY === true,
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
