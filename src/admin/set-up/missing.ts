import type { Settings } from '../../store/settings/settings-schema.js';

/** What somebody still has to set up, in the order in which one rests on the other; but for the country, nobody can listen without it. */
export const setUpParts = ['country', 'phones', 'moderator', 'profile', 'licence'] as const;
export type SetUpPart = (typeof setUpParts)[number];

export function missingIn(
  { country, extensions, analogPhones, profiles }: Settings,
  isLicensed: boolean,
): readonly SetUpPart[] {
  const atTheBox = new Set(analogPhones.map(({ extension }) => extension));
  const isThere: Readonly<Record<SetUpPart, boolean>> = {
    country: country !== 'unknown',
    phones: extensions.some(({ number }) => !atTheBox.has(number)),
    moderator: extensions.some(({ pin }) => pin !== null),
    profile: profiles.length > 0,
    licence: isLicensed,
  };
  return setUpParts.filter((part) => !isThere[part]);
}
