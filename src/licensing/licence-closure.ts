import type { ClosureEvent } from '../monitoring/monitoring.js';
import type { LicenceClosure } from '../monitoring/records.js';
import type { Refusal, Verdict } from './verdict.js';

/** What a refused licence closes monitoring with: as much as it helps to hear on a phone; the log and the admin page say more. */
export function licenceClosure(refusal: Refusal): LicenceClosure {
  switch (refusal.kind) {
    case 'noLicence':
      return 'licenceMissing';
    case 'expired':
      return 'licenceExpired';
    case 'tierTooSmall':
      return 'licenceTier';
    case 'clockSetBack':
      return 'licenceClock';
    case 'hardwareIdUnknown':
    case 'badKey':
    case 'blocked':
    case 'otherProduct':
    case 'otherBox':
    case 'otherServer':
    case 'updateNotCovered':
      return 'licenceInvalid';
  }
}

/**
 * What a new verdict closes and reopens. Whoever monitors at the moment goes on: they were allowed to when they began.
 * @param before The verdict so far; undefined at the start, when nothing is closed yet.
 */
export function closureChange(before: Verdict | undefined, now: Verdict): readonly ClosureEvent[] {
  const [closed, closure] = [before && closureOf(before), closureOf(now)];
  if (closed === closure) return [];
  return [
    ...(closure ? [{ type: 'closed', closure, endsRunning: false } as const] : []),
    ...(closed ? [{ type: 'reopened', closure: closed } as const] : []),
  ];
}

function closureOf(verdict: Verdict): LicenceClosure | undefined {
  return verdict.isAllowed ? undefined : licenceClosure(verdict.refusal);
}
