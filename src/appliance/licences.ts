import type { Board } from '../board/board-schema.js';
import { countsAsSimulated, noteBoard } from '../board/which-board.js';
import type { StartOptions } from '../cli/start-options.js';
import type { BoxClock } from '../gateway/clock.js';
import type { Identity, IdentityPaths } from '../identity/identity.js';
import { LicenceDesk } from '../licence-desk/licence-desk.js';
import { LicenceFiles } from '../licence-desk/licence-files.js';
import { vendorTrust } from '../licence-desk/vendor-trust.js';
import { shippedBlockList } from '../licensing/shipped-block-list.js';
import type { Log } from '../log/log.js';
import { openBoxKey } from '../store/box-key.js';
import type { DataFolder } from '../store/files/data-folder.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { version } from './version.js';

/** The licences of this box; the trust and the block list are those of the build. */
export async function openLicenceDesk(
  { board: name }: StartOptions,
  board: Board,
  folder: DataFolder,
  paths: IdentityPaths,
  identity: Identity | undefined,
  settings: Settings,
  clock: BoxClock,
  log: Log,
): Promise<LicenceDesk> {
  const onError = (error: unknown) => log.warn({ error }, 'a file of the licences cannot be used');
  const isSimulated = await countsAsSimulated(name, board, paths.root);
  const key = await openBoxKey(folder.path, clock.wall.time).then(
    (opened) => opened.key,
    () => null,
  );
  if (key) await noteBoard(paths, { name, isSimulated }, key).catch(onError);
  return LicenceDesk.open({
    files: new LicenceFiles(folder.file('licence'), key),
    trust: vendorTrust,
    blockList: shippedBlockList,
    hardwareId: identity?.hardwareId,
    formerIds: identity?.formerIds ?? [],
    isSimulatedBoard: isSimulated,
    productVersion: version,
    extensionsSetUp: () => settings.extensions.length,
    now: Date.now,
    uptimeMs: () => performance.now(),
    latestKnown: clock.known,
    onError,
  });
}
