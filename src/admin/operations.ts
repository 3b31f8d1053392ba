import { type AuditBox, auditOperations } from './audit-operations.js';
import { backupOperations, type ScheduleBox } from './backup-operations.js';
import { boxOperations, type RestartBox } from './box-operations.js';
import { type CallsBox, callsOperations } from './calls-operations.js';
import { type CertificateBox, certificateOperations } from './certificate-operations.js';
import { extensionTableOperations } from './extension-table-operations.js';
import { type IdentityBox, identityOperations } from './identity-operations.js';
import { type LicenceBox, licenceOperations } from './licence-operations.js';
import { linesOperations } from './lines-operations.js';
import { listOperations } from './list-operations.js';
import { type LiveBox, liveOperations } from './live-operations.js';
import { type LogBox, logOperations } from './log-operations.js';
import type { Operation } from './operation.js';
import { type PinsBox, pinsOperations } from './pins-operations.js';
import { type PromptsBox, promptsOperations } from './prompts-operations.js';
import type { SettingsBox } from './settings-change.js';
import { settingsOperations } from './settings-operations.js';
import { settingsPartOperations } from './settings-part-operations.js';
import { type StateBox, stateOperations } from './state-operations.js';
import { type SupportBox, supportOperations } from './support-operations.js';
import { type UsersBox, usersOperations } from './users-operations.js';
import { type WebhooksBox, webhooksOperations } from './webhooks-operations.js';

/** All that can be asked of the running box. */
export type Box = AuditBox &
  CallsBox &
  CertificateBox &
  IdentityBox &
  LicenceBox &
  LiveBox &
  LogBox &
  PinsBox &
  PromptsBox &
  RestartBox &
  ScheduleBox &
  SettingsBox &
  StateBox &
  SupportBox &
  UsersBox &
  WebhooksBox;

export const operations: readonly Operation<Box>[] = [
  ...stateOperations,
  ...boxOperations,
  ...settingsOperations,
  ...settingsPartOperations,
  ...listOperations,
  ...extensionTableOperations,
  ...pinsOperations,
  ...webhooksOperations,
  ...liveOperations,
  ...linesOperations,
  ...callsOperations,
  ...usersOperations,
  ...auditOperations,
  ...promptsOperations,
  ...logOperations,
  ...identityOperations,
  ...licenceOperations,
  ...certificateOperations,
  ...backupOperations,
  ...supportOperations,
];

/** What can be asked of a box that does not run: what is in its files, and what only they have to know. */
export type StoppedBox = PinsBox;

export const stoppedOperations: readonly Operation<StoppedBox>[] = [
  ...settingsOperations,
  ...settingsPartOperations,
  ...listOperations,
  ...pinsOperations,
];
