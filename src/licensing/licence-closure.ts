import type { ClosureEvent } from '../monitoring/monitoring-event.js';
import type { LicenceClosure } from '../monitoring/records.js';
import type { Refusal, Verdict } from './verdict.js';

/** The closure that a refused licence causes: as much detail as helps on a phone; the log and the admin page say more. */
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
    case 'keyUnread':
    case 'hardwareIdUnread':
      return 'licenceUnread';
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

/** What a verdict closes monitoring with; null when it allows it. */
export function closureOf(verdict: Verdict): LicenceClosure | null {
  return verdict.isAllowed ? null : licenceClosure(verdict.refusal);
}

/** What closes and reopens when the licence changes. Whoever monitors at the moment goes on: they were allowed to when they began. */
export function closureChange(before: LicenceClosure | null, now: LicenceClosure | null): readonly ClosureEvent[] {
  if (before === now) return [];
  return [
    ...(now === null ? [] : [{ type: 'closed', closure: now, endsRunning: false } as const]),
    ...(before === null ? [] : [{ type: 'reopened', closure: before } as const]),
  ];
}
