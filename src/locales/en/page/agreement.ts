import type { Tree } from '../../tree.js';

/** What the page tells of the works agreement. */
export const agreement = {
  ownPeriods: 'When I may be listened to',
  period: ({ from, to, announced }: { from: string; to: string; announced: string }) =>
    `From ${from} to ${to}, announced on ${announced}.`,
} satisfies Tree;
