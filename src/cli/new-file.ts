import { lstat, writeFile } from 'node:fs/promises';
import { CommandError } from './command-error.js';
import { exitCode } from './terminal.js';

/**
 * Writes a file for a person, readable by its owner only; an existing one is not overwritten.
 * @throws CommandError
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw notWritten(path, error);
  }
}

/**
 * Asked before a person types a passphrase for what could not be written afterwards.
 * @throws CommandError if there is such a file already.
 */
export async function requireNewName(path: string): Promise<void> {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw fault('command.alreadyThere', path);
}

/** Why a new file could not be made. */
export const notWritten = (path: string, error: unknown): CommandError =>
  fault(
    error instanceof Error && 'code' in error && error.code === 'EEXIST'
      ? 'command.alreadyThere'
      : 'command.cannotWrite',
    path,
  );

const fault = (code: 'command.alreadyThere' | 'command.cannotWrite', path: string) =>
  new CommandError({ code, params: { path } }, exitCode.failed);
