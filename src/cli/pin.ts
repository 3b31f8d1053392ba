import { hasExtension, setPin } from '../admin/settings.js';
import { text } from '../locales/text.js';
import type { Command } from './command.js';
import { saying } from './command-error.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { noInput, usageError, wordMissing } from './words.js';

/** `modcall pin set EXTENSION`. The PIN is never an argument: those can be seen by everyone on the machine. */
export const runPin: Command = (args, { terminal, dataFolder }) =>
  saying(terminal, () => setPinOf(args, terminal, dataFolder));

async function setPinOf(
  [verb, extension, ...more]: readonly string[],
  terminal: Terminal,
  dataFolder: string,
): Promise<ExitCode> {
  const { language } = terminal;
  if (verb === undefined) throw wordMissing('pin', ['set']);
  if (verb !== 'set' || extension === undefined || more.length > 0) {
    throw usageError(verb === 'set' ? more[0] : verb, 'command.pinUsage');
  }
  if (!(await hasExtension(dataFolder, extension))) {
    terminal.printError(text(language, 'command.pinFault.noSuchExtension'));
    return exitCode.refused;
  }
  const pin = await askForPin(terminal);
  if (pin === null) {
    terminal.printError(text(language, 'command.pinsDiffer'));
    return exitCode.refused;
  }
  const result = await setPin(dataFolder, extension, pin);
  if (!result.ok) {
    terminal.printError(text(language, `command.pinFault.${result.fault}`));
    return exitCode.refused;
  }
  terminal.print(text(language, 'command.pinSet', { extension }));
  if (!result.moderates) terminal.print(text(language, 'command.pinOpensNothing', { extension }));
  return exitCode.ok;
}

const longestInput = 64;

/** Typed twice by a person, or read as one line; null when the two differ. */
async function askForPin(terminal: Terminal): Promise<string | null> {
  if (!terminal.isInteractive) return pipedPin(terminal);
  const { language } = terminal;
  const pin = await terminal.readSecret(text(language, 'command.newPin'));
  return (await terminal.readSecret(text(language, 'command.newPinAgain'))) === pin ? pin : null;
}

async function pipedPin(terminal: Terminal): Promise<string> {
  const pin = (await terminal.readInput(longestInput)).trim();
  if (pin === '') throw noInput(text(terminal.language, 'command.newPin'));
  return pin;
}
