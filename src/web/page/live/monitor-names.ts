import type { Monitor } from './sources.js';

/** Who listens to whom, by number and name. */
export const namesOf = ({ moderator, moderatorName, member, memberName }: Monitor) => ({
  moderator: `${moderator} ${moderatorName}`.trim(),
  member: `${member} ${memberName}`.trim(),
});
