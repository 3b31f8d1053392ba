import type { ContactId, LegId } from '../../primitives/ids.js';
import { analogContact } from '../../primitives/ids.js';
import type { KeyDetection } from '../../primitives/keys.js';
import type { Instant } from '../../primitives/time.js';
import type { LegEvent, LineEvent } from '../../switchboard/events.js';
import type { CallerId } from '../../switchboard/leg-commands.js';
import type { NetworkTone } from '../../switchboard/network-tones.js';
import type { ReleaseCause } from '../../switchboard/release-cause.js';
import type { PhoneSettings } from '../analog-settings.js';
import type { FxsEvent } from '../line-events.js';

/** An analog telephone on an FXS port. To the switchboard it is a phone of its extension, like one that registers by SIP. */
export interface AnalogPhone {
  readonly settings: PhoneSettings;
  readonly state: PhoneState;
  /** As the hardware reported when it was last ready. */
  readonly keys: KeyDetection;
  readonly nextLeg: number;
}

export type PhoneState =
  /** The port does not work. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'ringing'; readonly leg: LegId; readonly caller: CallerId }
  /** Hung up with a party still on hold: rings as a reminder. */
  | { readonly kind: 'recalling'; readonly held: LegId; readonly until: Instant }
  | OffHook;

export interface OffHook {
  readonly kind: 'offHook';
  /** The party on hold, who waits while another call is made. */
  readonly held: LegId | null;
  readonly activity: Activity;
}

export type Activity =
  | { readonly kind: 'dialTone'; readonly until: Instant }
  | { readonly kind: 'dialling'; readonly digits: string; readonly until: Instant }
  | { readonly kind: 'calling'; readonly leg: LegId; readonly progress: 'trying' | 'ringing' | 'earlyMedia' }
  | { readonly kind: 'talking'; readonly leg: LegId }
  /** Over: the tone asks for the handset to be hung up. */
  | { readonly kind: 'over'; readonly tone: 'busy' | 'congestion' | 'howler'; readonly until: Instant }
  /** Left off the hook in spite of the howler. */
  | { readonly kind: 'leftOffHook' };

/** The commands for a leg of the phone: those that the engine gets for SIP legs. */
export type PhoneCommand =
  | { readonly type: 'dial'; readonly leg: LegId; readonly caller: CallerId }
  | { readonly type: 'ring'; readonly leg: LegId }
  | { readonly type: 'openEarlyMedia'; readonly leg: LegId }
  | { readonly type: 'answer'; readonly leg: LegId }
  | { readonly type: 'release'; readonly leg: LegId; readonly cause: ReleaseCause };

export type PhoneInput = FxsEvent | PhoneCommand | { readonly type: 'tick' };

/** What the phone reports to the switchboard. */
export type PhoneOutput =
  | LegEvent
  | LineEvent
  /**
   * Hung up with one party on hold and another one called or talking: the two are to be joined. Both legs are released right
   * after this. If the switchboard cannot join them, it rings the telephone for the party on hold.
   */
  | { readonly type: 'transfer'; readonly held: LegId; readonly to: LegId; readonly isHungUp: true };

export interface PhoneOutcome {
  readonly phone: AnalogPhone;
  readonly events: readonly PhoneOutput[];
}

export interface DesiredPhone {
  /** What the handset hears from the box itself. */
  readonly tone: NetworkTone | null;
  /** The caller that the telephone rings for; null when it is silent. */
  readonly ring: CallerId | null;
  /** The leg that the handset is on. */
  readonly leg: LegId | null;
}

/** @param nextLeg After the legs that a phone on this port had before. */
export function newPhone(settings: PhoneSettings, nextLeg: number): AnalogPhone {
  return { settings, state: { kind: 'absent' }, keys: 'reported', nextLeg };
}

/** The contact by which the phone belongs to its extension. */
export function contactOf({ port }: Pick<PhoneSettings, 'port'>): ContactId {
  return analogContact(port);
}

/** When the phone changes by itself next; undefined when nothing is due. */
export function nextDeadline({ state }: AnalogPhone): Instant | undefined {
  if (state.kind === 'recalling') return state.until;
  return state.kind === 'offHook' && 'until' in state.activity ? state.activity.until : undefined;
}

/** What the phone's state asks of hardware and engine. */
export function desired({ state }: AnalogPhone): DesiredPhone {
  const nothing = { tone: null, ring: null, leg: null };
  switch (state.kind) {
    case 'absent':
    case 'idle':
      return nothing;
    case 'ringing':
      return { ...nothing, ring: state.caller };
    case 'recalling':
      return { ...nothing, ring: { number: '', name: '' } };
    case 'offHook':
      return { ...nothing, tone: toneOf(state), leg: activeLeg(state.activity) };
  }
}

function toneOf({ activity, held }: OffHook): NetworkTone | null {
  switch (activity.kind) {
    case 'dialTone':
      return held === null ? 'dial' : 'recallDial';
    case 'calling':
      return activity.progress === 'ringing' ? 'ringback' : null;
    case 'over':
      return activity.tone;
    case 'dialling':
    case 'talking':
    case 'leftOffHook':
      return null;
  }
}

/** The leg that the handset is on. */
export function activeLeg(activity: Activity): LegId | null {
  return activity.kind === 'calling' || activity.kind === 'talking' ? activity.leg : null;
}

/** All legs of the phone, the one on hold first. */
export function legsOf(state: PhoneState): readonly LegId[] {
  switch (state.kind) {
    case 'absent':
    case 'idle':
      return [];
    case 'ringing':
      return [state.leg];
    case 'recalling':
      return [state.held];
    case 'offHook':
      return [state.held, activeLeg(state.activity)].filter((leg) => leg !== null);
  }
}
