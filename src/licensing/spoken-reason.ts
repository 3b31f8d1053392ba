import type { Refusal } from './verdict.js';

/** Why a moderator is not let in, as far as it helps to hear it on a phone; the log and the admin page say more. */
export type SpokenReason = 'licence-missing' | 'licence-invalid' | 'licence-expired' | 'licence-tier' | 'licence-clock';

export function spokenReason(refusal: Refusal): SpokenReason {
  switch (refusal.kind) {
    case 'noLicence':
      return 'licence-missing';
    case 'expired':
      return 'licence-expired';
    case 'tierTooSmall':
      return 'licence-tier';
    case 'clockSetBack':
      return 'licence-clock';
    case 'hardwareIdUnknown':
    case 'badKey':
    case 'blocked':
    case 'otherProduct':
    case 'otherBox':
    case 'otherServer':
    case 'updateNotCovered':
      return 'licence-invalid';
  }
}
