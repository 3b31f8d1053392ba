import { ListenError } from '../engine/listen-error.js';
import { ownAddresses } from '../identity/own-addresses.js';
import type { Message } from '../locales/codes.js';
import { AdminError } from '../store/admin-error.js';

/** Why calls cannot be taken at an address. */
export function cannotListen(where: string, error: unknown): AdminError {
  return new AdminError(problemOf(where, error), { cause: error });
}

function problemOf(where: string, error: unknown): Message {
  const reason = error instanceof Error ? error.message : String(error);
  switch (error instanceof ListenError ? error.why : 'other') {
    case 'inUse':
      return { code: 'start.sip.inUse', params: { where } };
    case 'notOurs':
      return { code: 'start.sip.notOurs', params: { where, own: ownAddresses() } };
    case 'notAllowed':
      return { code: 'start.sip.notAllowed', params: { where } };
    case 'other':
      return { code: 'start.sip.other', params: { where, reason } };
  }
}
