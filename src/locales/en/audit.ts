import type { Tree } from '../tree.js';

interface Place {
  readonly line: number;
  readonly seq: number;
}

interface ExportedRecord {
  readonly path: string;
  readonly created: string;
  readonly hardwareId: string | null;
  readonly entries: number;
  readonly last: string | null;
  readonly key: string | null;
}

/** The audit record: what stands in it, and whether it is as it was written. */
export const audit = {
  empty: ({ folder }: { folder: string }) => `The audit record in ${folder} is empty.`,
  sound: ({ folder, entries, last, key }: { folder: string; entries: number; last: string; key: string | null }) =>
    [
      `The audit record in ${folder} is as it was written: ${entries === 1 ? 'one entry' : `${entries} entries`}, the last of ${last}.`,
      `It is signed by the key ${key} of the box. Compare that with what you noted when the box was installed.`,
      'What the box alone cannot notice: an older copy of its whole data folder, and changes by whoever can read its key.',
      'To guard against both, keep a copy of the number and date above elsewhere.',
    ].join('\n'),
  notAnExport: ({ path }: { path: string }) =>
    `${path} is not an exported audit record. Export it anew (modcall audit export --output FILE), and transfer it as it is.`,
  exportSound: ({ path, created, hardwareId, entries, last, key }: ExportedRecord) =>
    [
      `${path} is what the box ${hardwareId ?? '(hardware ID unknown)'} exported at ${created}: ${entries === 1 ? 'one entry' : `${entries} entries`}${last === null ? '' : `, the last of ${last}`}.`,
      `It is signed by the key ${key} of the box. Compare that with what you noted when the box was installed.`,
    ].join('\n'),
  exportNotSound: ({ path }: { path: string }) =>
    `${path} is not what a box exported, or the record was damaged before. Keep it as it is, and export the record anew to compare.`,
  notSound: 'The audit record is not as it was written. Keep the data folder as it is and compare it with a backup.',
  breach: {
    changed: ({ line, seq }: Place) => `Line ${line}: entry ${seq} was changed.`,
    replaced: ({ line, seq }: Place) => `Line ${line}: entry ${seq}, or one before it, was replaced by another.`,
    missing: ({ line, seq, count }: Place & { count: number }) =>
      `Line ${line}: entries are missing, ${count} from number ${seq} on.`,
    order: ({ line, seq }: Place) => `Line ${line}: entries are in another order or repeated (entry ${seq}).`,
    tailCut: ({ seq, count }: { seq: number; count: number }) =>
      `The end was cut off: entries are missing, ${count} from number ${seq} on.`,
    anchorMissing:
      'The marker for the end of the record (audit.anchor.json, and identity/audit.head.json) is gone or unreadable.',
    anchorForged:
      'The marker for the end of the record is not signed by this box: it was written by somebody else, and perhaps the record with it.',
    foreign: ({ line, seq }: { line: number; seq: number }) =>
      `Line ${line}: entry ${seq} was not written by this box.`,
    olderCopy: ({ seq }: { seq: number }) =>
      `The record ends with entry ${seq}, and the box has written more since: an older copy of it was put back.`,
    keyDamaged:
      "The file in place of the box's public key (identity/box-key.pub) is not a key, so it cannot be checked whether the box signed the record. Start Modcall, which makes the file again from its key, and verify then.",
    keyMissing: 'The key of the box (identity/box-key.pub), with which the record was signed, is gone.',
    exportForged:
      'The first line of the file is not signed with the key that stands in it: the file was changed after it had been exported.',
    reported: ({ seq }: { seq: number }) =>
      `Entry ${seq}: the box itself found at a start that the record was not as it had left it.`,
  },
  fact: {
    callHungUp: 'somebody ended a call from outside it',
    monitorEnded: 'somebody ended a monitor from outside it',
    settingsChanged: 'the settings were changed',
    signInFailed: 'somebody could not sign in',
    adminClaimed: 'somebody became admin with the one-time code',
    userSet: 'a user was created or changed',
    userRemoved: 'a user was removed',
    passwordChanged: 'a password was changed',
    secondFactorSet: 'a second factor was set up',
    secondFactorRemoved: 'a second factor was removed',
    tokenCreated: 'a token was created',
    tokenRevoked: 'a token was revoked',
    certificateInstalled: 'a certificate was installed',
    certificateRemoved: 'a certificate was removed',
    licenceEntered: 'a licence key was entered',
    identityBackedUp: 'a backup of the identity was made',
    auditExported: 'the audit record was exported',
    licenceRemoved: 'the licence key was removed',
    backupMade: 'a backup was made',
    backupScheduled: 'daily backups were switched on',
    backupScheduleRemoved: 'daily backups were switched off',
    boxStarted: 'Modcall started',
    boxStopped: 'Modcall stopped',
    restartOrdered: 'a restart of the box was ordered',
    settingsLost: 'the settings could not be used',
    settingsFound: 'there are good settings again',
    adminPasswordReset: 'the button was held to reset the admin password',
    tornTail: 'an entry torn by a power cut was set aside',
    recordResumed: 'the record can be written again',
    recordDamaged: 'the record was found damaged',
    attempt: 'someone asked to monitor',
    identified: 'a moderator was identified',
    refused: 'refused',
    started: 'monitoring started',
    told: 'one of the two was notified',
    modeChanged: 'mode changed',
    takingOver: 'a moderator takes over the call',
    followChanged: 'following changed',
    ended: 'monitoring ended',
    dialogueEnded: 'the dialogue ended',
  },
  detail: {
    note: 'note',
    changes: 'changes',
    more: 'more changes',
    user: 'user',
    source: 'from',
    unrecorded: 'before that, not recorded',
    by: 'by',
    byKind: 'as',
    roles: 'roles',
    token: 'token',
    fingerprint: 'fingerprint',
    keyNumber: 'key number',
    place: 'place',
    session: 'session',
    profile: 'profile',
    caller: 'caller',
    moderator: 'moderator',
    member: 'member',
    reason: 'reason',
    noticeMember: 'notice to the member',
    noticeOther: 'notice to the other party',
    party: 'who',
    notice: 'notice',
    mode: 'mode',
    follow: 'follows',
    seconds: 'seconds',
    call: 'call',
    other: 'other party',
    version: 'version',
    when: 'when',
    instead: 'in use instead',
    key: 'key of the box',
    file: 'file',
    bytes: 'bytes',
    problem: 'problem',
    hadPassword: 'there was a password',
    since: 'since',
    late: 'entries written late',
    lost: 'entries lost',
  },
  reason: {
    recordUnavailable: 'the audit record cannot be written',
    settingsLost: 'the settings of the box cannot be used',
    endedByButton: 'the button was pressed',
    licenceMissing: 'there is no licence',
    licenceInvalid: 'the licence is not valid here',
    licenceExpired: 'the licence has expired',
    licenceTier: 'the licence covers too few extensions',
    licenceClock: 'the clock of the box is not right',
    profileOff: 'the profile is switched off',
    outsideHours: 'outside the permitted hours',
    wrongPin: 'wrong PIN',
    lockedOut: 'locked after wrong PINs',
    notModerator: 'not a moderator of this profile',
    noSuchMember: 'no such extension',
    notInGroup: 'not in the group of members',
    noConsent: 'one of the two did not agree',
    excluded: 'excluded from monitoring for good',
    ownCall: 'the moderator’s own call',
    memberHasNoCall: 'the member has no call',
    noLiveCall: 'there is no live call',
    noOtherCall: 'there is no other call',
    quotaUsedUp: 'the quota of the month is used up',
    callLimit: 'too many moderators in this call',
    boxLimit: 'too many monitors on this box',
    tooManyPins: 'too many PINs were waiting to be checked',
    interventionNotAllowed: 'the profile does not allow this mode',
    endedByAdmin: 'an admin ended it',
    endedByCouncil: 'the works council ended it',
    endedByMember: 'one of the two who were listened to ended it',
    moderatorHungUp: 'the moderator hung up',
    peerSilent: 'the moderator’s phone did not answer any more',
    boxStopped: 'the box stopped',
    moderatorLeft: 'the moderator left the call',
    moderatorSwitched: 'the moderator went on to another call',
    callEnded: 'the call ended',
    transferred: 'the member was connected to somebody else',
    tookOver: 'the moderator took over the call',
  },
  mode: {
    listen: 'listen',
    whisper: 'whisper',
    barge: 'barge in',
  },
  problem: {
    anchorMissing: 'its anchor was missing',
    anchorUnreadable: 'its anchor could not be read',
    anchorForged: 'its anchor was not signed by this box',
    keyMissing: 'the key with which it was signed was gone',
    tailCut: 'entries at its end were missing',
    changed: 'its last entries had been changed',
    foreignEntries: 'entries at its end were not written by this box',
    olderCopy: 'it was an older copy of itself',
  },
  notice: {
    none: 'none',
    toneAtStart: 'tone at the start',
    toneEvery: 'tone every',
    announcement: 'announcement',
  },
  clock: { behind: 'the clock was behind', notSet: 'the clock was not set' },
  yes: 'yes',
  no: 'no',
} satisfies Tree;
