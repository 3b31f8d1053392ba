import type { Tree } from '../tree.js';

/** What employer and works council have signed about listening. */
export const agreement = {
  lost: 'What the box keeps of the works agreement is not as it left it, so nobody may listen. Put the signed document in force again that was in force last (modcall agreement put).',
  none: 'There is no works agreement on this box yet.',
  noProposal: 'No document waits for signatures. Propose one first.',
  tooManyPeriods: ({ most }: { most: number }) =>
    `There are ${most} announced periods already. Withdraw some, or wait until some are over.`,
} satisfies Tree;
