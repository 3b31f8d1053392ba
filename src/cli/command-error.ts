import { AdminError } from '../admin/speaking.js';
import type { Message } from '../locales/codes.js';
import { problemText } from '../locales/problem-text.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

/** A command that cannot be carried out. */
export class CommandError extends AdminError {
  constructor(
    problem: Message,
    readonly exitCode: ExitCode,
  ) {
    super(problem);
  }
}

/** Runs a command's action; an error that the admin can do something about is shown to them. */
export async function saying(terminal: Terminal, action: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    terminal.printError(problemText(terminal.language, error));
    return error instanceof CommandError ? error.exitCode : exitCode.failed;
  }
}
