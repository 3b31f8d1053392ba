/** Queries about the audit record. Both may run beside the appliance. */
export type { SheetEnd } from '../../agreement/sheets.js';
export type { Mode } from '../../monitoring/profile.js';
export type { AdmissionWay, EndReason, HelpEnd, ListeningPlace, RefusalReason } from '../../monitoring/records.js';
export { momentText } from '../../primitives/calendar.js';
export type { AgreementProblem, AgreementRefusal } from '../../store/agreement/agreement-fact.js';
export type { AuditEntry, ClockDoubt, RecordedFact, RecordProblem } from '../../store/audit/audit-entry.js';
export { type ExportVerification, exportedEntries, verifyExport } from '../../store/audit/audit-export.js';
export { auditEntries, type Breach, type Verification, verifyAudit } from '../../store/audit/audit-verify.js';
export { type Checkpoint, parseCheckpoint, soundSigners } from '../../store/audit/checkpoint.js';
export { type CheckedDraw, checkedDraws } from '../../store/audit/draw-check.js';
