import { session } from '../api/session.js';
import { agreement } from './agreement-data.js';

/** Tells members and the works council on every page whether an agreement protects them. */
export function AgreementNote() {
  const roles = session.value?.roles ?? [];
  const shown = agreement.value.value;
  if (shown === null || !(roles.includes('council') || roles.includes('member'))) return null;
  return <p class={shown.state === 'lost' ? 'hint problem agreement' : 'hint agreement'}>{shown.text}</p>;
}
