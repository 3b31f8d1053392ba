/** The three who may be in a call. */
export const roles = ['member', 'customer', 'moderator'] as const;
export type Role = (typeof roles)[number];

/** What a moderator does in a call; `plain` is a call without one. */
export const modes = ['plain', 'listen', 'whisper', 'barge'] as const;
export type Mode = (typeof modes)[number];
export type MonitorMode = Exclude<Mode, 'plain'>;

/** Whom each role hears. */
export function heardBy(mode: Mode): Record<Role, readonly Role[]> {
  return {
    member: mode === 'whisper' || mode === 'barge' ? ['customer', 'moderator'] : ['customer'],
    customer: mode === 'barge' ? ['member', 'moderator'] : ['member'],
    moderator: ['member', 'customer'],
  };
}

const firstNumbers: Record<Role, number> = { member: 1001, customer: 2001, moderator: 3001 };

/** The number of a phone, counted from 0, in every system under test; up to 1000 of each role. */
export function numberOf(role: Role, index: number): string {
  return String(firstNumbers[role] + index);
}
