import type { LegId, PortId } from '../primitives/ids.js';
import type { Digit, KeyDetection } from '../primitives/keys.js';
import type { Instant } from '../primitives/time.js';
import type { Utterance } from '../switchboard/audio.js';
import type { CallerId, Destination, LegCommand } from '../switchboard/leg-commands.js';
import { ringCadences } from '../switchboard/network-tones.js';
import * as phones from './analog/phone.js';
import type { AnalogPhone, PhoneInput, PhoneOutput } from './analog/phone-state.js';
import * as phoneStates from './analog/phone-state.js';
import type { AnalogTrunk, TrunkInput } from './analog/trunk.js';
import * as trunks from './analog/trunk.js';
import type { PhoneSettings, PortUse, TrunkSettings } from './analog-settings.js';
import type { FxoLine, FxsLine, Line } from './line.js';
import type { FxoEvent, FxsEvent } from './line-events.js';

/** Why a port that the settings do not use any more carries nothing. */
export const closed = 'closed by the settings';

/** Changes the port, and returns the resulting events. */
export type PortAction = (now: Instant) => readonly PhoneOutput[];

/** A lifted handset. */
export interface Handset {
  readonly tone: Extract<Utterance, { kind: 'networkTone' }> | null;
  /** Whether lifting it calls a fixed number at once, as a moderator's handset does. */
  readonly isHotline: boolean;
}

/** One analog port: the state machine of what is connected to it, and the line that the machine controls. */
export interface AnalogPort {
  readonly name: PortId;
  /** Undefined where the board has no such port. */
  readonly line: Line | undefined;
  /** How its keys are learnt; null while the port does not work. */
  readonly keys: KeyDetection | null;
  /** The leg whose audio is on the line at the moment. */
  readonly audibleLeg: LegId | null;
  /** Null while no handset is lifted here. */
  readonly handset: Handset | null;
  /** When the port changes by itself next; undefined when nothing is due. */
  readonly deadline: Instant | undefined;
  /** Whether it takes part in a call. */
  readonly hasCall: boolean;
  /** The number of its next leg. */
  readonly nextLeg: number;
  /** Goes on with these settings; false where that is another phone, trunk or country, and the port has to be opened anew. */
  take(use: PortUse): boolean;
  /** No new call comes here from now on. */
  leave(): PortAction;
  /** The line does not work, or not any more. */
  fail(reason: string): PortAction;
  /** Whether this destination is reached through this port. */
  isAt(to: Destination): boolean;
  onReport(listener: (report: FxsEvent | FxoEvent, action: PortAction) => void): void;
  execute(command: LegCommand): PortAction;
  /** A key was found in the audio of the line. */
  keyFound(digit: Digit): PortAction;
  /** The other party has pressed a key; null where the line must hear it as tones. */
  digitSent(leg: LegId, digit: Digit): PortAction | null;
  timePassed(): PortAction;
}

/** An analog telephone. */
export class PhonePort implements AnalogPort {
  readonly line: FxsLine | undefined;
  #phone: AnalogPhone;
  #rungFor: CallerId | null = null;

  constructor(line: FxsLine | undefined, settings: PhoneSettings, firstLeg: number) {
    this.line = line;
    this.#phone = phoneStates.newPhone(settings, firstLeg);
  }

  get hasCall(): boolean {
    return phoneStates.legsOf(this.#phone.state).length > 0;
  }

  get nextLeg(): number {
    return this.#phone.nextLeg;
  }

  take(use: PortUse): boolean {
    const { extension, country } = this.#phone.settings;
    if (use.kind !== 'fxs' || use.settings.extension !== extension || use.settings.country !== country) return false;
    this.#phone = { ...this.#phone, settings: use.settings };
    return true;
  }

  leave(): PortAction {
    const { settings, state } = this.#phone;
    const contact = phoneStates.contactOf(settings);
    if (state.kind === 'absent') return () => [];
    return () => [{ type: 'contactUnbound', extension: settings.extension, contact }];
  }

  fail(reason: string): PortAction {
    return this.#action({ type: 'lost', reason, advice: null });
  }

  get name(): PortId {
    return this.#phone.settings.port;
  }

  get keys(): KeyDetection | null {
    return this.#phone.state.kind === 'absent' ? null : this.#phone.keys;
  }

  get audibleLeg(): LegId | null {
    return phoneStates.desired(this.#phone).leg;
  }

  get handset(): Handset | null {
    const { settings, state } = this.#phone;
    if (state.kind !== 'offHook') return null;
    const { tone: name } = phoneStates.desired(this.#phone);
    const tone = name === null ? null : ({ kind: 'networkTone', name, country: settings.country } as const);
    return { tone, isHotline: settings.onLift.kind === 'call' };
  }

  get deadline(): Instant | undefined {
    return phoneStates.nextDeadline(this.#phone);
  }

  isAt(to: Destination): boolean {
    return to.kind === 'contact' && to.contact === phoneStates.contactOf(this.#phone.settings);
  }

  onReport(listener: (report: FxsEvent, action: PortAction) => void): void {
    this.line?.onEvent((event) => listener(event, this.#action(event)));
  }

  execute(command: LegCommand): PortAction {
    const { leg } = command;
    if (command.kind === 'dial') return this.#action({ type: 'dial', leg, caller: command.callerId });
    if (command.kind === 'release') return this.#action({ type: 'release', leg, cause: command.cause });
    return this.#action({ type: command.kind, leg });
  }

  keyFound(digit: Digit): PortAction {
    return this.#action({ type: 'digit', digit, how: 'dtmf' });
  }

  digitSent(): null {
    return null;
  }

  timePassed(): PortAction {
    return this.#action({ type: 'tick' });
  }

  #action(input: PhoneInput): PortAction {
    return (now) => {
      const { phone, events } = phones.transition(this.#phone, input, now);
      this.#phone = phone;
      this.#ring();
      return events;
    };
  }

  #ring(): void {
    const caller = phoneStates.desired(this.#phone).ring;
    if (isSameCaller(caller, this.#rungFor)) return;
    this.#rungFor = caller;
    if (caller === null) this.line?.stopRinging();
    else this.line?.ring(ringCadences[this.#phone.settings.country], caller);
  }
}

/** An exchange's line. */
export class TrunkPort implements AnalogPort {
  readonly line: FxoLine | undefined;
  readonly handset = null;
  #trunk: AnalogTrunk;
  #isSeized = false;

  constructor(line: FxoLine | undefined, settings: TrunkSettings, firstLeg: number) {
    this.line = line;
    this.#trunk = trunks.newTrunk(settings, firstLeg);
  }

  get hasCall(): boolean {
    return trunks.legOf(this.#trunk.state) !== undefined;
  }

  get nextLeg(): number {
    return this.#trunk.nextLeg;
  }

  take(use: PortUse): boolean {
    const { trunk, country } = this.#trunk.settings;
    return use.kind === 'fxo' && use.settings.trunk === trunk && use.settings.country === country;
  }

  leave(): PortAction {
    return () => [{ type: 'trunkDown', trunk: this.#trunk.settings.trunk, reason: closed }];
  }

  fail(reason: string): PortAction {
    return this.#action({ type: 'lost', reason, advice: null });
  }

  get name(): PortId {
    return this.#trunk.settings.port;
  }

  get keys(): KeyDetection | null {
    return this.#trunk.state.kind === 'absent' ? null : this.#trunk.keys;
  }

  get audibleLeg(): LegId | null {
    return trunks.talkingLeg(this.#trunk);
  }

  get deadline(): Instant | undefined {
    return trunks.nextDeadline(this.#trunk);
  }

  isAt(to: Destination): boolean {
    return to.kind === 'trunk' && to.trunk === this.#trunk.settings.trunk;
  }

  onReport(listener: (report: FxoEvent, action: PortAction) => void): void {
    this.line?.onEvent((event) => listener(event, this.#action(event)));
  }

  execute(command: LegCommand): PortAction {
    const { leg } = command;
    switch (command.kind) {
      case 'dial':
        return this.#action({ type: 'dial', leg, ...dialledOver(command.to) });
      case 'answer':
        return this.#action({ type: 'answer', leg });
      case 'release':
        return this.#action({ type: 'release', leg, cause: command.cause });
      // An exchange plays ringback to its caller by itself.
      case 'ring':
      case 'openEarlyMedia':
        return () => [];
    }
  }

  keyFound(digit: Digit): PortAction {
    return this.#action({ type: 'digit', digit, how: 'dtmf' });
  }

  digitSent(leg: LegId, digit: Digit): PortAction {
    return this.#action({ type: 'sendDigit', leg, digit });
  }

  timePassed(): PortAction {
    return this.#action({ type: 'tick' });
  }

  #action(input: TrunkInput): PortAction {
    return (now) => {
      const { trunk, events, dial } = trunks.transition(this.#trunk, input, now);
      this.#trunk = trunk;
      if (dial !== '') this.line?.dial(dial);
      this.#seize();
      return events;
    };
  }

  #seize(): void {
    const isSeized = trunks.isSeized(this.#trunk);
    if (isSeized === this.#isSeized) return;
    this.#isSeized = isSeized;
    if (isSeized) this.line?.seize();
    else this.line?.drop();
  }
}

const isSameCaller = (one: CallerId | null, other: CallerId | null): boolean =>
  one?.number === other?.number && one?.name === other?.name;

const dialledOver = (to: Destination): Pick<Extract<trunks.TrunkCommand, { type: 'dial' }>, 'number' | 'frees'> =>
  to.kind === 'trunk' ? { number: to.number, frees: to.frees } : { number: '' };
