import { type Identity, type IdentityPaths, identityPaths } from '../identity/identity.js';
import type { LicenceDesk } from '../licence-desk/licence-desk.js';
import { hardwareIdText } from '../licensing/hardware-id.js';
import { type OpenCertificate, openCertificate } from './certificate.js';
import { type AdminParts, openAdminParts } from './faces/admin-parts.js';
import { introduce } from './introduce.js';
import { openLicenceDesk } from './licences.js';
import type { Ground } from './start-ground.js';
import type { RecordParts } from './start-record.js';

/** Who this box is, and what it may do. */
export interface LicenceParts {
  readonly paths: IdentityPaths;
  /** Undefined while it cannot be found out. */
  readonly identity: Identity | undefined;
  readonly hardwareId: string | null;
  readonly desk: LicenceDesk;
  readonly extensionsSetUp: () => number;
  /** Telephony waits for it only if it is to listen over TLS. */
  readonly certificate: Promise<OpenCertificate>;
  /** Telephony does not wait for them. */
  readonly adminParts: Promise<AdminParts>;
}

export async function openLicence(ground: Ground, { clock, audit }: RecordParts): Promise<LicenceParts> {
  const { options, folder, board, inUse, present, log, leftOut, opened } = ground;
  const { language } = inUse.settings;
  options.onStep('identity');
  const paths = identityPaths(folder.path);
  const identity = await introduce(paths, log, language, leftOut.tell);
  options.onStep('licence');
  const extensionsSetUp = () => present.settings.extensions.length;
  const desk = await openLicenceDesk(
    options,
    board,
    folder,
    paths,
    identity,
    extensionsSetUp,
    clock,
    log,
    leftOut.tell,
  );
  opened.push(() => desk.stop());
  const furtherNames = () => present.settings.web?.names ?? [];
  const certificate = openCertificate(folder, clock, log, furtherNames);
  const adminParts = openAdminParts(folder, identity ?? null, clock, audit, log, language, certificate);
  adminParts.then(
    (parts) => opened.push(parts.stop),
    () => undefined,
  );
  const hardwareId = identity ? hardwareIdText(identity.hardwareId) : null;
  return { paths, identity, hardwareId, desk, extensionsSetUp, certificate, adminParts };
}
