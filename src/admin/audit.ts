/** Queries about the audit record. Both may run beside the appliance. */
export type { AuditEntry } from '../store/audit-entry.js';
export { auditEntries, type Breach, type Verification, verifyAudit } from '../store/audit-verify.js';
