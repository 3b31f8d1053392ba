import type { LegId } from '../../src/primitives/ids.js';
import type { Digit } from '../../src/primitives/keys.js';
import type { LegEvent, PresenceEvent, TransferEvent } from '../../src/switchboard/events.js';
import type { CallerId, Destination, TransferProgress } from '../../src/switchboard/leg-commands.js';
import { shownCaller } from '../../src/switchboard/leg-commands.js';
import type { Protection, ProtectionEvent } from '../../src/switchboard/protection.js';
import type { ReleaseCause } from '../../src/switchboard/release-cause.js';

/** How a far end is silent. */
export type Silence = Pick<Extract<LegEvent, { type: 'mediaSilent' }>, 'silentMs' | 'reports' | 'excuse'>;

export type LegProgress = 'trying' | 'ringing' | 'earlyMedia' | 'answered' | 'released';

/** The far end of a simulated leg: what the person and the phone there see and do. What is done after the end has no effect. */
export interface FarEnd {
  readonly leg: LegId;
  /** How far the call has come, as this phone sees it. */
  readonly progress: LegProgress;
  /** Why the call ended; null while it goes on. */
  readonly releasedFor: ReleaseCause | null;
  /** Whether this phone holds the call. */
  readonly isHolding: boolean;
  /** Digits that were sent to this phone. */
  readonly digits: readonly Digit[];
  /** What this phone was told of the transfers that it asked for. */
  readonly transfers: readonly TransferProgress[];
  /** Whether it waits to be told the end of one. */
  readonly isTransferring: boolean;
  /** How often it was asked whether it is there. */
  readonly probes: number;
  /** Where the engine called to; null where this phone called the engine. */
  readonly calledAs: { readonly to: Destination; readonly callerId: CallerId } | null;

  /** Has got the call, and says no more. */
  acknowledge(): void;
  ring(): void;
  openEarlyMedia(): void;
  /** The first sound of early media. */
  makeSound(): void;
  answer(): void;
  hold(): void;
  resume(): void;
  /** Loses its power: says nothing, and answers nothing. */
  die(): void;
  press(...digits: readonly Digit[]): void;
  /** Says that this is who the call has reached, which only a trunk is believed. */
  showIdentity(number: string): void;
  /** Sends nothing any more, as a phone that has lost its power; or as one with a reason, or that reports by RTCP. */
  fallSilent(silence?: Partial<Silence>): void;
  /** Sends audio again. */
  soundAgain(): void;
  /** Has agreed with the box that the sound between them travels so from now on. */
  agreeOn(protection: Protection): void;
  /** Asks for this call to go on with a number. One transfer at a time. */
  transferTo(number: string): void;
  /** Asks for the other ends of this call and of another one of the same phone to be joined. */
  transfer(to: FarEnd): void;
  /** Sends the caller on to a number, or elsewhere. */
  forwardTo(number: string | null): void;
  /** Hangs up, cancels or refuses, as the call's progress demands. */
  hangUp(cause?: ReleaseCause): void;
}

type LegReport = LegEvent | PresenceEvent | TransferEvent | ProtectionEvent;

/** One leg of the simulated engine, seen from both of its ends. */
export class SimulatedLeg implements FarEnd {
  readonly leg: LegId;
  readonly calledAs: FarEnd['calledAs'];
  readonly #emit: (event: LegReport) => void;
  readonly #digits: Digit[] = [];
  readonly #transfers: TransferProgress[] = [];
  #isTransferring = false;
  #silence: Silence | undefined;
  #isAlive = true;
  #probes = 0;
  #progress: LegProgress = 'trying';
  #releasedFor: ReleaseCause | null = null;
  #isHolding = false;

  constructor(leg: LegId, calledAs: FarEnd['calledAs'], emit: (event: LegReport) => void) {
    this.leg = leg;
    this.calledAs = calledAs;
    this.#emit = emit;
  }

  get progress(): LegProgress {
    return this.#progress;
  }

  get releasedFor(): ReleaseCause | null {
    return this.#releasedFor;
  }

  get isHolding(): boolean {
    return this.#isHolding;
  }

  get digits(): readonly Digit[] {
    return this.#digits;
  }

  get transfers(): readonly TransferProgress[] {
    return this.#transfers;
  }

  get isTransferring(): boolean {
    return this.#isTransferring && this.#progress !== 'released';
  }

  get probes(): number {
    return this.#probes;
  }

  get hasMedia(): boolean {
    return this.#progress === 'earlyMedia' || this.#progress === 'answered';
  }

  /** The next stage of the set-up; a leg never goes back. */
  advance(progress: 'ringing' | 'earlyMedia' | 'answered'): boolean {
    if (order[progress] <= order[this.#progress]) return false;
    this.#progress = progress;
    return true;
  }

  /** The engine answers, and the far end confirms that it has got that. */
  takeAnswer(): void {
    if (this.advance('answered')) this.#report({ type: 'answered', leg: this.leg });
  }

  receive(digit: Digit): void {
    this.#digits.push(digit);
  }

  hearOfTransfer(progress: TransferProgress): void {
    if (this.#isTransferring) this.#transfers.push(progress);
    if (progress !== 'ringing') this.#isTransferring = false;
  }

  acknowledge(): void {
    this.#report({ type: 'proceeding', leg: this.leg });
  }

  ring(): void {
    this.#farEndAdvances('ringing');
  }

  openEarlyMedia(): void {
    this.#farEndAdvances('earlyMedia');
  }

  makeSound(): void {
    if (this.#progress === 'earlyMedia') this.#report({ type: 'earlyMediaHeard', leg: this.leg });
  }

  answer(): void {
    this.#farEndAdvances('answered');
  }

  hold(): void {
    this.#isHolding = true;
    this.#report({ type: 'held', leg: this.leg, held: true });
  }

  resume(): void {
    this.#isHolding = false;
    this.#report({ type: 'held', leg: this.leg, held: false });
  }

  die(): void {
    this.#isAlive = false;
    this.fallSilent();
  }

  probed(probe: number): void {
    this.#probes += 1;
    if (this.#isAlive) this.#report({ type: 'probed', leg: this.leg, probe, isThere: true });
  }

  press(...digits: readonly Digit[]): void {
    for (const digit of digits) this.#report({ type: 'digit', leg: this.leg, digit });
  }

  showIdentity(number: string): void {
    if (this.calledAs?.to.kind === 'contact') return;
    this.#report({ type: 'identified', leg: this.leg, caller: shownCaller({ number, name: '' }) });
  }

  fallSilent(silence: Partial<Silence> = {}): void {
    this.#silence = { silentMs: 10_000, reports: 'never', excuse: 'none', ...silence };
    this.#report({ type: 'mediaSilent', leg: this.leg, ...this.#silence });
  }

  soundAgain(): void {
    if (this.#silence) this.#report({ type: 'mediaHeard', leg: this.leg, silentMs: this.#silence.silentMs });
    this.#silence = undefined;
  }

  agreeOn(protection: Protection): void {
    this.#report({ type: 'protection', leg: this.leg, protection });
  }

  transferTo(number: string): void {
    this.#ask({ type: 'transferTo', leg: this.leg, number });
  }

  transfer(to: FarEnd): void {
    this.#ask({ type: 'transfer', held: this.leg, to: to.leg });
  }

  forwardTo(number: string | null): void {
    this.#report({ type: 'redirected', leg: this.leg, number });
    this.end('unavailable');
  }

  hangUp(cause: ReleaseCause = 'normal'): void {
    this.end(cause);
  }

  /** Ends the leg, from whichever side; only the first time counts. */
  end(cause: ReleaseCause): void {
    this.#report({ type: 'released', leg: this.leg, cause });
    this.#progress = 'released';
    this.#releasedFor ??= cause;
  }

  #farEndAdvances(progress: 'ringing' | 'earlyMedia' | 'answered'): void {
    if (this.calledAs === null) throw new Error(`leg ${this.leg} called the engine: only the engine can answer it`);
    if (this.advance(progress)) this.#report({ type: progress, leg: this.leg });
  }

  #ask(event: TransferEvent): void {
    if (this.#isTransferring) return;
    this.#isTransferring = true;
    this.#report(event);
  }

  #report(event: LegReport): void {
    if (this.#progress !== 'released') this.#emit(event);
  }
}

const order: Record<LegProgress, number> = { trying: 0, ringing: 1, earlyMedia: 2, answered: 3, released: 4 };
