import type { Board } from '../board/board-schema.js';
import { countsAsSimulated, noteBoard } from '../board/which-board.js';
import type { StartOptions } from '../cli/start-options.js';
import type { BoxClock } from '../gateway/clock.js';
import type { IdentityPaths } from '../identity/identity.js';
import { LicenceDesk, type OwnIds } from '../licence-desk/licence-desk.js';
import { LicenceFiles } from '../licence-desk/licence-files.js';
import { vendorTrust } from '../licence-desk/vendor-trust.js';
import { shippedBlockList } from '../licensing/shipped-block-list.js';
import type { Message } from '../locales/codes.js';
import type { Log } from '../log/log.js';
import { openBoxKey } from '../store/box-key.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { NotInTime } from '../store/in-time.js';
import type { LeftOut } from './troubles.js';
import { version } from './version.js';

const patienceMs = 4000;

function leftOutAt(path: string): Message {
  return { code: 'start.leftOut.licence', params: { path } };
}

/** Notes what the next start must not fall behind, if the disk takes it in time. */
export async function rememberLicence(desk: LicenceDesk, folder: DataFolder, leftOut: LeftOut): Promise<void> {
  await leftOut.orLate(desk.remember(), patienceMs, leftOutAt(folder.file('licence')));
}

/** The licences of this box; the trust and the block list are those of the build. */
export async function openLicenceDesk(
  { board: name }: StartOptions,
  board: Board,
  folder: DataFolder,
  paths: IdentityPaths,
  ownIds: OwnIds,
  extensionsSetUp: () => number,
  clock: BoxClock,
  log: Log,
  leftOut: LeftOut,
): Promise<LicenceDesk> {
  const onError = (error: unknown) =>
    error instanceof NotInTime ? leftOut.tell(error) : log.warn({ error }, 'a file of the licences cannot be used');
  const isSimulated = await countsAsSimulated(name, board, paths.root);
  const key = await openBoxKey(folder.path, clock.wall.time).then(
    (opened) => opened.key,
    () => null,
  );
  if (key)
    await leftOut
      .orLate(noteBoard(paths, { name, isSimulated }, key), patienceMs, leftOutAt(paths.folder))
      .catch(onError);
  return LicenceDesk.open({
    files: new LicenceFiles(folder.file('licence'), key),
    trust: vendorTrust,
    blockList: shippedBlockList,
    ...ownIds,
    isSimulatedBoard: isSimulated,
    productVersion: version,
    extensionsSetUp,
    now: Date.now,
    uptimeMs: () => performance.now(),
    latestKnown: clock.known,
    onError,
    onBack: leftOut.isBack,
  });
}
