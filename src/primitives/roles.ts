/** What somebody may do with the box; one person can have several. */
export const roles = ['admin', 'moderator', 'member', 'council', 'read'] as const;
export type Role = (typeof roles)[number];

/** Whether a token of somebody with the roles `own` may have this one: admins may do all that `read` may. */
export const mayPassOn = (own: readonly Role[], role: Role): boolean =>
  own.includes(role) || (role === 'read' && own.includes('admin'));
