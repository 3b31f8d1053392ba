import { AdminError } from '../store/admin-error.js';
import type { Caller } from './operation.js';

/**
 * For what would outlive the revocation of a token or hand out the box as a whole: users, tokens, certificate and backups.
 * @throws AdminError
 */
export function onlyPersons({ kind }: Caller): void {
  if (kind === 'token') throw new AdminError({ code: 'access.personOnly' }, { kind: 'forbidden' });
}
