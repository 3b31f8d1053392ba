import { type IdentityPaths, identityPaths } from '../identity/identity.js';
import type { LicenceDesk } from '../licence-desk/licence-desk.js';
import { type OpenCertificate, openCertificate } from './certificate.js';
import { type AdminParts, openAdminParts } from './faces/admin-parts.js';
import { Introduction } from './introduce.js';
import { openLicenceDesk } from './licences.js';
import type { Ground } from './start-ground.js';
import type { RecordParts } from './start-record.js';

/** Who this box is, and what it may do. */
export interface LicenceParts {
  readonly paths: IdentityPaths;
  /** Null while it is unknown. */
  readonly hardwareId: () => string | null;
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
  const introduction = await Introduction.begin({ paths, log, language, leftOut });
  opened.push(async () => introduction.stop());
  options.onStep('licence');
  const extensionsSetUp = () => present.settings.extensions.length;
  const desk = await openLicenceDesk(
    options,
    board,
    folder,
    paths,
    introduction.ownIds,
    extensionsSetUp,
    clock,
    log,
    leftOut,
  );
  introduction.onOver(() => desk.identify(introduction.ownIds));
  opened.push(() => desk.stop());
  const furtherNames = () => present.settings.web?.names ?? [];
  const certificate = openCertificate(folder, clock, log, furtherNames);
  const adminParts = openAdminParts(folder, introduction, clock, audit, log, language, certificate);
  adminParts.then(
    (parts) => opened.push(parts.stop),
    () => undefined,
  );
  const hardwareId = () => introduction.hardwareId;
  return { paths, hardwareId, desk, extensionsSetUp, certificate, adminParts };
}
