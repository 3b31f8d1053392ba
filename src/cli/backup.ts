import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { momentText } from '../admin/audit/audit.js';
import { backUpFolder, largestUpload, restoreFolder } from '../admin/open-backup.js';
import { byConsole } from '../admin/recording.js';
import { text } from '../locales/text.js';
import { askOperation } from './box/ask-operation.js';
import { type BoxClient, textOf } from './box/box-client.js';
import { answeringBox, findBox } from './box/find-box.js';
import { holdingFolder } from './box/held-folder.js';
import type { Command } from './command.js';
import { CommandError } from './command-error.js';
import { requireNewName, writeNewPieces } from './new-file.js';
import { showAnswer } from './output/show-answer.js';
import { knownPassphrase, newPassphrase, parseSealing } from './passphrase.js';
import { bytesOf } from './table/gather.js';
import { usageNamed } from './table/named-usage.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { optionMissing, usageError } from './words.js';

/** `modcall backup --output FILE`: everything that makes the box what it is, in one sealed file. */
export const runBackup: Command = async (args, context) => {
  const { terminal, dataFolder, version } = context;
  const { words, json, output, ...option } = parseSealing(args);
  if (words.length > 0) throw usageError(words[0], 'command.backup.usage');
  if (output === undefined) throw optionMissing('output');
  const box = await findBox(dataFolder, terminal.language);
  await requireNewName(output);
  const passphrase = await newPassphrase(terminal, option);
  if (box)
    return showAnswer(
      await askOperation(box, usageNamed('backup make'), { passphrase }, null),
      { json, output },
      terminal,
    );
  await holdingFolder(context)(async ({ record }) => {
    await writeNewPieces(output, backUpFolder(dataFolder, version, passphrase));
    await record({ type: 'backupMade', ...byConsole });
  });
  terminal.print(
    json ? JSON.stringify({ written: output }) : text(terminal.language, 'command.written', { path: output }),
  );
  return exitCode.ok;
};

/** `modcall restore FILE`: at once where no box runs; a running one restarts with it. */
export const runRestore: Command = async (args, context) => {
  const { terminal, dataFolder } = context;
  const { words, json, output, ...option } = parseSealing(args.filter((word) => word !== isNow));
  const [path, ...more] = words;
  if (path === undefined || more.length > 0 || output !== undefined) throw usageError(more[0], 'command.backup.usage');
  await access(path).catch(() => {
    throw new CommandError({ code: 'command.cannotRead', params: { path } }, exitCode.failed);
  });
  const box = await answeringBox(dataFolder, terminal.language);
  const passphrase = await knownPassphrase(terminal, option);
  if (box) return restoreByBox(box, path, { passphrase, when: args.includes(isNow) ? 'now' : 'idle' }, json, terminal);
  const view = await holdingFolder(context)((held) => restoreFolder(held, createReadStream(path), passphrase));
  const { files, hardwareId, created } = view;
  const params = { created: momentText(Date.parse(created)), files, hardwareId };
  terminal.print(json ? JSON.stringify(view) : text(terminal.language, 'command.backup.restored', params));
  return exitCode.ok;
};

const isNow = '--now';

async function restoreByBox(
  box: BoxClient,
  path: string,
  order: { readonly passphrase: string; readonly when: 'idle' | 'now' },
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const shown = { json, output: undefined };
  const backup = await bytesOf(path, largestUpload);
  const sent = await askOperation(box, usageNamed('backup upload'), { backup }, null);
  if (sent.statusCode !== 200) return showAnswer(sent, shown, terminal);
  await textOf(sent);
  return showAnswer(await askOperation(box, usageNamed('backup restore'), order, null), shown, terminal);
}
