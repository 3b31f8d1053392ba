import { hasRole } from '../api/session.js';
import { agreement } from './agreement-data.js';

/** Tells members, the works council and admins on every page whether an agreement protects those who may be listened to. */
export function AgreementNote() {
  const shown = agreement.value.value;
  if (shown === null || !(hasRole('council') || hasRole('member'))) return null;
  return <p class={shown.state === 'lost' ? 'hint problem agreement' : 'hint agreement'}>{shown.text}</p>;
}
