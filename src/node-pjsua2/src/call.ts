import { EventEmitter } from 'node:events';
import type { Account } from './account.js';
import {
  type CallEnd,
  type CallEvents,
  type DigitMethod,
  endOf,
  identityOf,
  mediaOf,
  type RawCallEvent,
  transferOf,
} from './call-events.js';
import type { CodecName } from './codec.js';
import type { Encryption } from './encryption.js';
import type { Wiring } from './events.js';
import { headerList } from './headers.js';
import { type Handle, type MediaStatistics, native } from './native.js';

export type Headers = Readonly<Record<string, string>>;

export interface CallOptions {
  /** SIP URI; `;transport=tcp` calls over TCP, `;transport=tls` and `sips:` over TLS. */
  readonly to: string;
  /** The account to call over; without one the call goes straight to the host in `to`. */
  readonly account?: Account;
  /** Shown as the caller. By default, also for `host`, the identity of the account or else of the transport. */
  readonly from?: { readonly user: string; readonly displayName?: string; readonly host?: string };
  /** State the caller in P-Asserted-Identity too (RFC 3325), for a network that trusts us. Needs `from`. Default false. */
  readonly assertIdentity?: boolean;
  /** Further headers for the INVITE. */
  readonly headers?: Headers;
  /** Codecs to offer, in this order; default: the endpoint's. */
  readonly codecs?: readonly CodecName[];
  /** May use the legs reserved for emergency calls. Default false. */
  readonly emergency?: boolean;
  /** Offer a session timer (RFC 4028), which ends the call if it is not refreshed. Default true, except for an emergency call. */
  readonly sessionTimer?: boolean;
  /** How many hops may forward the call, 0 to 255; for a call that is forwarded here, one less than its own value. Default 70. */
  readonly maxForwards?: number;
  /** Anything but `off` needs a URI for TLS. Default `off`. */
  readonly encryption?: Encryption;
}

/** How long a key is held unless specified otherwise, in milliseconds. */
const defaultDigitMs = 160;

/** One leg: a call to or from one party. */
export class Call extends EventEmitter<CallEvents> {
  /** Unique within the process. */
  readonly id: number;
  readonly direction: 'incoming' | 'outgoing';
  /** Resolves when the call is over. */
  readonly ended: Promise<CallEnd>;
  readonly #wiring: Wiring;
  #resolveEnded: (end: CallEnd) => void = () => {};

  /** @internal Use Endpoint.call(). */
  static dial(wiring: Wiring, options: CallOptions): Call {
    const { to, account, from, assertIdentity = false, headers, codecs = [], emergency = false, maxForwards } = options;
    const { sessionTimer = !emergency, encryption = 'off' } = options;
    if (assertIdentity && from === undefined) throw new TypeError('assertIdentity needs from');
    const handle = native.makeCall({
      to,
      account: account?.handle(),
      from,
      assertIdentity,
      headers: headerList(headers),
      codecs,
      emergency,
      sessionTimer,
      maxForwards,
      encryption,
    });
    return new Call(wiring, handle, 'outgoing');
  }

  /** @internal */
  constructor(wiring: Wiring, handle: Handle, direction: 'incoming' | 'outgoing') {
    super();
    this.id = handle;
    this.direction = direction;
    this.#wiring = wiring;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    wiring.subscribe<RawCallEvent>(handle, (event) => this.#deliver(event));
  }

  /** @internal */
  handle(): Handle {
    return this.id;
  }

  /**
   * Sends a provisional response to an incoming call. 183 always opens early media; 180 does so if `media` is set: a 183 is sent first.
   *
   * @throws InvalidStateError if the call is over; PjsipError if it is already answered or was not incoming, or if there is no port for its
   * audio, which ends it with 503
   */
  progress(status: 180 | 183, { media = false }: { readonly media?: boolean } = {}): void {
    if (status !== 180 && status !== 183) throw new TypeError('status must be 180 or 183');
    native.progressCall(this.id, status, media);
  }

  /** Answers an incoming call with 200. @throws as progress() */
  answer({ headers }: { readonly headers?: Headers } = {}): void {
    native.answerCall(this.id, { headers: headerList(headers) });
  }

  /** Refuses an incoming call with a status from 300 to 699. In any other state it hangs up; does nothing if the call is over. */
  reject(status: number, reason = '', headers?: Headers): void {
    native.rejectCall(this.id, { status, reason, headers: headerList(headers) });
  }

  /**
   * Ends the call in the way its state requires: CANCEL, BYE, or a refusal with `status` (default 603). Does nothing if the call is over.
   * 'ended' follows at once. `reasonHeader` is the value of a Reason header (RFC 3326).
   */
  hangUp({ status, reasonHeader }: { readonly status?: number; readonly reasonHeader?: string } = {}): void {
    native.hangUpCall(this.id, { status, reasonHeader });
  }

  /** Puts the other side on hold; resolves when it has agreed. @throws InvalidStateError, or PjsipError with its refusal */
  async hold(): Promise<void> {
    await this.#wiring.request(native.holdCall(this.id));
  }

  /** Ends the hold. @throws as hold() */
  async resume(): Promise<void> {
    await this.#wiring.request(native.resumeCall(this.id));
  }

  /** Offers the current media again. @throws as hold() */
  async reinvite(): Promise<void> {
    await this.#wiring.request(native.reinviteCall(this.id));
  }

  /**
   * Presses keys: 0-9, *, #, A-D. Resolves when they have been sent (`rfc4733`, at most 32 at a time) or accepted (`info`).
   *
   * @throws TypeError for other keys, InvalidStateError if the call is over, PjsipError if the other side does not accept them
   */
  async sendDigits(
    digits: string,
    {
      method = 'rfc4733',
      durationMs = defaultDigitMs,
    }: { readonly method?: DigitMethod; readonly durationMs?: number } = {},
  ): Promise<void> {
    await this.#wiring.request(native.sendDigits(this.id, digits, method, durationMs));
  }

  /**
   * Asks the other side with OPTIONS whether it is still there; resolves if it is and knows the call. If not, it rejects, after 32 s at
   * most if there is no answer at all, but does not end the call.
   *
   * @throws InvalidStateError if the call is not answered yet or is over; PjsipError with the operation `OPTIONS` if nobody is there, or
   * with another one if the request could not be sent
   */
  async probe(): Promise<void> {
    await this.#wiring.request(native.probeCall(this.id));
  }

  /**
   * Tells the party that asked for a transfer how it is going: 100 to 199 while it is in progress, then a final SIP status once, after
   * which another transfer may be requested. Does nothing if none is in progress or the call is over.
   */
  reportTransfer(status: number): void {
    native.reportTransfer(this.id, status);
  }

  /** Undefined while there is no audio. @throws InvalidStateError if the call is over */
  statistics(): MediaStatistics | undefined {
    return native.callStatistics(this.id);
  }

  #deliver({ subject: _, ...event }: RawCallEvent): void {
    switch (event.type) {
      case 'progress':
        this.emit('progress', { status: event.status, reason: event.reason, media: event.media });
        break;
      case 'trying':
      case 'heard':
      case 'answered':
        this.emit(event.type);
        break;
      case 'identified':
      case 'identityMissed':
        this.emit('identified', identityOf(event));
        break;
      case 'media':
        this.emit('media', mediaOf(event));
        break;
      case 'digit':
        this.emit('digit', { digit: event.digit, method: event.method, durationMs: event.durationMs });
        break;
      case 'mediaSilent':
        this.emit('mediaSilent', { silentMs: event.silentMs, reports: event.reports, excuse: event.excuse });
        break;
      case 'mediaHeard':
        this.emit('mediaHeard', { silentMs: event.silentMs });
        break;
      case 'transferAsked':
        if (!this.emit('transferAsked', transferOf(event))) this.reportTransfer(501);
        break;
      case 'ended':
        this.#end(endOf(event));
        break;
    }
  }

  #end(end: CallEnd): void {
    this.#wiring.unsubscribe(this.id);
    this.#resolveEnded(end);
    this.emit('ended', end);
  }
}
