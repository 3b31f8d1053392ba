import type { BoxClock } from '../gateway/clock.js';
import type { AgreementStore } from '../store/agreement/agreement-store.js';
import { type AuditRecord, openAudit } from '../store/audit/audit.js';
import { SheetKeeper } from '../store/evaluations/sheet-keeper.js';
import { openAgreement, sheetRule } from './agreement.js';
import { recordRestore, restoreAgreement } from './restored.js';
import type { Ground } from './start-ground.js';
import { openClock, stampBy } from './time.js';
import { logFindings } from './troubles.js';

/** The audit record, and the clock that tells it the time. */
export interface RecordParts {
  readonly clock: BoxClock;
  readonly audit: AuditRecord;
  readonly agreement: AgreementStore;
  readonly sheets: SheetKeeper;
  /** Logs what was found wrong with the record since this was last called. */
  logFindings(): void;
}

/** Opens the audit record, and completes it with what the start before could not write. */
export async function openRecord({ options, folder, log, opened }: Ground): Promise<RecordParts> {
  options.onStep('record');
  const clock = await openClock(folder.path, log);
  const audit = await openAudit(folder.path, () => stampBy(clock));
  opened.push(() => audit.close());
  let logged = 0;
  const logNew = () => {
    logFindings(audit.findings.slice(logged), log);
    logged = audit.findings.length;
  };
  logNew();
  await recordRestore(folder, audit, log);
  const ends = await audit.addMissingEnds();
  if (ends > 0) log.warn({ ends }, 'Modcall was stopped while somebody monitored: the missing ends are recorded now');
  const agreement = await openAgreement(folder.path, audit);
  await restoreAgreement(folder, agreement, audit, log);
  const sheets = await SheetKeeper.open(
    folder.path,
    {
      rule: () => sheetRule(agreement),
      wall: () => clock.wall.time,
      uptimeMs: () => clock.now,
      record: (fact) => audit.append(fact),
    },
    audit.agreement !== null,
  );
  return { clock, audit, agreement, sheets, logFindings: logNew };
}
