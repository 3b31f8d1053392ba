import type { LegId } from '../primitives/ids.js';
import type { DesiredLeg, LegCommand } from '../switchboard/leg-commands.js';

/** A leg that no rule mentions any more must not be left hanging. */
export function withOrphansReleased(
  actual: ReadonlyMap<LegId, DesiredLeg>,
  desired: ReadonlyMap<LegId, DesiredLeg>,
): ReadonlyMap<LegId, DesiredLeg> {
  const orphans = [...actual.keys()].filter((leg) => !desired.has(leg));
  if (orphans.length === 0) return desired;
  return new Map([...desired, ...orphans.map((leg) => [leg, { kind: 'release', cause: 'normal' }] as const)]);
}

/** The commands that bring legs to their desired state; none for those that are there already or are being released. */
export function legCommands(
  actual: ReadonlyMap<LegId, DesiredLeg>,
  desired: ReadonlyMap<LegId, DesiredLeg>,
): readonly LegCommand[] {
  const commands: LegCommand[] = [];
  for (const [leg, wanted] of desired) {
    const before = actual.get(leg)?.kind;
    if (before !== wanted.kind && before !== 'release' && wanted.kind !== 'stay') commands.push({ ...wanted, leg });
  }
  return commands;
}
