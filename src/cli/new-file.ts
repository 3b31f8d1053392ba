import { writeFile } from 'node:fs/promises';
import { CommandError } from './command-error.js';
import { exitCode } from './terminal.js';

/**
 * Writes a file for a person, readable by its owner only; an existing one is not overwritten.
 * @throws CommandError
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch {
    throw new CommandError({ code: 'command.cannotWrite', params: { path } }, exitCode.failed);
  }
}
