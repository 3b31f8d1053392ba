import { say } from '../texts.js';
import type { Call } from './sources.js';

/** Whoever takes part in a call, by name and number; what a phone says of itself is only ever shown as text. */
export function PartyName({ party: { number, name, trunk } }: { readonly party: Call['from'] }) {
  return (
    <span class="party">
      {name !== '' && <strong>{name}</strong>}
      <span class="party-number">{number === '' ? say('live.unknown') : number}</span>
      {trunk !== null && <span class="note">{say('live.by', { trunk })}</span>}
    </span>
  );
}
