/** What somebody may do with the box; one person can have several. */
export const roles = ['admin', 'moderator', 'member', 'council', 'read'] as const;
export type Role = (typeof roles)[number];
