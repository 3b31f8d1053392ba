import { requireDataFolder } from '../admin/data-folder.js';
import { eventKinds } from '../admin/event-kinds.js';
import { identityPaths, openIdentityAdmin } from '../admin/identity-admin.js';
import { openLicenceAdmin } from '../admin/licence/open-licence-admin.js';
import type { PlainTextCode } from '../locales/codes.js';
import { text } from '../locales/text.js';
import { runAgreement } from './agreement.js';
import { runAudit } from './audit.js';
import { runBackup, runRestore } from './backup.js';
import { findBox } from './box/find-box.js';
import { holdingFolder } from './box/held-folder.js';
import type { Command } from './command.js';
import { runHardwareId } from './hardware-id.js';
import { runIdentity } from './identity.js';
import { parseLicence, runLicence } from './licence.js';
import { changeLicence } from './licence-by-box.js';
import { changeLicenceInFolder } from './licence-in-folder.js';
import { runPin } from './pin.js';
import { runReset } from './reset.js';
import { runSettings } from './settings.js';
import { runStart } from './start.js';
import { runEvents, runLog } from './watch.js';

/** A command that is not made from the table alone. */
export interface OwnCommand {
  readonly run: Command;
  /** The text that says how it is used. */
  readonly usage: PlainTextCode;
  /** What bash completes after it. */
  readonly options: readonly string[];
}

const licence: Command = async (args, context) => {
  const { terminal, dataFolder, version } = context;
  const onError = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.printError(text(terminal.language, 'command.licence.fileTrouble', { reason }));
  };
  const paths = identityPaths(dataFolder);
  const open = async () => {
    await requireDataFolder(dataFolder);
    return openLicenceAdmin({ dataFolder, paths, productVersion: version, onError });
  };
  if (args[0] !== 'enter' && args[0] !== 'remove') return runLicence(args, terminal, open);
  // What is not understood is said before anything is looked for.
  parseLicence(args.slice(1));
  const box = await findBox(dataFolder, terminal.language);
  if (box) return changeLicence(args, terminal, box);
  return holdingFolder(context)(async ({ record }) =>
    changeLicenceInFolder(args, terminal, { record, licences: await open() }),
  );
};

const identity: Command = (args, context) =>
  runIdentity(args, context.terminal, {
    running: () => findBox(context.dataFolder, context.terminal.language),
    open: () => openIdentityAdmin(context.dataFolder),
    holding: holdingFolder(context),
  });

const hardwareId: Command = (args, { terminal, dataFolder }) =>
  runHardwareId(args, terminal, () => openIdentityAdmin(dataFolder));

/** One command for each of these verbs of a noun. */
const verbsOf = (
  noun: string,
  verbs: readonly string[],
  run: Command,
  usage: PlainTextCode,
  options: readonly string[] = [],
) =>
  verbs.map((verb): [string, OwnCommand] => [
    `${noun} ${verb}`,
    { run: (args, context) => run([verb, ...args], context), usage, options },
  ]);

const startOptions = [
  'board',
  'sip-port',
  'web-port',
  'demo',
  'log-level',
  'panel-port',
  'panel-address',
  'no-panel',
].map((name) => `--${name}`);
const sealingOptions = ['--output', '--passphrase-file', '--json'];
const licenceOptions = ['--file', '--output', '--html', '--json'];

/** By their words: one, or a noun and a verb. */
export const ownCommands: ReadonlyMap<string, OwnCommand> = new Map<string, OwnCommand>([
  ['start', { run: runStart, usage: 'command.startUsage', options: startOptions }],
  ...verbsOf('settings', ['check'], runSettings, 'command.settingsUsage'),
  ...verbsOf('pin', ['set'], runPin, 'command.pinUsage'),
  ...verbsOf('agreement', ['make-key', 'sign-document'], runAgreement, 'command.agreement.usage', sealingOptions),
  ...verbsOf('audit', ['verify'], runAudit, 'command.auditUsage', ['--checkpoint', '--json']),
  ...verbsOf('audit', ['show'], runAudit, 'command.auditUsage', ['--json']),
  ...verbsOf('audit', ['countersign'], runAudit, 'command.auditUsage', ['--output', '--passphrase-file']),
  ...verbsOf(
    'licence',
    ['show', 'enter', 'remove', 'explain', 'order-sheet'],
    licence,
    'command.licence.usage',
    licenceOptions,
  ),
  ...verbsOf('identity', ['backup', 'restore'], identity, 'command.identity.usage', sealingOptions),
  ...verbsOf('box', ['reset'], runReset, 'command.reset.usage'),
  ['hardware-id', { run: hardwareId, usage: 'command.hardwareIdUsage', options: ['--json'] }],
  ['backup', { run: runBackup, usage: 'command.backup.usage', options: sealingOptions }],
  ['restore', { run: runRestore, usage: 'command.backup.usage', options: [...sealingOptions, '--now'] }],
  ['events', { run: runEvents, usage: 'client.watch', options: ['--json', ...eventKinds] }],
  ['log', { run: runLog, usage: 'client.watch', options: ['--json'] }],
]);
