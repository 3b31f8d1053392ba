import type { CallId, ContactId, ExtensionNumber, LegId, TrunkId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { Origin, Route } from './dial-plan.js';
import type { Directory } from './directory.js';
import type { CallerId, Destination, Signal } from './leg-commands.js';
import type { ReleaseCause } from './release-cause.js';

/** Who somebody is, as far as it is known. */
export interface Identity {
  /** Extension or outside number; empty when withheld. */
  readonly number: string;
  readonly name: string;
  /** Every number that stands for the party, also one that may not be shown; empty where none could be read. Who is called: the first. */
  readonly known: readonly string[];
  /** Whether the network has told of somebody else by now, of whom no number could be read. */
  readonly isUnread?: boolean;
  /** Digits that were keyed after the number. */
  readonly further?: string;
}

/** One end of a call. */
export interface Party extends Identity {
  readonly leg: LegId;
  readonly line: Origin;
  /** An extension that is not to be shown outside the house. */
  readonly isPrivate?: boolean;
  readonly direction: 'incoming' | 'outgoing';
  /** Whether this party's phone takes no sound from us: it holds the call, or has agreed on none. */
  readonly held: boolean;
  /** Whether it has confirmed that the call is up: who was called has answered, and who calls has got our answer. */
  readonly confirmed: boolean;
}

/** One attempt to reach the called party. */
export interface Branch {
  readonly leg: LegId;
  readonly to: Destination;
  /** Whom it has reached, which may be somebody else than was called. */
  readonly called: Identity;
  readonly since: Instant;
  readonly progress: 'trying' | 'ringing' | 'earlyMedia';
  /** As in a party. */
  readonly held: boolean;
  /** Whether anything has come back at all: who says nothing to a call is mostly not there. */
  readonly isProceeding: boolean;
  /** Whether it was said that it rings; with early media, too. */
  readonly rings: boolean;
  /** Whether any sound of early media has come yet: many networks open it and say nothing (RFC 3960, 3.2). */
  readonly isEarlyMediaHeard: boolean;
  /** Through how many phones that forward the call has come here. */
  readonly hops: number;
}

/** A route that rings somebody. */
export type CallRoute = Exclude<Route, { kind: 'service' | 'none' }>;

interface CallBase {
  readonly id: CallId;
  readonly caller: Party;
  readonly route: CallRoute;
  readonly startedAt: Instant;
}

export interface RingingCall extends CallBase {
  readonly kind: 'ringing';
  /** How the caller came to ring here as a transferee; null for a caller who dialled. */
  readonly transfer: OngoingTransfer | null;
  readonly branches: readonly Branch[];
  /** Trunks left to try when the present one fails. */
  readonly untried: readonly TrunkId[];
  /** The extensions whose phones have sent the caller on: they are not rung again. */
  readonly forwardedBy: readonly ExtensionNumber[];
  /** How the branches that are gone have ended. */
  readonly failures: readonly ReleaseCause[];
  readonly until: Instant;
}

export interface TalkingCall extends CallBase {
  readonly kind: 'talking';
  readonly callee: Party;
  readonly answeredAt: Instant;
}

/** A caller who was in a conversation before: answered already, they wait for the next to answer. */
export interface OngoingTransfer {
  /** The transferor's extension. */
  readonly by: ExtensionNumber;
  /** `out` to the target; `back` to the transferor, after nobody had answered there. */
  readonly way: 'out' | 'back';
  /** That conversation, which goes on when nobody answers; null once the transferor has hung up. */
  readonly before: TalkingCall | null;
}

export type Call = RingingCall | TalkingCall;

export interface SwitchboardState {
  readonly directory: Directory;
  readonly contacts: ReadonlyMap<ExtensionNumber, readonly ContactId[]>;
  /** Phones that are registered, and do not answer: most are gone. */
  readonly unresponsiveContacts: ReadonlySet<ContactId>;
  readonly trunksDown: ReadonlySet<TrunkId>;
  readonly calls: ReadonlyMap<CallId, Call>;
  /** Legs that are to end, until they have. */
  readonly releasing: ReadonlyMap<LegId, ReleaseCause>;
  readonly nextCall: number;
  readonly nextLeg: number;
}

export function emptySwitchboard(directory: Directory): SwitchboardState {
  return {
    directory,
    contacts: new Map(),
    unresponsiveContacts: new Set(),
    trunksDown: new Set(),
    calls: new Map(),
    releasing: new Map(),
    nextCall: 1,
    nextLeg: 1,
  };
}

/** What the log and the call records learn of a call. */
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
  | { readonly type: 'callAnswered'; readonly call: CallId; readonly by: string; readonly afterMs: number }
  /** Nobody is there any more; the leg is ended. */
  | { readonly type: 'peerSilent'; readonly leg: LegId; readonly number: string }
  | { readonly type: 'callHeld'; readonly call: CallId; readonly by: string; readonly held: boolean }
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

/** Somebody who can hold: both ends of a conversation, a caller, and who has handed over that caller. */
export function connectedParty(call: Call, leg: LegId): Party | undefined {
  if (call.kind === 'talking') return partyOn(call, leg);
  if (call.caller.leg === leg) return call.caller;
  const transferring = transferor(call);
  return transferring?.leg === leg ? transferring : undefined;
}

/** The branch whose audio the caller hears before anybody answers. */
export function earlyBranch(branches: readonly Branch[]): Branch | undefined {
  return branches.find((branch) => branch.progress === 'earlyMedia');
}

/** Whether sound that is sent to the party reaches an ear. */
export const canHear = ({ held, confirmed }: Party): boolean => confirmed && !held;

export const callerIdOf = (party: Party): CallerId => ({ number: party.number, name: party.name });
