import type { Tree } from '../tree.js';

/** Forwarding and do not disturb. */
export const handling = {
  refused: 'Calls cannot be forwarded like this. Nothing has changed.',
  noExtension: 'You have no extension here, so there are no calls of yours. An admin can enter it with your user.',
  noSuchExtension: ({ extension }: { extension: string }) => `There is no extension ${extension}.`,
  notKept:
    'This counts, but could not be saved: after a restart it is as it was before. Make room on the disk, and change it again.',
  fault: {
    noSuchNumber: {
      reason: 'leads nowhere',
      remedy: 'Enter the number as you would dial it at this extension, with the digit for an outside line.',
    },
    incomplete: { reason: 'is not complete', remedy: 'Enter the number as you would dial it at this extension.' },
    forbidden: {
      reason: 'is not a number that calls can be forwarded to',
      remedy: 'Enter an extension, a group or an outside number: no emergency number, service number or code.',
    },
    circle: {
      reason: 'brings the calls back to this extension',
      remedy: 'Enter another number, or end the forwarding there first.',
    },
  },
} satisfies Tree;
