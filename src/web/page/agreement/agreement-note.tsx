import { useLocation } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { agreement, type Shown } from './agreement-data.js';

/** Whether the place says the same in the middle of the page. */
const isSaidAt = (path: string, { document, state }: Shown): boolean =>
  path === '/agreement' ? document === null : path === '/agreement/draft' && state === 'lost';

/** Tells members, the works council and admins on every page whether an agreement protects those who may be listened to. */
export function AgreementNote() {
  const { path } = useLocation();
  const shown = agreement.value.value;
  if (shown === null || !(hasRole('council') || hasRole('member'))) return null;
  if (isSaidAt(path, shown)) return null;
  return <p class={shown.state === 'lost' ? 'hint problem agreement' : 'hint agreement'}>{shown.text}</p>;
}
