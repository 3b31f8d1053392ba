import { hostname } from 'node:os';
import { boardInUse } from '../board/board-in-use.js';
import type { Board } from '../board/board-schema.js';
import type { StartOptions } from '../cli/start-options.js';
import { type Log, type OpenLog, openLog } from '../log/log.js';
import { RemoteLog } from '../log/remote/remote-log.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { type SettingsInUse, settingsInUse } from '../store/settings/settings-in-use.js';
import type { Settings } from '../store/settings/settings-schema.js';
import type { Opened } from './close-all.js';
import { requireSoundSettings } from './demo-process.js';
import { firstNames } from './first-names.js';
import { installation } from './installation.js';
import { finishRestore } from './restored.js';
import { LeftOut, logTroubles, type Trouble, troublesOf } from './troubles.js';

/** What every other part of a start stands on. */
export interface Ground {
  readonly options: StartOptions;
  readonly folder: DataFolder;
  readonly board: Board;
  readonly inUse: SettingsInUse;
  /** The settings that the box goes by now. */
  readonly present: { settings: Settings };
  readonly logging: OpenLog;
  readonly remoteLog: RemoteLog;
  readonly log: Log;
  readonly troubles: readonly Trouble[];
  readonly leftOut: LeftOut;
  /** What is closed when the box stops, the last first. */
  readonly opened: Opened;
}

/** Finds out by which board and settings the box goes, and opens the log. */
export async function layGround(options: StartOptions, folder: DataFolder, opened: Opened): Promise<Ground> {
  options.onStep('settings');
  const sayRestored = await finishRestore(folder);
  const boards = [installation.boards, folder.file('boards')];
  const { board, trouble: ofBoard } = await boardInUse(boards, options.board, folder.file('runtime'));
  const { language, country, demo: isDemo } = options;
  const inUse = await settingsInUse(folder.path, { language, country, board, names: firstNames(language), isDemo });
  if (options.demo) requireSoundSettings(inUse);
  const { settings } = inUse;
  const logging = openLog({
    level: options.logLevel ?? settings.log.level,
    language: settings.language,
    file: folder.file('log'),
    stdout: process.stdout,
    readable: process.stdout.isTTY,
  });
  const { log } = logging;
  const remoteLog = new RemoteLog(log, { host: hostname(), process: process.pid });
  logging.tell(remoteLog.take);
  remoteLog.follow(settings.remoteLog);
  opened.push(() => remoteLog.close());
  sayRestored(log);
  const troubles = troublesOf(folder, inUse, ofBoard);
  logTroubles(troubles, inUse, log);
  const leftOut = new LeftOut(settings.language, log);
  const present = { settings };
  return { options, folder, board, inUse, present, logging, remoteLog, log, troubles, leftOut, opened };
}
