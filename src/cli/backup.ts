import { createReadStream } from 'node:fs';
import { access, open, rm } from 'node:fs/promises';
import { momentText } from '../admin/audit.js';
import { requireDataFolder } from '../admin/data-folder.js';
import { backUpFolder, restoreFolder } from '../admin/open-backup.js';
import { text } from '../locales/text.js';
import type { Command } from './command.js';
import { CommandError } from './command-error.js';
import { notWritten, requireNewName } from './new-file.js';
import { knownPassphrase, newPassphrase, parseSealing } from './passphrase.js';
import { exitCode } from './terminal.js';
import { usageError } from './words.js';

/** `modcall backup --output FILE`: all that makes the box what it is, in one sealed file. */
export const runBackup: Command = async (args, { terminal, dataFolder, version }) => {
  const { words, json, output, ...option } = parseSealing(args);
  if (output === undefined || words.length > 0) throw usageError(words[0], 'command.backup.usage');
  await requireDataFolder(dataFolder);
  await requireNewName(output);
  const passphrase = await newPassphrase(terminal, option);
  await writeNew(output, backUpFolder(dataFolder, version, passphrase));
  terminal.print(
    json ? JSON.stringify({ written: output }) : text(terminal.language, 'command.written', { path: output }),
  );
  return exitCode.ok;
};

/** `modcall restore FILE`, while no box runs on the data folder. */
export const runRestore: Command = async (args, { terminal, dataFolder }) => {
  const { words, json, output, ...option } = parseSealing(args);
  const [path, ...more] = words;
  if (path === undefined || more.length > 0 || output !== undefined) throw usageError(more[0], 'command.backup.usage');
  await access(path).catch(() => {
    throw new CommandError({ code: 'command.cannotRead', params: { path } }, exitCode.failed);
  });
  const view = await restoreFolder(dataFolder, createReadStream(path), await knownPassphrase(terminal, option));
  const { files, hardwareId, created } = view;
  const params = { created: momentText(Date.parse(created)), files, hardwareId };
  terminal.print(json ? JSON.stringify(view) : text(terminal.language, 'command.backup.restored', params));
  return exitCode.ok;
};

/** A new file, readable by its owner only, which is there as a whole or not at all. */
async function writeNew(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
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
