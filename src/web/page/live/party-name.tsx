import { say } from '../texts.js';
import type { Call } from './sources.js';

/** Whoever takes part in a call, by name and number; what a phone says of itself is only ever shown as text. */
export function PartyName({ party }: { readonly party: Call['from'] }) {
  const { name, isGroup, trunk, trunkName } = party;
  return (
    <span class="party">
      {name !== '' && <strong>{name}</strong>}
      {!(isGroup && name !== '') && <span class="party-number">{numberText(party)}</span>}
      {trunk !== null && <span class="note">{say('live.by', { trunk: trunkName || trunk })}</span>}
    </span>
  );
}

const numberText = ({ number }: Call['from']): string => (number === '' ? say('live.unknown') : number);

/** As short as one can say it: a group by its name, anybody else by number. */
export const calledAs = ({ number, name, isGroup }: Call['from']): string => (isGroup && name !== '' ? name : number);
