import type { AgreedQuotaRefusal, AgreementBarrier } from '../agreement/decision.js';
import type { CallId, ExtensionNumber, ProfileId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { Lockouts } from './lockout.js';
import type { Mode } from './profile.js';

/** How a licence, or its lack, closes monitoring. `licenceUnread`: a slow disk has not given yet what it takes to check it. */
const licenceClosures = [
  'licenceMissing',
  'licenceInvalid',
  'licenceExpired',
  'licenceTier',
  'licenceClock',
  'licenceUnread',
] as const;
export type LicenceClosure = (typeof licenceClosures)[number];

/**
 * What closes monitoring for everybody. `settingsLost`: an older copy of the settings is in use, or what is left of them. `agreementLost`: what is
 * kept of the works agreement is not as the box left it.
 */
export type Closure = 'recordUnavailable' | 'settingsLost' | 'agreementLost' | 'endedByButton' | LicenceClosure;

/** What the licence closes monitoring with; null when it closes nothing. */
export function licenceClosureIn(closures: ReadonlySet<Closure>): LicenceClosure | null {
  return licenceClosures.find((closure) => closures.has(closure)) ?? null;
}

/** Whether the licence closes nothing. */
export function isLicensed(closures: ReadonlySet<Closure>): boolean {
  return licenceClosureIn(closures) === null;
}

/** What closes one profile for all its moderators. */
export type ProfileClosure = 'profileOff' | 'outsideHours';

/** Why a moderator may not listen to a member or a call, whichever it was that changed. */
export type Barrier =
  | 'notModerator'
  /** The PIN by which the moderator is known was changed or taken away. */
  | 'pinChanged'
  /** Whoever has asked to listen may not any more: the user, their password, role or extension is another, or the token is revoked. */
  | 'accessEnded'
  | 'noSuchMember'
  | 'notInGroup'
  | 'noConsent'
  | 'excluded'
  /** One of those in it keeps the call to themselves. */
  | 'privateCall'
  | 'ownCall'
  /** The sound of an encrypted call would travel in clear. */
  | 'notEncrypted'
  /** Somebody in the call has to let the moderator in, and has not. */
  | 'notLetIn'
  | AgreementBarrier;

/** Why a moderator is turned away. */
export type RefusalReason =
  | Closure
  | ProfileClosure
  | Barrier
  | 'wrongPin'
  | 'lockedOut'
  | 'memberHasNoCall'
  | 'noLiveCall'
  | 'noOtherCall'
  | 'quotaUsedUp'
  | AgreedQuotaRefusal
  | 'callLimit'
  | 'boxLimit'
  /** Too many PINs are waiting to be checked. */
  | 'tooManyPins'
  | 'interventionNotAllowed'
  /** The works agreement does not allow it, whatever the profile says. */
  | 'modeNotAllowed'
  /** The moderator has asked to be called, and no telephone of theirs is registered. */
  | 'noPhone'
  /** The moderator has asked to be called, and has not picked up. */
  | 'notAnswered'
  /** The moderator is being called already, or listens. */
  | 'alreadyAsked'
  /** The call that was drawn for the moderator goes on: until it is over there is no other draw. */
  | 'drawStands';

/** How somebody lets a moderator in: by keys in the call, by a code that they dial, or on their page. */
export type AdmissionWay = 'keys' | 'code' | 'page';

/** The same, on the page as which user. */
export type LetIn = { readonly way: Exclude<AdmissionWay, 'page'> } | { readonly way: 'page'; readonly by: string };

/** How a member asks for a moderator in their own call: by a code that they dial, or on their page as which user. */
export type HelpWay = { readonly way: 'code' } | { readonly way: 'page'; readonly by: string };

/** Where a moderator listens who is called: at their telephone, or in their browser. */
export type ListeningPlace = 'phone' | 'browser';

/**
 * What has ended a monitor from outside it: an admin, the works council, one of the two who were listened to, its moderator by other
 * means than the telephone, or that the browser in which it was heard cannot be reached any more, or its page is gone.
 */
export type Dismissal =
  | 'endedByAdmin'
  | 'endedByCouncil'
  | 'endedByMember'
  | 'moderatorLeft'
  | 'browserLost'
  | 'pageGone';

export type EndReason =
  | Closure
  | ProfileClosure
  /** The settings changed, one of the parties turned out to be somebody else, or a line is encrypted no more. */
  | Barrier
  | Dismissal
  | 'moderatorHungUp'
  | 'boxStopped'
  /** The moderator's phone no longer responds. */
  | 'peerSilent'
  | 'moderatorSwitched'
  | 'callEnded'
  /** The member now talks to somebody else, or waits to. */
  | 'transferred'
  | 'tookOver';

/** Why a moderator does not help, or no more, whom a member has asked for. */
export type HelpEnd =
  | EndReason
  | RefusalReason
  /** Another moderator has picked up first. */
  | 'helpedByOther';

/** How a draw has come to its end. */
export type DrawEnd =
  /** The call is over, and the moderator listened to it until then. */
  | 'callEnded'
  /** The call is over, and the moderator had left it before. */
  | 'moderatorLeft'
  /** The call is over, and the moderator has never listened to it. */
  | 'notHeard'
  /** Somebody in the call has not let the moderator in, has ended the listening, or does not want it for another reason. */
  | 'refused'
  /** The call is one that may not be listened to any more, or the listening was ended by the box, an admin or the council. */
  | 'barred'
  /** The box was killed or lost its power. */
  | 'boxStopped';

/** The entries of the audit record: every attempt, refusal, start, change and end. Never audio, never digits of a PIN. */
export type AuditFact = {
  /** Serial of the moderator's dialogue; joins the entries of one session. */
  readonly session: number;
  readonly profile: ProfileId;
  /** Where the moderator calls from: an extension, or `trunk/number` as it is shown there; `anonymous` when withheld. */
  readonly caller: string;
  /** What for, of what was agreed on; absent as long as none was named. */
  readonly purpose?: string;
} /** `on`: where the moderator wants to listen who has asked for it by a page or program, and `by` which user that was. */ & (
  | { readonly type: 'attempt'; readonly on?: ListeningPlace; readonly by?: string }
  | { readonly type: 'identified'; readonly moderator: ExtensionNumber }
  | {
      readonly type: 'refused';
      readonly reason: RefusalReason;
      readonly moderator: ExtensionNumber | null;
      readonly member: ExtensionNumber | null;
    }
  /** Those in the call are asked whether the moderator may listen; `letIn` follows for each who agrees, then `started`. */
  | ({ readonly type: 'admissionAsked' } & Watched)
  | ({ readonly type: 'letIn'; readonly extension: ExtensionNumber } & LetIn & Watched)
  /** Nobody was listened to. */
  | ({ readonly type: 'admissionEnded'; readonly reason: EndReason | RefusalReason } & Watched)
  /** A member has asked for a moderator in their call, and the telephones of this one ring: it is what the dialogue begins with. */
  | ({ readonly type: 'helpAsked'; readonly mode: Mode } & HelpWay & Watched)
  /** This moderator has picked up first; `started` follows, or `admissionAsked` where somebody else in the call is asked, too. */
  | ({ readonly type: 'helpGiven' } & Watched)
  /** The telephones ring no more. Nobody was listened to. */
  | ({ readonly type: 'helpEnded'; readonly reason: HelpEnd } & Watched)
  /** `wished`: the member has asked for it, so that it counts for no quota. */
  | ({
      readonly type: 'started';
      readonly noticeMember: string;
      readonly noticeOther: string;
      readonly wished?: true;
      /** Number of the entry by which the call was drawn; absent where it was chosen by hand. */
      readonly draw?: number;
    } & Watched)
  /**
   * Those who can be drawn, in their order. Hash and signature of this entry, which nobody knows before it is written, say which of them it is:
   * see `drawnIndex`.
   */
  | {
      readonly type: 'drawBegun';
      readonly moderator: ExtensionNumber;
      readonly candidates: readonly { readonly member: ExtensionNumber; readonly call: CallId }[];
    }
  /** `index`, from 0, of the candidates in the entry with the number `draw`. */
  | ({ readonly type: 'drawn'; readonly index: number } & Drawn)
  /** What became of it. */
  | ({ readonly type: 'drawEnded'; readonly outcome: DrawEnd } & Drawn)
  /** One of the parties has heard its notice in full; only then may it be listened to. */
  | ({ readonly type: 'told'; readonly party: 'member' | 'other'; readonly notice: string } & Watched)
  | ({ readonly type: 'modeChanged'; readonly mode: Mode } & Watched)
  /** Recorded before it is attempted; the `ended` that follows tells whether it succeeded. */
  | ({ readonly type: 'takingOver' } & Watched)
  | {
      readonly type: 'followChanged';
      readonly follow: boolean;
      readonly moderator: ExtensionNumber;
      readonly member: ExtensionNumber;
    }
  | ({
      readonly type: 'ended';
      readonly reason: EndReason /** Null where the end was not seen. */;
      readonly seconds: number | null;
    } & Watched)
  | { readonly type: 'dialogueEnded'; readonly moderator: ExtensionNumber | null }
);

/** The entry with those who can be drawn. */
export type DrawBegun = Extract<AuditFact, { readonly type: 'drawBegun' }>;

interface Drawn {
  readonly moderator: ExtensionNumber;
  readonly member: ExtensionNumber;
  readonly call: CallId;
  readonly draw: number;
}

interface Watched {
  readonly moderator: ExtensionNumber;
  readonly member: ExtensionNumber;
  readonly call: CallId;
  /** Extension or outside number the member talks to; `anonymous` when withheld. */
  readonly other: string;
}

/** What must survive a restart. */
export interface DurableRecords {
  readonly lockouts: Lockouts;
  readonly quotas: Quotas;
}

/** Everything that the box keeps over a restart. */
export interface KeptState extends DurableRecords {
  /** Until when the button keeps monitoring closed; null when it does not. */
  readonly privateUntil: Instant | null;
}

/** Monitored calls by profile and member within one month. */
export interface Quotas {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Keyed by `profile/extension`. */
  readonly used: Readonly<Record<string, number>>;
}
