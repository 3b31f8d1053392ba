import { requireDataFolder } from '../admin/data-folder.js';
import { identityPaths, openIdentityAdmin } from '../admin/identity-admin.js';
import { openLicenceAdmin } from '../admin/open-licence-admin.js';
import type { PlainTextCode } from '../locales/codes.js';
import { text } from '../locales/text.js';
import { runAudit } from './audit.js';
import { runBackup, runRestore } from './backup.js';
import type { Command } from './command.js';
import { runHardwareId } from './hardware-id.js';
import { runIdentity } from './identity.js';
import { runLicence } from './licence.js';
import { runPin } from './pin.js';
import { runSettings } from './settings.js';
import { runStart } from './start.js';

/** A command that has something of its own, and is not made from the table alone. */
export interface OwnCommand {
  readonly run: Command;
  /** What tells how it is used. */
  readonly usage: PlainTextCode;
}

const licence: Command = (args, { terminal, dataFolder, version }) => {
  const onError = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.printError(text(terminal.language, 'command.licence.fileTrouble', { reason }));
  };
  const paths = identityPaths(dataFolder);
  return runLicence(args, terminal, async () => {
    await requireDataFolder(dataFolder);
    return openLicenceAdmin({ dataFolder, paths, productVersion: version, onError });
  });
};

const identity: Command = (args, { terminal, dataFolder }) =>
  runIdentity(args, terminal, () => openIdentityAdmin(dataFolder));

const hardwareId: Command = (args, { terminal, dataFolder }) =>
  runHardwareId(args, terminal, () => openIdentityAdmin(dataFolder));

/** One command for each of these verbs of a noun. */
const verbsOf = (noun: string, verbs: readonly string[], run: Command, usage: PlainTextCode) =>
  verbs.map((verb): [string, OwnCommand] => [
    `${noun} ${verb}`,
    { run: (args, context) => run([verb, ...args], context), usage },
  ]);

/** By their words: one, or a noun and a verb. */
export const ownCommands: ReadonlyMap<string, OwnCommand> = new Map<string, OwnCommand>([
  ['start', { run: runStart, usage: 'command.usage' }],
  ...verbsOf('settings', ['check'], runSettings, 'command.usage'),
  ...verbsOf('pin', ['set'], runPin, 'command.pinUsage'),
  ...verbsOf('audit', ['verify', 'show'], runAudit, 'command.usage'),
  ...verbsOf('licence', ['show', 'enter', 'remove', 'explain', 'order-sheet'], licence, 'command.licence.usage'),
  ...verbsOf('identity', ['backup', 'restore'], identity, 'command.identity.usage'),
  ['hardware-id', { run: hardwareId, usage: 'command.hardwareIdUsage' }],
  ['backup', { run: runBackup, usage: 'command.backup.usage' }],
  ['restore', { run: runRestore, usage: 'command.backup.usage' }],
]);
