import type { World } from '../../../src/gateway/world.js';

/** How much is in all maps, sets and lists of a value, however deep. */
function contentOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside: readonly unknown[] =
    value instanceof Map
      ? [...value.values()]
      : value instanceof Set || Array.isArray(value)
        ? [...value]
        : Object.values(value);
  const own = value instanceof Map || value instanceof Set || Array.isArray(value) ? inside.length : 0;
  return inside.reduce<number>((sum, entry) => sum + contentOf(entry), own);
}

/** What may grow with the calls; the directory and the policy are the admin's. */
export const grownIn = ({ switchboard, monitoring, liveness, frontPanel }: World): number => {
  const { directory: _directory, ...calls } = switchboard;
  const { policy: _policy, ...sessions } = monitoring;
  return contentOf({ calls, sessions, liveness, frontPanel });
};
