import type { CallId, ExtensionNumber, LegId, ProfileId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { Language } from '../primitives/language.js';
import type { Instant } from '../primitives/time.js';
import type { Utterance } from '../switchboard/audio.js';
import type { Origin } from '../switchboard/dial-plan.js';
import type { MonitoringRequest } from '../switchboard/events.js';
import type { CallerId, Destination } from '../switchboard/leg-commands.js';
import type { Protections } from '../switchboard/protection.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import type { DrawnCall, KeptDraw } from './drawn-call.js';
import type { LocalTime, Mode, MonitoringPolicy, Notice, Profile } from './profile.js';
import type { QuotaUse } from './quota.js';
import type { AuditFact, Closure, ListeningPlace } from './records.js';

/** A call that a monitor is attached to. */
export interface Watch {
  readonly kind: 'call';
  readonly call: CallId;
  /** The member's own leg, which survives a transfer, so that the member can be followed by it. */
  readonly leg: LegId;
  /** The party that the member talks to. Anybody else is a new start, to be permitted and recorded again. */
  readonly otherLeg: LegId;
  /** The same party, as the audit record shows it. */
  readonly other: string;
  readonly since: Instant;
  readonly audio: WatchAudio;
  /** What each party must be told. */
  readonly notice: WatchNotice;
  /** The parties recorded as notified. */
  readonly told: readonly Role[];
  /** Whether those who had to be asked have let the moderator in. */
  readonly isLetIn: boolean;
}

/** One of our extensions in a call, whose person has not let the moderator in yet. */
export interface Undecided {
  readonly extension: ExtensionNumber;
  /** The `*` with which an answer may have begun; null while none is held back. */
  readonly star: HeldStar | null;
}

export interface HeldStar {
  /** On which it was keyed. */
  readonly leg: LegId;
  readonly at: Instant;
}

/** A moderator who waits to be let into a call. There is no sound in it, so none can reach them. */
export interface Asking {
  readonly kind: 'asking';
  readonly call: CallId;
  /** The two legs, as in a watch. */
  readonly leg: LegId;
  readonly otherLeg: LegId;
  readonly other: string;
  readonly since: Instant;
  /** Whoever has not let the moderator in by then does not. */
  readonly until: Instant;
  /** One at least. */
  readonly undecided: readonly Undecided[];
}

/** The two ends of a monitored call. */
export type Role = 'member' | 'other';

/**
 * The notices that a running monitor owes: those of its start, and those that were raised since, the latest last. All of them hold until its
 * end, because a notice that is lowered counts from the next start only.
 */
export type WatchNotice = Readonly<Record<Role, readonly Notice[]>>;

/**
 * What a moderator hears and says in a call. What cannot be recorded must not happen: anything that widens it waits until the audit
 * record holds all facts of the session so far; anything that narrows it happens at once.
 */
export type WatchAudio =
  | { readonly kind: 'settled'; readonly mode: Mode }
  /** `mode` continues meanwhile; null while nothing is heard yet. */
  | {
      readonly kind: 'recording';
      readonly mode: Mode | null;
      readonly next: Mode | 'takeOver';
      /** What the moderator was waiting for in the call before, and is told with the beginning of this one not to get. */
      readonly lost?: 'takeOver';
    };

/** The member is not in a call, and the monitor waits for one. */
export interface Waiting {
  readonly kind: 'waiting';
  /** The member's leg during a transfer that nobody has answered yet; null when waiting for any next call. */
  readonly leg: LegId | null;
}

/** A moderator attached to a member. */
export interface Monitor {
  readonly member: ExtensionNumber;
  /** Gain of the parties for the moderator, in decibels. */
  readonly gain: number;
  /** Whether monitoring goes on with the member's next calls. */
  readonly follow: boolean;
  readonly target: Watch | Asking | Waiting;
  /** When `#` was last pressed: a second one soon after leaves the call. */
  readonly leaveArmedAt: Instant | null;
}

export type Stage =
  | { readonly kind: 'pin'; readonly digits: string; readonly reminded: boolean }
  | {
      readonly kind: 'checking';
      readonly check: number;
      readonly pin: string;
      /** Keys pressed during the slow comparison, so that fast dialling loses none. */
      readonly ahead: readonly Digit[];
    }
  /** The moderator is asked what for, where there is an agreement. */
  | { readonly kind: 'purpose'; readonly moderator: ExtensionNumber; readonly reminded: boolean }
  | {
      readonly kind: 'member';
      readonly moderator: ExtensionNumber;
      readonly digits: string;
      readonly reminded: boolean;
    }
  /** The box draws one of these, once the record has them. */
  | {
      readonly kind: 'drawing';
      readonly moderator: ExtensionNumber;
      readonly among: readonly { readonly member: ExtensionNumber; readonly call: CallId; readonly leg: LegId }[];
    }
  | { readonly kind: 'monitoring'; readonly moderator: ExtensionNumber; readonly monitor: Monitor }
  /** The moderator's telephones ring. */
  | { readonly kind: 'calling'; readonly moderator: ExtensionNumber }
  /** The last words are being spoken; then the leg is released. */
  | { readonly kind: 'parting'; readonly moderator: ExtensionNumber | null }
  | { readonly kind: 'releasing'; readonly moderator: ExtensionNumber | null }
  /** The leg now belongs to the switchboard. */
  | { readonly kind: 'gone' };

export type MonitoringStage = Extract<Stage, { kind: 'monitoring' }>;

/** What a moderator wants to listen to: a member, a call, or both; the newest live call where it is neither. */
export interface Wanted {
  readonly member: ExtensionNumber | null;
  readonly call: CallId | null;
}

/** One telephone that is called for a moderator. */
export interface Ringing {
  readonly leg: LegId;
  readonly to: Destination;
}

/** Names a user who can sign in, or the token of a program. */
export type Right = string;

/** A moderator who is called because a member has asked for help. */
export interface Helper {
  /** A new name, by which the dialogue is known until somebody picks up. */
  readonly leg: LegId;
  readonly moderator: ExtensionNumber;
  /** The first that lets this moderator into the call. */
  readonly profile: ProfileId;
  readonly phones: readonly Ringing[];
}

/** What a moderator has asked for elsewhere than by telephone: the box calls them, and goes on as if they had keyed it. */
export interface Asked {
  readonly moderator: ExtensionNumber;
  readonly wanted: Wanted;
  readonly on: ListeningPlace;
  /** The user who has asked. */
  readonly by: string;
  /** What gives the right to ask: the user, and the token if there is one. */
  readonly rights: readonly Right[];
  /** Those that ring, or are to fall silent since another one was picked up. */
  readonly phones: readonly Ringing[];
  /** What those telephones show. */
  readonly callerId: CallerId;
}

/** A call in which the member has asked for a moderator. With another party it is none any more. */
export interface Help {
  readonly member: ExtensionNumber;
  readonly call: CallId;
  /** The two legs, as in a watch. */
  readonly leg: LegId;
  readonly otherLeg: LegId;
  readonly other: string;
  /** How the moderator is to join. */
  readonly mode: Mode;
}

/** A moderator's dialogue on one leg, from dialling the service number to the end. */
export interface Session {
  readonly serial: number;
  readonly leg: LegId;
  readonly line: Origin;
  /** Where the moderator calls from, as the audit record has it. */
  readonly caller: string;
  /** The number that is shown; empty when withheld. */
  readonly number: string;
  /** Every number that stands for the caller, also one that may not be shown. */
  readonly known: readonly string[];
  readonly profile: Profile;
  /** What the box calls the moderator for; null for one who dialled in. */
  readonly asked: Asked | null;
  /**
   * The call in which the moderator is to help, by the member's own wish; null for one who listens of their own accord. Whoever picks up has
   * shown no PIN, so no other call is heard in this dialogue.
   */
  readonly helps: Help | null;
  /** What for, of what was agreed on; null as long as none was named. */
  readonly purpose: string | null;
  /** What the box has drawn for the moderator, who hears nothing else for a purpose by draw; null where nothing was drawn. */
  readonly drawn: DrawnCall | null;
  readonly language: Language;
  /** Mark of the PIN by which the moderator is known; null before. */
  readonly pinMark: string | null;
  readonly stage: Stage;
  /** What is being said to the moderator. */
  readonly speech: { readonly serial: number; readonly items: readonly Utterance[] } | null;
  readonly speeches: number;
  /** When to stop waiting for input; null while none is expected. */
  readonly inputUntil: Instant | null;
}

/** What the rules of a session need besides the session itself. */
export interface SessionContext {
  readonly policy: MonitoringPolicy;
  readonly calls: TalkingCalls;
  /** Legs of transferees and transferors who wait for the target to answer. */
  readonly inTransfer: ReadonlySet<LegId>;
  readonly protections: Protections;
  readonly sessions: ReadonlyMap<LegId, Session>;
  /** What keeps monitoring closed at the moment. */
  readonly closures: ReadonlySet<Closure>;
  readonly local: LocalTime;
  readonly now: Instant;
}

/** A session while a rule works on it, with the facts and requests so far. */
export interface Draft extends QuotaUse {
  readonly session: Session;
  readonly draws: readonly KeptDraw[];
  readonly facts: readonly AuditFact[];
  readonly requests: readonly MonitoringRequest[];
}

type FactBase = 'session' | 'profile' | 'caller' | 'purpose';
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type NewFact = DistributiveOmit<AuditFact, FactBase>;

export function noted(draft: Draft, fact: NewFact): Draft {
  const { serial, profile, caller, purpose } = draft.session;
  const named = purpose === null ? {} : { purpose };
  return { ...draft, facts: [...draft.facts, { session: serial, profile: profile.id, caller, ...named, ...fact }] };
}

export function staged(draft: Draft, stage: Stage, inputUntil: Instant | null = null): Draft {
  return { ...draft, session: { ...draft.session, stage, inputUntil } };
}

/** Replaces whatever is being said. */
export function saying(draft: Draft, ...items: readonly Utterance[]): Draft {
  const speeches = draft.session.speeches + 1;
  return { ...draft, session: { ...draft.session, speeches, speech: { serial: speeches, items } } };
}

export function silenced(draft: Draft): Draft {
  return { ...draft, session: { ...draft.session, speech: null } };
}

/** The last words before the leg is released. Where nobody has picked up yet, there is nobody to say them to. */
export function parting(draft: Draft, ...items: readonly Utterance[]): Draft {
  const moderator = moderatorOf(draft.session);
  if (isUnanswered(draft.session)) return staged(noted(draft, { type: 'dialogueEnded', moderator }), { kind: 'gone' });
  return staged(saying(draft, ...items), { kind: 'parting', moderator });
}

/** Whether the moderator has asked to be called, and has not picked up yet. */
export const isUnanswered = ({ asked, stage }: Session): boolean =>
  asked !== null && (stage.kind === 'checking' || stage.kind === 'calling');

/** Whether the moderator's telephones ring because a member has asked for help. */
export const isCalledForHelp = ({ helps, stage }: Session): boolean => helps !== null && stage.kind === 'calling';

/** The member who has asked for the moderator, if one has. */
export const wishingIn = ({ helps }: Pick<Session, 'helps'>): ExtensionNumber | null => helps?.member ?? null;

/** The moderator identified by PIN, if any. */
export function moderatorOf({ stage }: Session): ExtensionNumber | null {
  return 'moderator' in stage ? stage.moderator : null;
}
