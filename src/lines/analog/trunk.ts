import type { LegId } from '../../primitives/ids.js';
import { legId } from '../../primitives/ids.js';
import type { KeyDetection } from '../../primitives/keys.js';
import type { Instant } from '../../primitives/time.js';
import type { LegEvent, LineEvent } from '../../switchboard/events.js';
import type { Caller } from '../../switchboard/leg-commands.js';
import { shownCaller } from '../../switchboard/leg-commands.js';
import type { ReleaseCause } from '../../switchboard/release-cause.js';
import type { TrunkSettings } from '../analog-settings.js';
import type { FxoEvent } from '../line-events.js';

/** A line of the provider's exchange on an FXO port. To the switchboard it is a trunk that carries one call. */
export interface AnalogTrunk {
  readonly settings: TrunkSettings;
  readonly state: TrunkState;
  /** As the hardware reported when it was last ready. */
  readonly keys: KeyDetection;
  readonly nextLeg: number;
  /** The caller that the exchange announced before ringing; null once out of date. */
  readonly early: EarlyCaller | null;
}

interface EarlyCaller {
  readonly caller: Caller;
  readonly until: Instant;
}

export type TrunkState =
  /** The port does not work, or no exchange is connected. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'idle' }
  /** It rings, and the exchange may yet say who calls. */
  | { readonly kind: 'awaitingCaller'; readonly until: Instant }
  | { readonly kind: 'ringing'; readonly leg: LegId }
  /** Still ringing, but not to be answered: a call cannot be refused on an exchange's line. */
  | { readonly kind: 'unwanted' }
  /** It rang and was picked up, with nobody there, to be put down again: the outgoing call needs the line. */
  | { readonly kind: 'freeing'; readonly until: Instant; readonly next: NextCall }
  /** Off hook, waiting for the exchange's dial tone. */
  | { readonly kind: 'seizing'; readonly leg: LegId; readonly number: string; readonly until: Instant }
  | { readonly kind: 'dialling'; readonly leg: LegId; readonly until: Instant }
  | { readonly kind: 'talking'; readonly leg: LegId }
  /** On hook again, long enough for the exchange to notice; the next outgoing call waits for that. */
  | {
      readonly kind: 'clearing';
      readonly until: Instant;
      readonly next: NextCall | null;
    };

/** An outgoing call that waits for the line. */
interface NextCall {
  readonly leg: LegId;
  readonly number: string;
  /** Whether a line that rings is freed for it. */
  readonly frees: boolean;
}

/** The commands for a leg of the trunk. */
export type TrunkCommand =
  | { readonly type: 'dial'; readonly leg: LegId; readonly number: string; readonly frees?: true | undefined }
  | { readonly type: 'answer'; readonly leg: LegId }
  | { readonly type: 'sendDigit'; readonly leg: LegId; readonly digit: string }
  | { readonly type: 'release'; readonly leg: LegId; readonly cause: ReleaseCause };

export type TrunkInput = FxoEvent | TrunkCommand | { readonly type: 'tick' };

export interface TrunkOutcome {
  readonly trunk: AnalogTrunk;
  readonly events: readonly (LegEvent | LineEvent)[];
  /** Digits for the line to dial now; empty for none. */
  readonly dial: string;
}

/** In milliseconds. */
export const trunkTimes = {
  /** In most countries caller ID comes between the first two rings, which are over by then. */
  callerId: 6_000,
  /** Elsewhere it comes before the first ring, which follows within this time. */
  earlyCallerId: 10_000,
  /** Then it dials without a dial tone, since not every exchange's tone is recognised. */
  dialTone: 3_000,
  /** 32 digits of 160 ms each, with a margin. */
  dialling: 10_000,
  clearing: 1_500,
  /** Long enough for the exchange to connect the caller. */
  pickedUp: 500,
} as const;

/** @param nextLeg After the legs that a trunk on this port had before. */
export function newTrunk(settings: TrunkSettings, nextLeg: number): AnalogTrunk {
  return { settings, state: { kind: 'absent' }, keys: 'reported', nextLeg, early: null };
}

/** The trunk after an input; one that does not fit its state changes nothing. */
export function transition(trunk: AnalogTrunk, input: TrunkInput, now: Instant): TrunkOutcome {
  switch (input.type) {
    case 'ready':
      // Hardware that starts anew has let go of the line.
      return become({ ...trunk, keys: input.digits, early: null }, { kind: 'idle' }, [
        ...releasedLeg(trunk.state, 'failure'),
        { type: 'trunkUp', trunk: trunk.settings.trunk },
      ]);
    case 'lost':
      return become(trunk, { kind: 'absent' }, [
        ...releasedLeg(trunk.state, 'failure'),
        { type: 'trunkDown', trunk: trunk.settings.trunk, reason: input.reason },
      ]);
    case 'ringing':
      return ringing(trunk, now);
    case 'callerId':
      return callerKnown(trunk, shownCaller(input.caller), now);
    case 'ringStopped':
      return ringStopped(trunk);
    case 'tone':
      return toneHeard(trunk, input.tone, now);
    case 'loopLoss':
      return farEndCleared(trunk, 'normal', now);
    case 'dialled':
      return dialled(trunk);
    case 'digit':
      return trunk.state.kind === 'talking'
        ? { ...quiet(trunk), events: [{ type: 'digit', leg: trunk.state.leg, digit: input.digit }] }
        : quiet(trunk);
    case 'tick':
      return timePassed(trunk, now);
    case 'fault':
    case 'missed':
      return quiet(trunk);
    default:
      return execute(trunk, input, now);
  }
}

/** If the exchange rings again, it has noticed the end of the last call. */
function ringing(trunk: AnalogTrunk, now: Instant): TrunkOutcome {
  const { state } = trunk;
  if (state.kind !== 'idle' && state.kind !== 'clearing') return quiet(trunk);
  if (state.kind === 'clearing' && state.next?.frees) return become(trunk, freeing(state.next, now));
  const early = trunk.early !== null && trunk.early.until >= now ? trunk.early.caller : null;
  const left = releasedLeg(trunk.state, 'congestion');
  const awaiting = { kind: 'awaitingCaller', until: now + trunkTimes.callerId } as const;
  const rings = become({ ...trunk, early: null }, awaiting, left);
  if (early === null) return rings;
  const announced = announce(rings.trunk, early);
  return { ...announced, events: [...left, ...announced.events] };
}

/**
 * The exchange reports the caller: before it rings, between two rings, or after the call has been answered, perhaps piece by piece. An
 * empty report does not shorten the wait.
 */
function callerKnown(trunk: AnalogTrunk, caller: Caller, now: Instant): TrunkOutcome {
  if (caller.number === '' && caller.name === '') return quiet(trunk);
  switch (trunk.state.kind) {
    case 'idle':
    case 'clearing':
      return quiet({ ...trunk, early: { caller, until: now + trunkTimes.earlyCallerId } });
    case 'awaitingCaller':
      return announce(trunk, caller);
    case 'ringing':
    case 'talking':
      return { ...quiet(trunk), events: [{ type: 'identified', leg: trunk.state.leg, caller }] };
    default:
      return quiet(trunk);
  }
}

/** When the trunk changes by itself next; undefined when nothing is due. */
export function nextDeadline({ state }: AnalogTrunk): Instant | undefined {
  return 'until' in state ? state.until : undefined;
}

/** Whether the line is to be off hook. */
export function isSeized({ state }: AnalogTrunk): boolean {
  return ['seizing', 'dialling', 'talking', 'freeing'].includes(state.kind);
}

/** The leg that has the line. */
export function talkingLeg({ state }: AnalogTrunk): LegId | null {
  return state.kind === 'talking' ? state.leg : null;
}

function announce(trunk: AnalogTrunk, caller: Caller): TrunkOutcome {
  const leg = legId(`${trunk.settings.port}-${trunk.nextLeg}`);
  const origin = { kind: 'trunk', trunk: trunk.settings.trunk } as const;
  const ringing = { ...trunk, nextLeg: trunk.nextLeg + 1 };
  return become(ringing, { kind: 'ringing', leg }, [{ type: 'incoming', leg, origin, caller, dialled: '' }]);
}

function ringStopped(trunk: AnalogTrunk): TrunkOutcome {
  const { kind } = trunk.state;
  return kind === 'awaitingCaller' || kind === 'ringing' || kind === 'unwanted'
    ? become(trunk, { kind: 'idle' }, releasedLeg(trunk.state, 'cancelled'))
    : quiet(trunk);
}

function toneHeard(trunk: AnalogTrunk, tone: 'busy' | 'dial', now: Instant): TrunkOutcome {
  if (tone === 'busy') return farEndCleared(trunk, trunk.state.kind === 'talking' ? 'normal' : 'busy', now);
  // Exchanges that do not break the loop play a new dial tone when the far end has hung up.
  return trunk.state.kind === 'seizing' ? dialNow(trunk, trunk.state, now) : farEndCleared(trunk, 'normal', now);
}

function farEndCleared(trunk: AnalogTrunk, cause: ReleaseCause, now: Instant): TrunkOutcome {
  if (trunk.state.kind === 'freeing') return become(trunk, clearing(trunk.state.next, now));
  return isSeized(trunk) ? clear(trunk, cause, now) : quiet(trunk);
}

function dialNow(trunk: AnalogTrunk, seizing: Extract<TrunkState, { kind: 'seizing' }>, now: Instant): TrunkOutcome {
  const until = now + trunkTimes.dialling;
  return { ...become(trunk, { kind: 'dialling', leg: seizing.leg, until }), dial: seizing.number };
}

/** An exchange does not report the answer, so from here on the caller hears the line itself. */
function dialled(trunk: AnalogTrunk): TrunkOutcome {
  return trunk.state.kind === 'dialling'
    ? become(trunk, { kind: 'talking', leg: trunk.state.leg }, [{ type: 'answered', leg: trunk.state.leg }])
    : quiet(trunk);
}

function timePassed(trunk: AnalogTrunk, now: Instant): TrunkOutcome {
  const { state } = trunk;
  const deadline = nextDeadline(trunk);
  if (deadline === undefined || now < deadline) return quiet(trunk);
  switch (state.kind) {
    case 'awaitingCaller':
      return announce(trunk, { number: '', name: '', known: [] });
    case 'seizing':
      return dialNow(trunk, state, now);
    case 'dialling':
      return clear(trunk, 'failure', now);
    case 'freeing':
      return become(trunk, clearing(state.next, now));
    case 'clearing':
      return become(trunk, state.next ? seizing(state.next, now) : { kind: 'idle' });
    default:
      return quiet(trunk);
  }
}

function execute(trunk: AnalogTrunk, command: TrunkCommand, now: Instant): TrunkOutcome {
  const { state } = trunk;
  if (command.type === 'dial')
    return seize(trunk, { leg: command.leg, number: command.number, frees: command.frees ?? false }, now);
  if (legOf(state) !== command.leg) return quiet(trunk);
  switch (command.type) {
    case 'answer':
      return state.kind === 'ringing'
        ? become(trunk, { kind: 'talking', leg: state.leg }, [{ type: 'answered', leg: state.leg }])
        : quiet(trunk);
    case 'sendDigit':
      return state.kind === 'talking' ? { ...quiet(trunk), dial: command.digit } : quiet(trunk);
    case 'release':
      return state.kind === 'clearing'
        ? become(trunk, { ...state, next: null }, releasedLeg(state, command.cause))
        : clear(trunk, command.cause, now);
  }
}

const seizing = ({ leg, number }: NextCall, now: Instant): TrunkState => ({
  kind: 'seizing',
  leg,
  number,
  until: now + trunkTimes.dialTone,
});

const freeing = (next: NextCall, now: Instant): TrunkState => ({
  kind: 'freeing',
  until: now + trunkTimes.pickedUp,
  next,
});

const clearing = (next: NextCall | null, now: Instant): TrunkState => ({
  kind: 'clearing',
  until: now + trunkTimes.clearing,
  next,
});

/** The switchboard has ended the call of a line that is to be freed. */
const ringsForNobody = ({ kind }: TrunkState): boolean => kind === 'awaitingCaller' || kind === 'unwanted';

function seize(trunk: AnalogTrunk, next: NextCall, now: Instant): TrunkOutcome {
  const { leg, number } = next;
  if (!/^[0-9*#A-D]+$/.test(number)) return { ...quiet(trunk), events: [{ type: 'released', leg, cause: 'notFound' }] };
  const { state } = trunk;
  const proceeding = [{ type: 'proceeding', leg }] as const;
  if (state.kind === 'idle') return become(trunk, seizing(next, now), proceeding);
  if (state.kind === 'clearing' && !state.next) return become(trunk, { ...state, next }, proceeding);
  if (next.frees && ringsForNobody(state)) return become(trunk, freeing(next, now), proceeding);
  const cause = state.kind === 'absent' ? 'failure' : 'congestion';
  return { ...quiet(trunk), events: [{ type: 'released', leg, cause }] };
}

/** Ends whatever the trunk is doing, and puts a seized line on hook long enough to count. */
function clear(trunk: AnalogTrunk, cause: ReleaseCause, now: Instant): TrunkOutcome {
  const after: TrunkState = isSeized(trunk) ? clearing(null, now) : { kind: 'unwanted' };
  return become(trunk, after, releasedLeg(trunk.state, cause));
}

const quiet = (trunk: AnalogTrunk): TrunkOutcome => ({ trunk, events: [], dial: '' });

const become = (trunk: AnalogTrunk, state: TrunkState, events: TrunkOutcome['events'] = []): TrunkOutcome => ({
  trunk: { ...trunk, state },
  events,
  dial: '',
});

function releasedLeg(state: TrunkState, cause: ReleaseCause): readonly LegEvent[] {
  const leg = legOf(state);
  return leg === undefined ? [] : [{ type: 'released', leg, cause }];
}

/** The leg of its call. */
export function legOf(state: TrunkState): LegId | undefined {
  if (state.kind === 'clearing' || state.kind === 'freeing') return state.next?.leg;
  return 'leg' in state ? state.leg : undefined;
}
