import type { Tree } from '../tree.js';

/** Sheets about what moderators have heard. */
export const evaluation = {
  notAgreed: 'No works agreement is in force that allows evaluation sheets.',
  nobody:
    'Sheets are seen only by those whom they concern. Sign in on the page as the person who has the extension; programs, and whoever sits at the box, see none.',
  noSuchSheet: ({ sheet }: { sheet: number }) =>
    `There is no sheet ${sheet} that concerns you, or it is deleted. Show your sheets anew.`,
  noSuchMonitor:
    'About this call you cannot make a sheet: you have not listened to it as a moderator, that was too long ago, there is or was one, the member had asked for help or ended it, the user of one of you was set up or changed since, or you may not listen to the member at present.',
  memberLogin: ({ extension }: { extension: string }) =>
    `Exactly one user has to be able to sign in for extension ${extension}: nobody else could see the sheet, or somebody else could, too. An admin can set that up.`,
  secondLogin: ({ extension }: { extension: string }) =>
    `Exactly one user has to be able to sign in for extension ${extension}, so that nobody else sees the sheet. Ask somebody else, or an admin to set that up.`,
  unreadable:
    'The sheets cannot be read at present: the disk does not give them, or a newer Modcall has written them. None is lost by that. Try again later, or tell an admin.',
  tooMany: ({ most }: { most: number }) => `There are ${most} sheets already. Wait until some are deleted.`,
  refused: {
    notForYou: 'That is not for you to do with this sheet.',
    talkIsHeld: 'You have confirmed the talk already; that stays so.',
    secondIsAsked: 'A second opinion was asked for already.',
    notASecond: 'This person cannot be asked for a second opinion. Choose one of those that are offered.',
    isGiven: 'The second opinion was given already; it stays as it is.',
    answers: 'Answer each item of the sheet.',
  },
} satisfies Tree;
