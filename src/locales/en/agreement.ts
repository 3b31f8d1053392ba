import type { Tree } from '../tree.js';

/** What employer and works council have signed about listening. */
export const agreement = {
  lost: 'What the box keeps of the works agreement is not as it left it, so nobody may listen. Put the signed document in force again that was in force last (modcall agreement put).',
  keptUnrecorded:
    'This is kept, but the audit record cannot be written at the moment. It takes effect at the latest when that can be written again. Make room on the disk of the box, or look into its log; do not do it again.',
  none: 'No works agreement is in force on this box: the settings, which an admin can change alone, decide about listening.',
  inForce: ({ version, hash }: { version: number; hash: string }) =>
    `Works agreement no. ${version} is in force. Its hash, to be compared with that of your copy: ${hash}`,
  sound: ({ documents }: { documents: number }) =>
    documents === 0
      ? 'No works agreement was ever in force.'
      : `Each works agreement (${documents} so far) came into force by right, and the last one is in force.`,
  notSound: ({ version }: { version: number }) =>
    `Works agreement no. ${version} is not there as it has to be: it is gone, was changed, or does not bear the signatures that it needed. Compare your copy with it.`,
  noPeriods: 'There is nothing to announce: no works agreement is in force that asks for announced periods.',
  notADocument:
    'This is not a works agreement. Save what the box shows (modcall agreement show --json) in a file, and sign that.',
  notAKey: 'This is not a key of employer or works council. Choose the file that “modcall agreement make-key” wrote.',
  wrongPassphrase: 'The passphrase is wrong, or the key was changed. Nothing was signed.',
  noSuchPeriod: ({ period }: { period: number }) =>
    `There is no announced period ${period}, or it is over. Show the periods anew.`,
  refused: {
    isInForce: 'What it says is in force already.',
    olderVersion:
      'A works agreement of this number, or of a later one, was in force already, and no older one comes back. Propose a new one.',
    notNext: 'Its number is not the next one. Propose it anew, so that the box numbers it.',
    notFollowing: 'It does not follow on the works agreement in force. Propose it anew.',
    unsigned: 'It bears no sound signature of the employer or the works council. Sign it first.',
    needsBoth:
      'It allows something that is not allowed now, so it needs the signatures of both, employer and works council. Have the other one sign it, too.',
    badSignature:
      'The signature is not one of this document by this key. Sign the document that is proposed, with the right key.',
    periodTooSoon: ({ daysAhead }: { daysAhead: number }) =>
      `The period begins too soon: at least ${daysAhead} days have to lie before it. Choose a later beginning.`,
    periodTooLong: ({ mostDays }: { mostDays: number }) =>
      `The period is too long: ${mostDays} days at most are agreed on. Choose an earlier end.`,
    periodTooClose: ({ gapDays, member }: { gapDays: number; member: string }) =>
      `The period is too close to another one of ${member}: at least ${gapDays} days have to lie between two periods of the same member. Choose another time, or leave ${member} out.`,
    periodEmpty: 'The period ends before it begins. Choose a later end.',
  },
  noProposal: 'No document waits for signatures. Propose one first.',
  tooManyPeriods: ({ most }: { most: number }) =>
    `There are ${most} announced periods already. Withdraw some, or wait until some are over.`,
} satisfies Tree;
