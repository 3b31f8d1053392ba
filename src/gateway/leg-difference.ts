import type { LegId } from '../primitives/ids.js';
import type { DesiredLeg, LegCommand } from '../switchboard/leg-commands.js';

/** A leg that no rule mentions any more must not be left hanging. */
export function withOrphansReleased(
  actual: ReadonlyMap<LegId, DesiredLeg>,
  desired: ReadonlyMap<LegId, DesiredLeg>,
): ReadonlyMap<LegId, DesiredLeg> {
  const orphans = [...actual.keys()].filter((leg) => !desired.has(leg));
  return new Map([...desired, ...orphans.map((leg) => [leg, { kind: 'release', cause: 'normal' }] as const)]);
}

/** The command that brings a leg to its desired state; none if it is there already or is being released. */
export function legCommands(leg: LegId, before: DesiredLeg | undefined, desired: DesiredLeg): readonly LegCommand[] {
  if (before?.kind === desired.kind || before?.kind === 'release' || desired.kind === 'stay') return [];
  return [{ ...desired, leg }];
}
