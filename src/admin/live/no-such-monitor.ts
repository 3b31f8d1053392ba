import { AdminError } from '../../store/admin-error.js';

export const noSuchMonitor = (session: number): AdminError =>
  new AdminError({ code: 'live.noSuchMonitor', params: { session } }, { kind: 'missing' });
