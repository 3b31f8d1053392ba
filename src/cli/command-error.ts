import { AdminError } from '../admin/speaking.js';
import { type CommandTexts, commandTexts } from './licensing-texts.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

/** A command that cannot be carried out, worded for the person who gave it. */
export class CommandError extends AdminError {
  constructor(
    word: (texts: CommandTexts) => string,
    readonly exitCode: ExitCode,
  ) {
    super({ de: word(commandTexts.de), en: word(commandTexts.en) });
  }
}

/** Runs a command's action; an error that the admin can do something about is said to them. */
export async function saying(terminal: Terminal, action: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    terminal.printError(error.texts[terminal.language]);
    return error instanceof CommandError ? error.exitCode : exitCode.failed;
  }
}
