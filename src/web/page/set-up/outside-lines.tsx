import { ask } from '../api/ask.js';
import { Check } from '../kit/form/check.js';
import { say } from '../texts.js';
import { membersGroup } from './groups-of.js';
import type { Settings } from './set-up-data.js';

/** Exchange lines that ring a single telephone, as those of a new box ring the first one at it. */
function linesIn({ trunks }: Settings) {
  return trunks.flatMap(({ id, kind, name, inbound }) =>
    kind === 'analog' && 'extension' in inbound ? [{ id, name, extension: inbound.extension }] : [],
  );
}

/** Asks whether calls from outside are to ring the whole group. */
export function OutsideLines({ settings }: { readonly settings: Settings }) {
  const lines = linesIn(settings);
  if (lines.length === 0) return null;
  const list = lines.map(({ name, extension }) => `${name}: ${extension}`).join(', ');
  return <Check name="ring" label={say('setUp.ring')} hint={say('setUp.ringNow', { list })} isChecked={false} />;
}

/** Lets them ring the group. */
export async function ringGroup(settings: Settings, basis: number): Promise<void> {
  let version = basis;
  for (const { id } of linesIn(settings))
    ({ version } = await ask('PATCH', '/trunks/{id}', { id, inbound: { group: membersGroup } }, version));
}
