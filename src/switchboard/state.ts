import type { CallId, ContactId, ExtensionNumber, LegId, TrunkId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { Utterance } from './audio.js';
import type { CallRoute, Origin } from './dial-plan.js';
import type { Directory, RingStrategy } from './directory.js';
import type { PhoneFacts } from './events.js';
import type { ParkingPlace } from './feature-codes.js';
import type { CallHandling, Handlings } from './handling/call-handling.js';
import { allUsual } from './handling/call-handling.js';
import type { CallerId, Destination, Signal } from './leg-commands.js';
import type { Protection } from './protection.js';
import type { ReleaseCause } from './release-cause.js';

/** What is known about a party's identity. */
export interface Identity {
  /** Extension or outside number; empty when withheld. */
  readonly number: string;
  readonly name: string;
  /** Every number of the party, even one that may not be shown; the number called comes first. Empty where none could be read. */
  readonly known: readonly string[];
  /** Whether the network has since named somebody else whose number could not be read. */
  readonly isUnread?: boolean;
  /** Whether that stays so, whoever is named from now on. */
  readonly isUnreadable?: boolean;
  /** Digits keyed after the number. */
  readonly further?: string;
}

/** One end of a call. */
export interface Party extends Identity {
  readonly leg: LegId;
  readonly line: Origin;
  /** Whether this is an extension whose number is withheld outside. */
  readonly isPrivate?: boolean;
  /** Whether nobody may listen to a call that this party is in. */
  readonly isConfidential?: boolean;
  readonly direction: 'incoming' | 'outgoing';
  /** Whether this party's phone accepts no audio: it holds the call, or agreed on none. */
  readonly held: boolean;
  /** Whether the call is up for this party: the callee has answered, or the caller has received our answer. */
  readonly confirmed: boolean;
}

/** One attempt to reach the called party. */
export interface Branch {
  readonly leg: LegId;
  readonly to: Destination;
  /** Trunks left to try when the one that it leads over fails. */
  readonly untried: readonly TrunkId[];
  /** The party that it has reached, which may not be the one called. */
  readonly called: Identity;
  readonly since: Instant;
  readonly progress: 'trying' | 'ringing' | 'earlyMedia';
  /** As in a party. */
  readonly held: boolean;
  /** Whether anything has come back at all: a phone that gives no response is usually gone. */
  readonly isProceeding: boolean;
  /** Whether the far end has reported ringing, possibly along with early media. */
  readonly rings: boolean;
  /** Whether early media has carried any audio yet: many networks open it and stay silent (RFC 3960, 3.2). */
  readonly isEarlyMediaHeard: boolean;
  /** How many extensions have sent the call on, on its way here. */
  readonly hops: number;
  /** Whether the extension was called by its own number, and what its person wants of their calls still may send this one on. */
  readonly isPersonal: boolean;
  /** Whether another phone of the same extension was busy. */
  readonly isBusyElsewhere: boolean;
}

interface CallBase {
  readonly id: CallId;
  readonly caller: Party;
  readonly route: CallRoute;
  readonly startedAt: Instant;
  /** Since when the caller has been connected, whoever they talk to meanwhile, or wait for; null where nobody has answered yet. */
  readonly connectedAt: Instant | null;
}

export interface RingingCall extends CallBase {
  readonly kind: 'ringing';
  /** How the caller came to ring here as a transferee; null for a caller who dialled. */
  readonly transfer: OngoingTransfer | null;
  readonly branches: readonly Branch[];
  /** The extensions that have sent the caller on: they are not rung again. */
  readonly forwardedBy: readonly ExtensionNumber[];
  /** How it goes on in the group that it rings at; null where it rings at none, or all ring until the end. */
  readonly hunt: Hunt | null;
  /** The causes with which branches have ended so far. */
  readonly failures: readonly ReleaseCause[];
  readonly until: Instant;
}

/** How a call goes on in a group that nobody has answered yet. */
export interface Hunt {
  /** The group, as the log and the records name it. */
  readonly name: string;
  readonly strategy: RingStrategy;
  /** The members whose turn is still to come. */
  readonly waiting: readonly ExtensionNumber[];
  readonly memberMs: number;
  /** When the turn of whoever rings is over; null where all ring at once, or nobody's follows. */
  readonly turnEnds: Instant | null;
  readonly overflow: { readonly to: string; readonly at: Instant } | null;
  /** As in a branch. */
  readonly hops: number;
  /** How it goes on after that, in a group to which a member's phone has sent the caller; null where nothing follows. */
  readonly next: Hunt | null;
}

export interface TalkingCall extends CallBase {
  readonly kind: 'talking';
  readonly callee: Party;
  readonly answeredAt: Instant;
}

/** A caller who is being transferred: already in a call, they wait for the target to answer. */
export interface OngoingTransfer {
  /** The transferor's extension. */
  readonly by: ExtensionNumber;
  /** `out` to the target; `back` to the transferor, after nobody had answered there or at the parking place. */
  readonly way: 'out' | 'back';
  /** That conversation, which goes on when nobody answers; null once the transferor has hung up. */
  readonly before: TalkingCall | null;
  /** Whether the call is private once somebody answers, because the target was dialled so. */
  readonly isPrivate: boolean;
  /** Where they have come back from, and wait again if nobody answers; null where they were not parked. */
  readonly parking: Parking | null;
}

/** Where somebody is parked, and since when without being answered. */
export interface Parking {
  readonly place: ParkingPlace;
  readonly since: Instant;
}

/** A caller who waits at a parking place until somebody dials it. */
export interface ParkedCall extends CallBase, Parking {
  readonly kind: 'parked';
  readonly by: ExtensionNumber;
  /** When the telephone that parked it rings. */
  readonly until: Instant;
}

export type Call = RingingCall | TalkingCall | ParkedCall;

/** A phone that has registered. */
export interface RegisteredPhone extends PhoneFacts {
  readonly since: Instant;
  /** When the registration ends unless it is refreshed. */
  readonly until: Instant;
}

/** Why a trunk cannot take calls, and since when. */
export interface TrunkTrouble {
  readonly since: Instant;
  readonly reason: string;
}

/** What a caller is told before the call ends, because the cause of the end alone says little on a telephone. */
export interface Announcement {
  readonly items: readonly Utterance[];
  readonly cause: ReleaseCause;
  /** Whether the call is answered first, as one that has done what was dialled. */
  readonly isAnswered: boolean;
  /** The change of call handling that has to be kept beyond a restart before it is confirmed, or that the record has still to be read; null where nothing has to. */
  readonly awaits: number | 'ownRecord' | null;
  /** When the leg ends, even if the end of the speech is never reported. */
  readonly until: Instant;
}

export interface SwitchboardState {
  readonly directory: Directory;
  readonly contacts: ReadonlyMap<ExtensionNumber, readonly ContactId[]>;
  /** Registered phones that do not respond: most of them are gone. */
  readonly unresponsiveContacts: ReadonlySet<ContactId>;
  /** What is known of the registered phones; nothing of those on the ports of the board. */
  readonly phones: ReadonlyMap<ContactId, RegisteredPhone>;
  readonly trunksDown: ReadonlyMap<TrunkId, TrunkTrouble>;
  readonly handlings: Handlings;
  /** When the last conversation of an extension has ended. */
  readonly idleSince: ReadonlyMap<ExtensionNumber, Instant>;
  readonly calls: ReadonlyMap<CallId, Call>;
  /** Callers who are told why their call leads nowhere. */
  readonly announcements: ReadonlyMap<LegId, Announcement>;
  /** Legs that are to end, until `released` arrives. */
  readonly releasing: ReadonlyMap<LegId, ReleaseCause>;
  readonly nextCall: number;
  readonly nextLeg: number;
}

export function emptySwitchboard(directory: Directory): SwitchboardState {
  return {
    directory,
    contacts: new Map(),
    unresponsiveContacts: new Set(),
    phones: new Map(),
    trunksDown: new Map(),
    handlings: allUsual,
    idleSince: new Map(),
    calls: new Map(),
    announcements: new Map(),
    releasing: new Map(),
    nextCall: 1,
    nextLeg: 1,
  };
}

/** What the log and the call records learn about a call. */
export type CallNote =
  | { readonly type: 'callStarted'; readonly call: CallId; readonly from: string; readonly route: CallRoute }
  | { readonly type: 'callRefused'; readonly from: string; readonly dialled: string; readonly cause: ReleaseCause }
  | { readonly type: 'trunkFailed'; readonly call: CallId; readonly trunk: TrunkId; readonly cause: ReleaseCause }
  | { readonly type: 'callForwarded'; readonly call: CallId; readonly by: string; readonly to: string }
  | {
      readonly type: 'forwardRefused';
      readonly call: CallId;
      readonly by: string;
      readonly to: string;
      readonly cause: ReleaseCause;
    }
  /** What the person at the extension wants to happen with their calls, from now on. */
  | {
      readonly type: 'handlingChanged';
      readonly extension: ExtensionNumber;
      /** Who has changed it; null for the person at the extension, by a code. */
      readonly by: string | null;
      readonly handling: CallHandling;
    }
  | { readonly type: 'callAnswered'; readonly call: CallId; readonly by: string; readonly afterMs: number }
  /** The far end is gone, so the leg is ended. */
  | { readonly type: 'peerSilent'; readonly leg: LegId; readonly number: string }
  | { readonly type: 'callHeld'; readonly call: CallId; readonly by: string; readonly held: boolean }
  | {
      readonly type: 'callProtected';
      readonly call: CallId;
      readonly by: string;
      readonly protection: Protection;
    }
  | { readonly type: 'callTakenOver'; readonly call: CallId; readonly from: string; readonly by: string }
  | {
      readonly type: 'callTransferred';
      readonly call: CallId;
      readonly by: string;
      readonly who: string;
      readonly to: string;
    }
  | { readonly type: 'transferRefused'; readonly by: string; readonly to: string; readonly cause: ReleaseCause }
  | { readonly type: 'transferFailed'; readonly call: CallId; readonly by: string; readonly cause: ReleaseCause }
  | { readonly type: 'transferRecalled'; readonly call: CallId; readonly to: string }
  | { readonly type: 'callParked'; readonly call: CallId; readonly by: string; readonly place: ParkingPlace }
  /** Somebody has ended the call from outside it. */
  | { readonly type: 'callHungUp'; readonly call: CallId; readonly by: string }
  /** It was ended so that an emergency call has room on its trunk. */
  | { readonly type: 'callGaveWay'; readonly call: CallId; readonly to: CallId; readonly trunk: TrunkId }
  | { readonly type: 'callEnded'; readonly call: CallId; readonly cause: ReleaseCause; readonly talkedMs: number };

/** What an event makes of the switchboard. */
export interface SwitchboardOutcome {
  readonly state: SwitchboardState;
  readonly notes: readonly CallNote[];
  readonly signals: readonly Signal[];
}

export const parties = (call: TalkingCall): readonly [Party, Party] => [call.caller, call.callee];

/** The other end of the call; undefined when `leg` is neither end. */
export function otherParty(call: TalkingCall, leg: LegId): Party | undefined {
  if (call.caller.leg === leg) return call.callee;
  return call.callee.leg === leg ? call.caller : undefined;
}

/** The party of the call on the given leg. */
export function partyOn(call: TalkingCall, leg: LegId): Party | undefined {
  return parties(call).find((party) => party.leg === leg);
}

/** The transferor, while still on the line to hear what comes of it. */
export function transferor({ transfer, caller }: RingingCall): Party | undefined {
  return transfer?.before ? otherParty(transfer.before, caller.leg) : undefined;
}

/** A party that can hold: either end of a conversation, a caller, or the transferor of that caller. */
export function connectedParty(call: Call, leg: LegId): Party | undefined {
  if (call.kind === 'talking') return partyOn(call, leg);
  if (call.caller.leg === leg) return call.caller;
  if (call.kind === 'parked') return undefined;
  const transferring = transferor(call);
  return transferring?.leg === leg ? transferring : undefined;
}

/** The branch whose audio the caller hears before anybody answers. */
export function earlyBranch(branches: readonly Branch[]): Branch | undefined {
  return branches.find((branch) => branch.progress === 'earlyMedia');
}

/** Whether audio sent to the party is heard. */
export const canHear = ({ held, confirmed }: Party): boolean => confirmed && !held;

export const callerIdOf = (party: Party): CallerId => ({ number: party.number, name: party.name });
