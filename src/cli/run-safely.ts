import { AdminError } from '../admin/speaking.js';
import { problemText } from '../locales/problem-text.js';
import { text, textOf } from '../locales/text.js';
import { CommandError } from './command-error.js';
import { fileFault } from './file-fault.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

/** Runs what a program does, and says why it cannot. @param folder that its files are in. */
export async function runSafely(
  action: () => Promise<ExitCode>,
  { printError, language }: Terminal,
  folder: string,
): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof CommandError) {
      printError(problemText(language, error));
      return error.exitCode;
    }
    const fault = fileFault(error, folder);
    if (error instanceof AdminError) printError(problemText(language, error));
    else if (fault) printError(textOf(language, fault));
    else printError(text(language, 'command.defect', { details: detailsOf(error) }));
    return exitCode.failed;
  }
}

function detailsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
