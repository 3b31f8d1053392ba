import type { Settings } from '../../store/settings/settings-schema.js';

/** What somebody still has to set up, in the order in which one rests on the other; but for the country, nobody can listen without it. */
export const setUpParts = ['country', 'phones', 'moderator', 'profile', 'licence'] as const;
export type SetUpPart = (typeof setUpParts)[number];

/** One who listens, and one who is listened to. */
const fewestPhones = 2;

export function missingIn({ country, extensions, profiles }: Settings, isLicensed: boolean): readonly SetUpPart[] {
  const isThere: Readonly<Record<SetUpPart, boolean>> = {
    country: country !== 'unknown',
    phones: extensions.length >= fewestPhones,
    moderator: extensions.some(({ pin }) => pin !== null),
    profile: profiles.length > 0,
    licence: isLicensed,
  };
  return setUpParts.filter((part) => !isThere[part]);
}
