import { lstat, open, rm } from 'node:fs/promises';
import { CommandError } from './command-error.js';
import { exitCode } from './terminal.js';

/**
 * Writes a file for a person, readable by its owner only; an existing one is not overwritten.
 * @throws CommandError
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  await writeNewPieces(
    path,
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
}

/** The same of what comes piece by piece: the file is there as a whole or not at all. */
export async function writeNewPieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw notWritten(path, error);
  });
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    await file.sync();
    await file.close();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * Checked before a person types a passphrase for a file that could not be written afterwards.
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
const notWritten = (path: string, error: unknown): CommandError =>
  fault(
    error instanceof Error && 'code' in error && error.code === 'EEXIST'
      ? 'command.alreadyThere'
      : 'command.cannotWrite',
    path,
  );

const fault = (code: 'command.alreadyThere' | 'command.cannotWrite', path: string) =>
  new CommandError({ code, params: { path } }, exitCode.failed);
