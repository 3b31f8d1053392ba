import type { Tree } from '../tree.js';

/** What stands on a phone, and what goes wrong when it is to fetch its configuration. */
export const phone = {
  listening: 'Listening',
  cannotBeTold: 'An app cannot be told to fetch its configuration: fetch it there by hand, or start the app anew.',
  notRegistered: 'The phone is not registered, so it cannot be told. Switch it on: it fetches its configuration then.',
  didNotAgree: 'The phone did not answer, or did not agree. Restart it: it fetches its configuration then.',
} satisfies Tree;
