/** What a group has that matters here. */
interface Group {
  readonly id: string;
  readonly name: string;
  readonly number: string | null;
  readonly members: readonly string[];
}

/** The groups that the profile is made of afterwards. */
export const moderatorsGroup = 'moderators';
export const membersGroup = 'members';

/** Who listens, and to whom. */
export interface Chosen {
  readonly moderator: string;
  readonly members: readonly string[];
  readonly moderatorsName: string;
  readonly membersName: string;
}

/** Both groups as they are to be. Nobody who moderates already stops doing so, and what else a group has stays. */
export function groupsOf(groups: readonly Group[], { moderator, members, moderatorsName, membersName }: Chosen) {
  const before = (id: string) => groups.find((group) => group.id === id);
  const leading = before(moderatorsGroup);
  return {
    moderators: {
      ...{ id: moderatorsGroup, name: moderatorsName, ...leading },
      members: [...new Set([...(leading?.members ?? []), moderator])],
    },
    members: { id: membersGroup, ...before(membersGroup), name: membersName, members: [...members] },
  };
}

interface Parts {
  readonly groups: readonly Pick<Group, 'id'>[];
  readonly profiles: readonly unknown[];
}

/** Whether it was said who listens to whom: from then on that is changed among the people. */
export const hasModerators = ({ groups, profiles }: Parts): boolean =>
  profiles.length > 0 || [moderatorsGroup, membersGroup].every((id) => groups.some((group) => group.id === id));
