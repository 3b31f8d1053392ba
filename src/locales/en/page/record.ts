import type { Tree } from '../../tree.js';

/** The place Record of the page. */
export const record = {
  about: 'Who listened to whom, and who has changed what: signed, and never changed afterwards.',
  aboutOwn: 'What was about you, once it is over.',
  moderator: 'Moderator',
  member: 'Member',
  search: 'Search',
  searching: 'Searching …',
  none: 'There are no such entries.',
  number: 'No.',
  time: 'Time',
  what: 'What happened',
  older: 'Older entries',
  verify: 'Verify the record',
  verifying: 'Reading the whole record. Calls do not wait for it …',
  sound: ({ entries, moment }: { entries: number; moment: string }) =>
    `The record is sound: ${entries} entries without a gap, the last one of ${moment}.`,
  broken: 'The record is not sound.',
  export: 'Export, signed',
} satisfies Tree;
