import type { Board } from '../board/board-schema.js';
import { simulator } from '../board/which-board.js';
import type { FrontPanelAddress, StartOptions } from '../cli/start-options.js';
import type { Message } from '../locales/codes.js';
import type { Log } from '../log/log.js';
import { AdminError } from '../store/admin-error.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { inTime } from '../store/in-time.js';
import type { BoardDisplay } from './board-display.js';
import { startBoardProcess } from './board-process.js';
import { Supervised } from './supervised.js';
import type { LeftOut } from './troubles.js';

/** Longer than it takes on a busy machine, and shorter than the start watch's patience. */
const patienceMs = 8000;
/** What takes longer hangs. */
const longestMs = 60_000;

const cannotStart = (reason: string): AdminError =>
  new AdminError({ code: 'start.simulatedBoard', params: { reason } });

/** Why the front panel of the simulated board cannot be shown where it was to be. */
export const panelPortTaken = ({ address, port }: FrontPanelAddress): AdminError =>
  new AdminError({ code: 'start.panelPort', params: { where: `${address}:${port}` } });

/** Starts the hardware of a simulated board in a process of its own. Returns where its front panel is, unless that comes later. */
export async function startHardware(
  { board: name, frontPanel }: StartOptions,
  { lines, panel }: Board,
  folder: DataFolder,
  display: BoardDisplay,
  log: Log,
  leftOut: LeftOut,
  opened: (() => Promise<void>)[],
): Promise<FrontPanelAddress | null> {
  if (name !== simulator || frontPanel === null || panel.button.driver !== 'input') return null;
  const ports = lines.map(({ port, kind }) => ({ name: port, kind }));
  const order = { folder: folder.file('runtime'), ports, buttonCode: panel.button.key };
  const ending = new AbortController();
  // So that an open page finds it again.
  let page = frontPanel;
  const begin = async () => {
    const board = await inTime(
      (signal) => startBoardProcess({ ...order, page }, AbortSignal.any([signal, ending.signal])),
      longestMs,
      leftOutMessage,
    );
    page = board.page;
    display.attach(board);
    return board;
  };
  const starting = Supervised.start({
    begin,
    onLost: (reason, pauseMs) =>
      log.error({ reason, pauseMs }, 'the simulated board has stopped and is being restarted'),
    onBack: () => log.info('the simulated board works again'),
  });
  opened.push(async () => {
    ending.abort();
    const hardware = await starting.catch(() => undefined);
    await hardware?.stop();
  });
  const works = () => {
    log.info({ frontPanel: page }, 'the simulated board works');
    return page;
  };
  try {
    return (await leftOut.orLate(starting.then(works), patienceMs, leftOutMessage)) ?? null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // The fault of the data folder has been reported already, and telephony does not wait for that.
    if (!folder.trouble) throw why.includes('EADDRINUSE') ? panelPortTaken(page) : cannotStart(why);
    log.error({ reason: why }, 'the simulated board cannot start: it needs the data folder');
    return null;
  }
}

const leftOutMessage: Message = { code: 'start.leftOut.simulatedBoard' };
