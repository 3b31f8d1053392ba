import { wasSimulated } from '../../board/which-board.js';
import { type IdentityPaths, readIdentity } from '../../identity/identity.js';
import { LicenceDesk } from '../../licence-desk/licence-desk.js';
import { LicenceFiles } from '../../licence-desk/licence-files.js';
import { vendorTrust } from '../../licence-desk/vendor-trust.js';
import type { Trust } from '../../licensing/licence-key.js';
import { shippedBlockList } from '../../licensing/shipped-block-list.js';
import { lastRecordedTime } from '../../store/audit/audit-tail.js';
import { readBoxPublicKey } from '../../store/box-key.js';
import { dataFile } from '../../store/files/data-folder.js';
import { SettingsFile } from '../../store/settings/settings-file.js';
import { LicenceAdmin } from './licence-admin.js';

export interface LicenceAdminOptions {
  readonly dataFolder: string;
  readonly paths: IdentityPaths;
  readonly productVersion: string;
  /** A file of the licences, the key or the record that cannot be read or written. */
  readonly onError: (error: unknown) => void;
  /** Other than the vendor's in tests only. */
  readonly trust?: Trust;
}

/**
 * The licences of a data folder, for a command that runs beside the appliance or without it.
 * @throws AdminError when the host key is damaged or the settings are not valid.
 */
export async function openLicenceAdmin(options: LicenceAdminOptions): Promise<LicenceAdmin> {
  const { dataFolder, paths, productVersion, onError, trust = vendorTrust } = options;
  const { hardwareId, formerIds } = await readIdentity(paths);
  const settings = await SettingsFile.open(dataFile(dataFolder, 'settings'));
  const extensionsSetUp = () => settings?.settings.extensions.length ?? 0;
  const now = () => Date.now();
  const unread = (error: unknown): null => {
    onError(error);
    return null;
  };
  const key = await readBoxPublicKey(dataFolder).catch(unread);
  const desk = await LicenceDesk.open({
    files: new LicenceFiles(dataFile(dataFolder, 'licence'), key),
    trust,
    blockList: shippedBlockList,
    hardwareId,
    formerIds,
    isSimulatedBoard: await wasSimulated(paths, key),
    productVersion,
    extensionsSetUp,
    now,
    uptimeMs: () => performance.now(),
    latestKnown: await lastRecordedTime(dataFolder).catch(unread),
    onError,
    onBack: () => {},
  });
  return new LicenceAdmin({ desk, productVersion, extensionsSetUp, now });
}
