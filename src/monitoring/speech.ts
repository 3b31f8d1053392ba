import type { ExtensionNumber } from '../primitives/ids.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Utterance } from '../switchboard/audio.js';
import type { Party } from '../switchboard/state.js';
import type { Target } from './permission.js';
import { extensionOf } from './permission.js';
import type { Mode } from './profile.js';
import type { RefusalReason } from './records.js';

export const prompt = (name: PromptName): Utterance => ({ kind: 'prompt', name });

const confirm: Utterance = { kind: 'tone', name: 'confirm' };

const refusalPrompts: Record<RefusalReason, PromptName> = {
  recordUnavailable: 'not-available',
  settingsLost: 'not-available',
  agreementLost: 'not-available',
  endedByButton: 'ended-by-button',
  licenceMissing: 'licence-missing',
  licenceInvalid: 'licence-invalid',
  licenceExpired: 'licence-expired',
  licenceTier: 'licence-tier',
  licenceClock: 'licence-clock',
  licenceUnread: 'not-available',
  wrongPin: 'wrong-pin',
  lockedOut: 'locked-out',
  notModerator: 'not-permitted',
  pinChanged: 'not-permitted',
  accessEnded: 'not-permitted',
  profileOff: 'profile-off',
  outsideHours: 'outside-hours',
  noSuchMember: 'no-such-member',
  notInGroup: 'not-permitted',
  noConsent: 'not-permitted',
  excluded: 'excluded',
  privateCall: 'excluded',
  ownCall: 'not-permitted',
  notEncrypted: 'not-encrypted',
  notLetIn: 'not-let-in',
  memberHasNoCall: 'member-has-no-call',
  noLiveCall: 'no-live-call',
  noOtherCall: 'no-other-call',
  quotaUsedUp: 'quota-used-up',
  notAgreed: 'not-agreed',
  outsidePeriod: 'outside-period',
  noPurpose: 'no-purpose',
  drawOnly: 'draw-only',
  drawStands: 'draw-stands',
  talkMissing: 'talk-missing',
  agreedCallsUsedUp: 'quota-used-up',
  agreedMembersUsedUp: 'quota-used-up',
  callLimit: 'limit-reached',
  boxLimit: 'limit-reached',
  tooManyPins: 'limit-reached',
  interventionNotAllowed: 'mode-not-allowed',
  modeNotAllowed: 'not-agreed',
  noPhone: 'not-available',
  notAnswered: 'not-available',
  alreadyAsked: 'not-available',
};

const refuse: Utterance = { kind: 'tone', name: 'refuse' };

export const refusalSpeech = (reason: RefusalReason): readonly Utterance[] => [refuse, prompt(refusalPrompts[reason])];

/** Somebody else has ended the monitor. */
export const dismissalSpeech: readonly Utterance[] = [refuse, prompt('ended-by-others')];

/** The moderator does not take over, though it was asked for and not refused. */
export const takeOverLost: readonly Utterance[] = [{ kind: 'tone', name: 'refuse' }, prompt('mode-take-over')];

const modePrompts: Record<Mode, PromptName> = { listen: 'mode-listen', whisper: 'mode-whisper', barge: 'mode-barge' };

export const modeSpeech = (mode: Mode): readonly Utterance[] => [confirm, prompt(modePrompts[mode])];

/** Names the member and the party that the member talks to. */
export function targetSpeech({ member, other }: Target): readonly Utterance[] {
  return [
    prompt('listening-to'),
    prompt('extension'),
    { kind: 'digits', digits: member },
    prompt('talking-to'),
    ...partySpeech(other),
  ];
}

function partySpeech(party: Party): readonly Utterance[] {
  const who = prompt(extensionOf(party) === undefined ? 'outside-caller' : 'extension');
  return party.number === '' ? [who] : [who, { kind: 'digits', digits: party.number }];
}

/** Asks somebody in a call whether this moderator may listen, until they have answered. */
export const admissionSpeech = (moderator: ExtensionNumber): readonly Utterance[] => [
  { kind: 'tone', name: 'notice' },
  prompt('extension'),
  { kind: 'digits', digits: moderator },
  prompt('asks-to-listen'),
  { kind: 'pause', ms: 5000 },
];

/** Said to the moderator who helps, in place of the mode alone. */
export const helpSpeech = ({ member }: Target, mode: Mode): readonly Utterance[] => [
  confirm,
  prompt('extension'),
  { kind: 'digits', digits: member },
  prompt('asks-for-help'),
  prompt(modePrompts[mode]),
];

/** Said to a member who has asked for help in vain. */
export const nobodyHelpedSpeech: readonly Utterance[] = [{ kind: 'tone', name: 'notice' }, prompt('nobody-helped')];

/** Said when monitoring starts or moves on; short, to mask little of the call. */
export function joinSpeech({ member }: Target): readonly Utterance[] {
  return [confirm, prompt('extension'), { kind: 'digits', digits: member }];
}
