import type { Settings } from '../../store/settings/settings-schema.js';

/** Two extensions whose places the phones of a demonstration can take. */
export interface DemoPair {
  readonly caller: string;
  readonly callee: string;
}

/**
 * Two who can be heard to talk: both agreed to be listened to, one is a member, and neither moderates, is at the box itself or has a phone.
 * Null where there are none.
 * @param registered Extensions that have a phone.
 */
export function demoPairIn(
  { extensions, analogPhones, groups, profiles, exclusions }: Settings,
  registered: ReadonlySet<string>,
): DemoPair | null {
  const membersOf = (id: string) => groups.find((group) => group.id === id)?.members ?? [];
  const members = new Set(profiles.filter(({ enabled }) => enabled).flatMap((profile) => membersOf(profile.members)));
  const taken = new Set([...analogPhones.map(({ extension }) => extension), ...exclusions.extensions, ...registered]);
  const free = extensions
    .filter(({ number, consents, pin }) => consents && pin === null && !taken.has(number))
    .map(({ number }) => number);
  const caller = free.find((number) => members.has(number));
  const callee = free.find((number) => number !== caller);
  return caller === undefined || callee === undefined ? null : { caller, callee };
}
