/** What somebody may do with the box; one person can have several. */
export const roles = ['admin', 'moderator', 'member', 'council', 'read'] as const;
export type Role = (typeof roles)[number];

/** Without an extension there is no call that would be theirs, nor anybody who could listen. */
export const needsExtension = (role: Role): boolean => role === 'member' || role === 'moderator';

/** Whether a token of somebody with the roles `own` may have this one: admins may do all that `read` may. */
export const mayPassOn = (own: readonly Role[], role: Role): boolean =>
  own.includes(role) || (role === 'read' && own.includes('admin'));
