import type { Call, Redirect, TransferRequest } from 'node-pjsua2';
import { InvalidStateError, PjsipError } from 'node-pjsua2';
import type { LegId } from '../../primitives/ids.js';
import type { Digit } from '../../primitives/keys.js';
import { isDigit } from '../../primitives/keys.js';
import { readNumber } from '../../primitives/number-text.js';
import type { TransferProgress } from '../../switchboard/leg-commands.js';
import type { Protection } from '../../switchboard/protection.js';
import type { ReleaseCause } from '../../switchboard/release-cause.js';
import { causeOfStatus, sipCause } from '../sip-causes.js';
import type { Reports } from './reports.js';
import { laterIdentityIn } from './sip-identity.js';

/** A SIP call as the rules know it. */
export interface Leg {
  readonly call: Call;
  readonly direction: 'incoming' | 'outgoing';
  /** How many may still pass an incoming call on, where it says so. */
  readonly maxForwards?: number;
  /** A browser, whose sound is encrypted (DTLS) beyond the box. */
  readonly isBrowser?: boolean;
  /** Whether another call takes the place of one that was refused with this status. */
  tryAgain?(status: number): boolean;
}

interface FollowedLeg extends Leg {
  isAnswered: boolean;
  isHeld: boolean;
  protection: Protection;
  /** The rules have ended it, though its call may have ended before. */
  isReleased: boolean;
}

/** What the legs need to know about the rest of the engine. */
interface LegOwner {
  /** Whether phones reach us by this name or address. */
  isOurs(host: string): boolean;
  /** The leg has ended: what is attached to it goes before that is reported. */
  onEnded(leg: LegId): void;
  /** Another call has taken the place of the leg's first one: what was attached to the leg moves to it. */
  onReplaced(leg: LegId, call: Call): void;
}

/** The calls, each by its leg: what happens on them becomes events of the engine, and commands go to them. */
export class PjsuaLegs {
  readonly #legs = new Map<LegId, FollowedLeg>();

  constructor(
    private readonly reports: Reports,
    private readonly owner: LegOwner,
  ) {}

  get(leg: LegId): Leg | undefined {
    return this.#legs.get(leg);
  }

  ring(leg: LegId): void {
    this.#onLeg(leg, 'ring', ({ call }) => call.progress(180));
  }

  openEarlyMedia(leg: LegId): void {
    this.#onLeg(leg, 'openEarlyMedia', ({ call }) => call.progress(183, { media: true }));
  }

  answer(leg: LegId): void {
    this.#onLeg(leg, 'answer', (followed) => {
      if (followed.isAnswered) return;
      followed.isAnswered = true;
      followed.call.answer();
    });
  }

  release(leg: LegId, cause: ReleaseCause): void {
    const { status, reason } = sipCause(cause);
    this.#onLeg(leg, 'release', (followed) => {
      const { call, direction, isAnswered } = followed;
      followed.isReleased = true;
      if (direction === 'incoming' && !isAnswered) call.reject(status, undefined, { Reason: reason });
      else call.hangUp({ reasonHeader: reason });
    });
  }

  reportTransfer(leg: LegId, progress: TransferProgress): void {
    this.#onLeg(leg, 'reportTransfer', ({ call }) => call.reportTransfer(transferStatus(progress)));
  }

  probe(leg: LegId, probe: number): void {
    this.#onLeg(leg, 'probe', ({ call }) => {
      const answered = (isThere: boolean) => this.reports.emit({ type: 'probed', leg, probe, isThere });
      call.probe().then(
        () => answered(true),
        (error: unknown) => {
          // A party that has hung up meanwhile is no longer probed.
          if (!(error instanceof InvalidStateError)) answered(!saysGone(error));
        },
      );
    });
  }

  sendDigit(leg: LegId, digit: Digit): void {
    this.#onLeg(leg, 'sendDigit', ({ call }) => {
      call.sendDigits(digit, { method: 'rfc4733' }).catch((error: unknown) => {
        // A party that hung up while the key was on its way does not miss it.
        if (!(error instanceof InvalidStateError)) this.reports.failed(leg, 'sendDigit', error);
      });
    });
  }

  /** From now on the call is this leg, until it ends. */
  follow(leg: LegId, entry: Leg): void {
    const before = this.#legs.get(leg);
    const followed: FollowedLeg = {
      ...entry,
      isAnswered: false,
      isHeld: before?.isHeld ?? false,
      isReleased: false,
      protection: before?.protection ?? 'clear',
    };
    this.#legs.set(leg, followed);
    if (before) this.owner.onReplaced(leg, entry.call);
    this.#followSignalling(leg, followed);
    this.#followMedia(leg, followed);
  }

  /** Only a trunk's network is believed about who is at the far end: an extension is identified by its account. */
  followIdentity(leg: LegId, call: Call): void {
    call.on('identified', (fields) => this.reports.emit({ type: 'identified', leg, caller: laterIdentityIn(fields) }));
  }

  #followSignalling(leg: LegId, followed: FollowedLeg): void {
    const { emit } = this.reports;
    const { call } = followed;
    call.on('progress', ({ status, media }) => {
      if (media) emit({ type: 'earlyMedia', leg });
      else if (status === 180) emit({ type: 'ringing', leg });
    });
    call.on('trying', () => {
      if (!followed.isAnswered) emit({ type: 'proceeding', leg });
    });
    call.on('answered', () => {
      followed.isAnswered = true;
      emit({ type: 'answered', leg });
    });
    call.on('transferAsked', (request) => this.#onTransferAsked(leg, call, request));
    call.on('ended', ({ status, cause, redirect }) => {
      if (!followed.isReleased && followed.tryAgain?.(status)) return;
      if (redirect && followed.direction === 'outgoing') this.#onRedirect(leg, redirect);
      this.#legs.delete(leg);
      this.owner.onEnded(leg);
      const isLost = followed.isAnswered && cause === 'timeout';
      emit({ type: 'released', leg, cause: isLost ? 'peerSilent' : causeOfStatus(status) });
    });
  }

  #followMedia(leg: LegId, followed: FollowedLeg): void {
    const { emit } = this.reports;
    const { call } = followed;
    call.on('heard', () => emit({ type: 'earlyMediaHeard', leg }));
    call.on('media', ({ active, hold, direction, encrypted }) => {
      this.#protected(leg, followed, encrypted || followed.isBrowser ? 'encrypted' : 'clear');
      const isSent = active && (direction === 'sendrecv' || direction === 'sendonly');
      const isHeld = !isSent || hold === 'remote' || hold === 'both';
      if (isHeld === followed.isHeld) return;
      followed.isHeld = isHeld;
      emit({ type: 'held', leg, held: isHeld });
    });
    call.on('mediaSilent', (silence) => emit({ type: 'mediaSilent', leg, ...silence }));
    call.on('mediaHeard', ({ silentMs }) => emit({ type: 'mediaHeard', leg, silentMs }));
    call.on('digit', ({ digit }) => {
      if (isDigit(digit)) emit({ type: 'digit', leg, digit });
    });
  }

  #protected(leg: LegId, followed: FollowedLeg, protection: Protection): void {
    if (protection === followed.protection) return;
    followed.protection = protection;
    this.reports.emit({ type: 'protection', leg, protection });
  }

  /** A blind transfer is followed only to a host of ours; an attended one names the call to replace instead. */
  #onTransferAsked(leg: LegId, call: Call, { user, host, replaces }: TransferRequest): void {
    const to = [...this.#legs].find(([, other]) => other.call.id === replaces)?.[0];
    if (to !== undefined) this.reports.emit({ type: 'transfer', held: leg, to });
    else if (replaces === undefined && this.owner.isOurs(host))
      this.reports.emit({ type: 'transferTo', leg, number: readNumber(user) ?? '' });
    else call.reportTransfer(sipCause('notFound').status);
  }

  /** A phone forwards to one of our numbers, or to a foreign host. */
  #onRedirect(leg: LegId, { user, host }: Redirect): void {
    this.reports.emit({ type: 'redirected', leg, number: this.owner.isOurs(host) ? readNumber(user) : null });
  }

  #onLeg(leg: LegId, command: string, operation: (leg: FollowedLeg) => void): void {
    const followed = this.#legs.get(leg);
    if (followed) this.reports.attempt(leg, command, () => operation(followed));
  }
}

function transferStatus(progress: TransferProgress): number {
  if (progress === 'ringing') return 180;
  return progress === 'done' ? 200 : sipCause(progress).status;
}

/** Whether a failed probe means that nobody is there; one that could not be sent means nothing. */
function saysGone(error: unknown): boolean {
  return error instanceof PjsipError && error.operation === 'OPTIONS';
}
