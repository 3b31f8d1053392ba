import type { Tree } from '../tree.js';

/** Moves of the page to another address or port. */
export const web = {
  nothingToConfirm: 'The page is where it was: there is nothing to confirm or to take back.',
  notYours: ({ by }: { by: string }) =>
    `Only ${by}, who has moved the page, can confirm that it is found here. You can take the move back.`,
  notThere:
    'The box is not served at the new place, so it cannot be confirmed. Take the move back, and choose another port or address.',
} satisfies Tree;
