import type { Tree } from '../tree.js';

/** Calls and monitors that run. */
export const live = {
  noSuchCall: ({ call }: { call: number }) => `There is no call ${call} any more. Show the calls anew.`,
  noSuchMonitor: ({ session }: { session: number }) =>
    `There is no monitor ${session} any more, or none that you may end. Show the monitors anew.`,
  emergency: 'This call goes to the emergency services, or may do so: it can be ended only by those who talk.',
  noExtension: 'You have no extension here, so there is no call of yours. An admin can enter it with your user.',
  noRestart: 'No restart is waiting, or it has begun. Nothing has been called off.',
  title: ({ who }: { who: string }) => `Listening ${who}`,
  pinNeeded: 'Give the PIN with which you listen. It is asked for once after you have signed in.',
  noProfile: 'Nobody can listen here yet: there is no profile. An admin can make one.',
  noSuchProfile: ({ profile }: { profile: string }) => `There is no profile ${profile}.`,
  noBrowser:
    'This box cannot play calls in a browser: the Debian package janus is missing on it. Listen at your telephone.',
  browserFailed:
    'The call could not be brought to the browser, as happens where the box is in no network at all. Try again in a moment, or listen at your telephone.',
  browsersTaken: 'As many as possible listen in browsers already. Listen at your telephone.',
  refused: {
    recordUnavailable: 'Nobody can listen: the audit record cannot be written. Tell an admin.',
    settingsLost: 'Nobody can listen: the settings of the box cannot be used. Tell an admin.',
    agreementLost: 'Nobody can listen: the works agreement is not as the box left it. Tell an admin.',
    endedByButton: 'Nobody can listen for a while: the button of the box was pressed.',
    licenceMissing: 'Nobody can listen: there is no licence. An admin can enter one.',
    licenceInvalid: 'Nobody can listen: the licence is not valid here. An admin can enter another one.',
    licenceExpired: 'Nobody can listen: the licence has expired. An admin can enter a new one.',
    licenceTier: 'Nobody can listen: the licence covers too few extensions. An admin can enter a larger one.',
    licenceClock: 'Nobody can listen: the clock of the box is not right. Tell an admin.',
    profileOff: 'The profile is switched off. An admin can switch it on.',
    outsideHours: 'Listening is permitted at other hours only.',
    notModerator: 'You are not a moderator of this profile. An admin can add your extension to its moderators.',
    pinChanged: 'Your PIN was changed or taken away. An admin can tell you why, and give you another one.',
    accessEnded:
      'Whoever asked for it may not listen any more: the user was changed, or the token was revoked. Sign in again, or ask an admin.',
    noSuchMember: 'There is no such extension.',
    notInGroup: 'This extension is not one of those that you may listen to.',
    noConsent: 'One of the two has not agreed to be listened to.',
    excluded: 'One of the two is excluded from listening for good.',
    privateCall: 'One of the two keeps the call private.',
    ownCall: 'This is your own call.',
    notEncrypted:
      'This call is encrypted: you can listen only on a telephone that encrypts, in the browser, or at the box itself. An admin can set up the encryption of your extension.',
    notLetIn: 'You were not let in. Nothing of the call was heard.',
    wrongPin: 'The PIN is wrong. Try again: after a few wrong ones you have to wait.',
    lockedOut: 'There were too many wrong PINs. Wait before you try again.',
    memberHasNoCall: 'The member has no call at the moment.',
    noLiveCall: 'There is no such call any more.',
    noOtherCall: 'There is no other call that you may listen to.',
    quotaUsedUp: 'The calls of this member that may be listened to in a month are used up.',
    notAgreed: 'The works agreement does not let you listen to everybody in this call.',
    outsidePeriod: 'Listening is allowed only in announced periods, and for somebody in this call none is running now.',
    noPurpose: 'Name one of the purposes that stand in the works agreement.',
    agreedCallsUsedUp:
      'The calls of this member that may be listened to in a month by the works agreement are used up.',
    agreedMembersUsedUp: 'As many members as agreed on have been listened to this month already.',
    callLimit: 'As many moderators as allowed listen to this call already.',
    boxLimit: 'As many moderators as allowed listen already.',
    tooManyPins: 'Too many PINs are being compared. Try again in a moment.',
    interventionNotAllowed: 'The profile does not allow this.',
    modeNotAllowed: 'The works agreement does not allow this.',
    noPhone:
      'None of your telephones is registered with the box. Switch one on, and wait until it has registered. “Listen here” on the page needs no telephone.',
    notAnswered: 'You did not answer the call. Try again.',
    alreadyAsked: 'You are being called already, or listen. End that first.',
  },
} satisfies Tree;
