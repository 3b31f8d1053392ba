import { type AgreementBox, agreementOperations } from './agreement/agreement-operations.js';
import { type PeriodsBox, periodsOperations } from './agreement/periods-operations.js';
import { type AuditBox, auditOperations } from './audit/audit-operations.js';
import { type OwnRecordBox, ownRecordOperations } from './audit/own-record-operations.js';
import { type ReportBox, reportOperations } from './audit/report-operations.js';
import { type BackupBox, backupOperations } from './backup-operations.js';
import { boxOperations, type RestartBox } from './box-operations.js';
import { type CertificateBox, certificateOperations } from './certificate-operations.js';
import { type SheetsBox, sheetsOperations } from './evaluations/sheets-operations.js';
import { type HandlingBox, handlingOperations } from './handling/handling-operations.js';
import { type IdentityBox, identityOperations } from './identity-operations.js';
import { type LicenceBox, licenceOperations } from './licence/licence-operations.js';
import { type CallsBox, callsOperations } from './live/calls-operations.js';
import { type HelpBox, helpOperations } from './live/help-operations.js';
import { linesOperations } from './live/lines-operations.js';
import { type LiveBox, liveOperations } from './live/live-operations.js';
import { monitorsOperations } from './live/monitors-operations.js';
import { type LogBox, logOperations } from './log-operations.js';
import type { Operation } from './operation.js';
import { phoneTableOperations } from './phones/phone-table-operations.js';
import { type PhonesBox, phonesOperations } from './phones/phones-operations.js';
import { type PromptsBox, promptsOperations } from './prompts-operations.js';
import { type SetUpBox, setUpOperations } from './set-up/set-up-operations.js';
import { extensionTableOperations } from './settings/extension-table-operations.js';
import { listOperations } from './settings/list-operations.js';
import { type PinsBox, pinsOperations } from './settings/pins-operations.js';
import { providersOperations } from './settings/providers-operations.js';
import type { SettingsBox } from './settings/settings-change.js';
import { settingsOperations } from './settings/settings-operations.js';
import { settingsPartOperations } from './settings/settings-part-operations.js';
import { type StateBox, stateOperations } from './state-operations.js';
import { type SupportBox, supportOperations } from './support-operations.js';
import { type UpdateBox, updateOperations } from './update/update-operations.js';
import { type UsersBox, usersOperations } from './users/users-operations.js';
import { type WebBox, webOperations } from './web-operations.js';
import { type WebhooksBox, webhooksOperations } from './webhooks-operations.js';

/** All that can be asked of the running box. */
export type Box = AgreementBox &
  AuditBox &
  BackupBox &
  CallsBox &
  CertificateBox &
  HandlingBox &
  HelpBox &
  IdentityBox &
  LicenceBox &
  LiveBox &
  LogBox &
  OwnRecordBox &
  ReportBox &
  PeriodsBox &
  PhonesBox &
  PinsBox &
  PromptsBox &
  RestartBox &
  SettingsBox &
  SetUpBox &
  SheetsBox &
  StateBox &
  SupportBox &
  UpdateBox &
  UsersBox &
  WebBox &
  WebhooksBox;

const table = [
  ...stateOperations,
  ...boxOperations,
  ...settingsOperations,
  ...settingsPartOperations,
  ...listOperations,
  ...providersOperations,
  ...extensionTableOperations,
  ...phonesOperations,
  ...phoneTableOperations,
  ...pinsOperations,
  ...webhooksOperations,
  ...webOperations,
  ...liveOperations,
  ...monitorsOperations,
  ...helpOperations,
  ...linesOperations,
  ...callsOperations,
  ...handlingOperations,
  ...usersOperations,
  ...auditOperations,
  ...ownRecordOperations,
  ...reportOperations,
  ...agreementOperations,
  ...periodsOperations,
  ...sheetsOperations,
  ...promptsOperations,
  ...logOperations,
  ...identityOperations,
  ...licenceOperations,
  ...certificateOperations,
  ...backupOperations,
  ...updateOperations,
  ...supportOperations,
  ...setUpOperations,
];

/** A row of the table with all its types. */
export type TableRow = (typeof table)[number];

export const operations: readonly Operation<Box>[] = table;

/** What can be asked of a box that does not run: what is in its files, and what only they have to know. */
export type StoppedBox = PinsBox;

export const stoppedOperations: readonly Operation<StoppedBox>[] = [
  ...settingsOperations,
  ...settingsPartOperations,
  ...listOperations,
  ...pinsOperations,
];
