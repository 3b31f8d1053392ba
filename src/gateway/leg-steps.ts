import type { LegId } from '../primitives/ids.js';
import type { LegWish } from '../switchboard/leg-commands.js';
import type { Step } from './step.js';

/** A leg that no rule speaks of any more must not be left hanging. */
export function withStrays(
  actual: ReadonlyMap<LegId, LegWish>,
  desired: ReadonlyMap<LegId, LegWish>,
): ReadonlyMap<LegId, LegWish> {
  const strays = [...actual.keys()].filter((leg) => !desired.has(leg));
  return new Map([...desired, ...strays.map((leg) => [leg, { kind: 'release', cause: 'normal' }] as const)]);
}

/** What has to be done so that a leg does as wished. */
export function legStep(leg: LegId, before: LegWish | undefined, wish: LegWish): readonly Step[] {
  if (before?.kind === wish.kind || before?.kind === 'release') return [];
  switch (wish.kind) {
    case 'dial':
      return [{ kind: 'dial', leg, to: wish.to, callerId: wish.callerId, caller: wish.caller }];
    case 'stay':
      return [];
    case 'ring':
      return [{ kind: 'ring', leg }];
    case 'earlyMedia':
      return [{ kind: 'openEarlyMedia', leg }];
    case 'answer':
      return [{ kind: 'answer', leg }];
    case 'release':
      return [{ kind: 'release', leg, cause: wish.cause }];
  }
}
