import { membersOf, type Settings } from './set-up-data.js';

/** Too few have agreed to be listened to for a call inside the office. */
export interface LackingAgreement {
  /** The only one who has; null where nobody has who is listened to at all. */
  readonly only: string | null;
}

/** Null where enough have agreed. */
export function lackingAgreement(settings: Settings): LackingAgreement | null {
  const { extensions, profiles, exclusions } = settings;
  const members = profiles.flatMap((profile) => membersOf(settings, profile.members));
  const moderators = profiles.flatMap((profile) => membersOf(settings, profile.moderators));
  const agreed = extensions.filter(
    ({ number, consents }) => consents && !moderators.includes(number) && !exclusions.extensions.includes(number),
  );
  if (!agreed.some(({ number }) => members.includes(number))) return { only: null };
  const [only, ...others] = agreed;
  return only && others.length === 0 ? { only: `${only.number} ${only.name}` } : null;
}
