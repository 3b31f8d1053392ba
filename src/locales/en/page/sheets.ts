import type { Tree } from '../../tree.js';

/** Sheets about what moderators have heard, on My page. */
export const sheets = {
  title: 'Evaluation sheets',
  about: ({ talkDays, keepDays, blockDays }: { talkDays: number; keepDays: number; blockDays: number }) =>
    `By the works agreement, a moderator may fill in a sheet after listening. Only its moderator, the member and whoever the member asks for a second opinion see it, no admin and no works council. Both say within ${talkDays} days that they have talked about it; otherwise it is deleted, and a moderator who has not held the talk may not listen to that member for ${blockDays} days. After ${keepDays} days it is deleted in any case.`,
  none: 'There is no sheet that concerns you.',
  open: 'Open',
  close: 'Close',
  sheetAbout: ({ member, ended }: { member: string; ended: string }) => `Sheet about ${member}, call until ${ended}`,
  mine: ({ moderator, ended }: { moderator: string; ended: string }) =>
    `Sheet by ${moderator} about you, call until ${ended}`,
  wanted: ({ member, ended }: { member: string; ended: string }) =>
    `${member} asks for your second opinion, call until ${ended}`,
  possible: 'Calls that you have listened to',
  possibleCall: ({ member, ended }: { member: string; ended: string }) => `${member}, until ${ended}`,
  fill: 'Fill in a sheet',
  fillAbout: ({ member, ended }: { member: string; ended: string }) =>
    `Fill in a sheet about ${member}, call until ${ended}`,
  make: 'Make the sheet',
  made: 'The sheet is there, and the member sees it. Talk about it soon.',
  makeAbout: 'The member sees it at once. It cannot be changed any more.',
  answer: {
    yes: 'yes',
    no: 'no',
    least: '1 (not at all)',
    most: '5 (entirely)',
    open: 'cannot tell',
  },
  item: 'What was asked',
  answered: 'Answer',
  secondAnswer: 'Second opinion',
  purpose: 'Purpose',
  talk: 'Talk',
  talkOpen: ({ until }: { until: string }) => `Not held yet. If it is not by ${until}, the sheet is deleted.`,
  talkNoted: ({ until }: { until: string }) =>
    `The moderator says that you have talked. If the member does not confirm it by ${until}, the sheet is deleted.`,
  talkWord: ({ until }: { until: string }) =>
    `The member says that you have talked. If the moderator does not note it by ${until}, the sheet is deleted.`,
  talkDenied: ({ until }: { until: string }) =>
    `The member says that you have not talked. If that does not change by ${until}, the sheet is deleted, and the moderator is blocked.`,
  talkHeld: 'Both say that you have talked.',
  weTalked: 'We have talked about it',
  weDidNot: 'We have not talked about it',
  deleted: 'Deleted on',
  comment: 'Comment',
  commentOf: 'Comment of the member',
  objection: 'Objection',
  objectionOf: 'Objection of the member',
  objectionHint: 'What is wrong in your view. It stays with the sheet as long as that is there.',
  keep: 'Keep',
  kept: 'It is kept.',
  second: 'Second opinion',
  secondAbout:
    'Whoever you ask sees this sheet with your words, and fills in one of their own. It can be asked for once.',
  secondOf: ({ name }: { name: string }) => `${name} was asked.`,
  askSecond: 'Ask for it',
  asked: 'It is asked for.',
  giveSecond: 'Give the second opinion',
  given: 'The second opinion is given.',
  youAreBlocked: ({ member, until }: { member: string; until: string }) =>
    `Until ${until} you may not listen to ${member}: a talk about a sheet was not held.`,
  isBlocked: ({ moderator, until }: { moderator: string; until: string }) =>
    `Until ${until} ${moderator} may not listen to you: a talk about a sheet was not held.`,
} satisfies Tree;
