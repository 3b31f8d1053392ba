import type { LegId } from '../primitives/ids.js';
import { callOn } from '../switchboard/calls.js';
import { type ProtectionEvent, withoutProtection, withProtection } from '../switchboard/protection.js';
import { connectedParty } from '../switchboard/state.js';
import type { Effect } from './effect.js';
import type { World } from './world.js';

interface Told {
  readonly world: World;
  readonly effects: readonly Effect[];
}

/** It is known how the sound of a leg travels from now on. Whoever watches the calls hears of a party of theirs. */
export function protectedAs(world: World, event: ProtectionEvent): Told {
  const { leg, protection } = event;
  const call = callOn(world.switchboard, leg);
  const party = call && connectedParty(call, leg);
  const note = call && party && ({ type: 'callProtected', call: call.id, by: party.number, protection } as const);
  return {
    world: { ...world, protections: withProtection(world.protections, event) },
    effects: note ? [{ kind: 'note', note }] : [],
  };
}

/** The leg has ended. */
export const unprotected = (world: World, leg: LegId): World => ({
  ...world,
  protections: withoutProtection(world.protections, leg),
});
