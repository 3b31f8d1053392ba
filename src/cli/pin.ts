import { setPin } from '../admin/settings.js';
import type { Command } from './command.js';
import { exitCode, type Terminal } from './terminal.js';
import { cliTexts } from './texts.js';

/** `modcall pin set EXTENSION`. The PIN is never an argument: those can be seen by everyone on the machine. */
export const runPin: Command = async ([verb, extension, ...more], { terminal, dataFolder }) => {
  const texts = cliTexts[terminal.language];
  if (verb !== 'set' || extension === undefined || more.length > 0) {
    terminal.printError(texts.usage);
    return exitCode.usage;
  }
  const pin = await askForPin(terminal);
  if (pin === null) {
    terminal.printError(texts.pinsDiffer);
    return exitCode.refused;
  }
  const result = await setPin(dataFolder, extension, pin);
  if (!result.ok) {
    terminal.printError(texts.pinFault[result.fault]);
    return exitCode.refused;
  }
  terminal.print(texts.pinSet(extension));
  if (!result.moderates) terminal.print(texts.pinOpensNothing(extension));
  return exitCode.ok;
};

const longestInput = 64;

/** Typed twice by a person, or read as one line; null when the two differ. */
async function askForPin(terminal: Terminal): Promise<string | null> {
  if (!terminal.isInteractive) return (await terminal.readInput(longestInput)).trim();
  const texts = cliTexts[terminal.language];
  const pin = await terminal.readSecret(texts.newPin);
  return (await terminal.readSecret(texts.newPinAgain)) === pin ? pin : null;
}
