import { type StoppedBox as Parts, stoppedOperations } from '../admin/operations.js';
import { PinsAdmin } from '../admin/settings/pins-admin.js';
import { NoSettings } from '../admin/settings.js';
import type { Language } from '../admin/speaking.js';
import type { HoldFolder, OpenStoppedBox } from '../cli/box/stopped-box.js';
import type { BoxClock } from '../gateway/clock.js';
import { type Log, openLog } from '../log/log.js';
import { type AuditRecord, openAudit } from '../store/audit/audit.js';
import { type DataFolder, openDataFolder } from '../store/files/data-folder.js';
import { SettingsFile } from '../store/settings/settings-file.js';
import { consoleApp } from '../web/console/console-app.js';
import { closeAll } from './close-all.js';
import { serveConsole } from './faces/console.js';
import { finishRestore, recordRestore } from './restored.js';
import { nobodyFollows, openSettings } from './settings.js';
import { openClock, stampBy } from './time.js';
import { logFindings } from './troubles.js';

/** Messages about the files go to the log only: the command has an answer of its own. */
const nowhere = { write: () => true };

/** What a command that changes the files of a box needs, as a running box has it. */
interface Held {
  readonly folder: DataFolder;
  readonly log: Log;
  readonly clock: BoxClock;
  readonly audit: AuditRecord;
}

/**
 * A box that does not run, for one command: it holds the data folder as a running one does, so that neither writes beside the other, and
 * changes and records the settings as that would.
 */
export const openStoppedBox: OpenStoppedBox = (dataFolder, language) =>
  open(dataFolder, language, async ({ folder, log, clock, audit }, opened) => {
    const path = folder.file('settings');
    const settings = (await SettingsFile.open(path))?.settings;
    if (!settings) throw new NoSettings(path);
    const admin = await openSettings(folder, { settings, from: 'file' }, clock, audit, log, nobodyFollows);
    const box: Parts = { settings: admin, pins: new PinsAdmin(admin) };
    const app = consoleApp({ box, operations: stoppedOperations, ...nothingHappens, language, log });
    // Whatever is pending when the command is killed, the next start clears away.
    const socket = `${folder.file('console')}.${process.pid}.command.pending`;
    opened.push(await serveConsole(socket, async () => app, log));
    return { socket };
  });

/** The same for what is no operation of a box that does not run, such as a restore. */
export const holdFolder: HoldFolder = (dataFolder, language) =>
  open(dataFolder, language, async ({ folder: { path }, audit }) => ({ path, record: (fact) => audit.append(fact) }));

type Close = { close(): Promise<void> };

/** Everything is closed again when it cannot be opened. */
async function open<Opened extends object>(
  dataFolder: string,
  language: Language,
  make: (held: Held, opened: (() => Promise<void>)[]) => Promise<Opened>,
): Promise<Opened & Close> {
  const folder = await openDataFolder(dataFolder);
  const opened = [() => folder.release()];
  try {
    const held = await hold(folder, language, opened);
    return { ...(await make(held, opened)), close: () => closeAll(opened) };
  } catch (error) {
    await closeAll(opened).catch(() => undefined);
    throw error;
  }
}

async function hold(folder: DataFolder, language: Language, opened: (() => Promise<void>)[]): Promise<Held> {
  // The words for a running box would not fit a command.
  if (folder.trouble) throw folder.trouble.cause;
  const { log } = openLog({ level: 'info', language, file: folder.file('log'), stdout: nowhere, readable: false });
  (await finishRestore(folder))(log);
  const clock = await openClock(folder.path, log);
  const audit = await openAudit(folder.path, () => stampBy(clock));
  opened.push(() => audit.close());
  logFindings(audit.findings, log);
  await recordRestore(folder, audit, log);
  return { folder, log, clock, audit };
}

const nothingHappens = {
  feed: { subscribe: () => () => {} },
  metrics: () => [],
  health: () => 'ok' as const,
};
