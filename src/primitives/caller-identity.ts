/**
 * Where a trunk is told the number of who calls: in From, or beside an account in From as the identity that its network is to show, or that is
 * vouched for (RFC 3325).
 */
export const callerIdentities = ['from', 'preferred', 'asserted'] as const;
export type CallerIdentity = (typeof callerIdentities)[number];
