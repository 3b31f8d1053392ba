import type { Tree } from '../tree.js';

/** The call of the built-in phones. */
export const demoCall = {
  notHere: 'This board has no built-in phones. Call from one phone to another, and listen to that call.',
  tooFew:
    'The built-in phones need two extensions that agreed to be listened to and have no phone yet, one of them a member of a profile. Add them, or call from one phone to another.',
} satisfies Tree;
