import { boxSpeech } from '../gateway/box-speech.js';
import type { BoxState } from '../gateway/box-state.js';
import { ownAddresses } from '../identity/own-addresses.js';
import type { AnalogLegs } from '../lines/analog-legs.js';
import type { Log } from '../log/log.js';
import type { AuditRecord } from '../store/audit/audit.js';
import { version } from './version.js';

/** How the box is, for whoever holds its button: in the log, and on a handset that is lifted. */
export function reportState(state: BoxState, legs: AnalogLegs, hardwareId: string | null, log: Log): void {
  const addresses = ownAddresses();
  log.info({ hardwareId, version, addresses, ...state }, 'the button was held for the state of the box');
  legs.announce(boxSpeech({ hardwareId, addresses }, state));
}

/** This version has no admin page and thus no password; whoever asked for the reset should see that it was understood. */
export function resetAdminPassword(audit: AuditRecord, log: Log): void {
  log.warn('the button was held to reset the admin password; none is set, so nothing has changed');
  audit.append({ type: 'adminPasswordReset', hadPassword: false }).catch((error: unknown) => {
    log.error({ error }, 'the audit record cannot be written');
  });
}
