import type { LegId } from '../primitives/ids.js';

/** How the sound of a leg travels: encrypted, in clear over the network, or on a line of the board, where no network is. */
export type Protection = 'encrypted' | 'clear' | 'local';

/** What the drivers have told of each leg. */
export type Protections = ReadonlyMap<LegId, Protection>;

/** It has been agreed how the sound of a leg travels from now on. Until then nothing of it is encrypted. */
export interface ProtectionEvent {
  readonly type: 'protection';
  readonly leg: LegId;
  readonly protection: Protection;
}

export const protectionOn = (protections: Protections, leg: LegId): Protection => protections.get(leg) ?? 'clear';

export const withProtection = (protections: Protections, { leg, protection }: ProtectionEvent): Protections =>
  new Map(protections).set(leg, protection);

/** The leg has ended. */
export function withoutProtection(protections: Protections, leg: LegId): Protections {
  if (!protections.has(leg)) return protections;
  return new Map([...protections].filter(([other]) => other !== leg));
}
