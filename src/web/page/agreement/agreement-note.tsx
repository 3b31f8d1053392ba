import { useLocation } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { agreement, type Shown } from './agreement-data.js';

/** Whether the place says the same in the middle of the page, or at the step that it belongs to. */
function isSaidAt(path: string, { document, state }: Shown): boolean {
  if (path === '/agreement') return document === null;
  return path === '/set-up' || (path === '/agreement/draft' && state === 'lost');
}

/** Tells on every page whether an agreement protects those who may be listened to. */
export function AgreementNote() {
  const { path } = useLocation();
  const shown = agreement.value.value;
  return shown === null || isSaidAt(path, shown) ? null : <AgreementText />;
}

/** Tells members, the works council and admins whether there is an agreement. */
export function AgreementText() {
  const shown = agreement.value.value;
  if (shown === null || !(hasRole('council') || hasRole('member'))) return null;
  return <p class={shown.state === 'lost' ? 'hint problem agreement' : 'hint agreement'}>{shown.text}</p>;
}
