import { EventEmitter } from 'node:events';
import type { Account } from './account.js';
import type { CodecName } from './codec.js';
import type { Wiring } from './events.js';
import { headerList } from './headers.js';
import { type Handle, type MediaStatistics, native, type RawEvent } from './native.js';

export type Headers = Readonly<Record<string, string>>;

export interface CallOptions {
  /** SIP URI; `;transport=tcp` calls over TCP. */
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
}

/** A provisional response from the other side. */
export interface CallProgress {
  readonly status: number;
  readonly reason: string;
  /** It brings audio (early media). */
  readonly media: boolean;
}

/** What the other side says about its identity after the INVITE. */
export interface CallIdentity {
  /**
   * By lower-case name, as they appear in the message: P-Asserted-Identity (RFC 3325), Remote-Party-ID, Privacy, History-Info; and From if
   * it is from a re-INVITE or UPDATE of the other side (RFC 4916). Believe them only from an origin that you trust.
   */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The call is being forwarded to somebody else (181). */
  readonly isForwarded: boolean;
}

/** The audio of a call after a change. */
export interface CallMedia {
  readonly active: boolean;
  /** Who holds the call. */
  readonly hold: 'none' | 'local' | 'remote' | 'both';
  /** Absent while there is no audio. `clockRate` is that of the codec, in Hz. */
  readonly codec?: { readonly name: string; readonly clockRate: number; readonly ptimeMs: number };
  /** From our point of view. */
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

export type DigitMethod = 'rfc4733' | 'info';

/** A key that the other side pressed. */
export interface CallDigit {
  /** 0-9, *, #, A-D. */
  readonly digit: string;
  readonly method: DigitMethod;
  /** 0 if not stated. */
  readonly durationMs: number;
}

/** The other side asks to transfer its call to somebody else. */
export interface TransferRequest {
  /** The target, a SIP URI (RFC 3515). */
  readonly to: string;
  /** The user and host of the target. */
  readonly user: string;
  readonly host: string;
  /**
   * Set for an attended transfer (RFC 3891): `id` of the other call that the party who asks has with us. The far side of that call is to be
   * joined with the far side of this one. Absent for a blind transfer.
   */
  readonly replaces?: number;
}

/** The target of a 3xx: the user and host of the first Contact. */
export interface Redirect {
  readonly user: string;
  readonly host: string;
}

export interface CallEnd {
  /** SIP status; 200 after a BYE. */
  readonly status: number;
  readonly reason: string;
  /**
   * local: ended by us; remote: the other side hung up or refused; timeout: it did not answer a message; failure: it could not be reached,
   * or the engine failed.
   */
  readonly cause: 'local' | 'remote' | 'timeout' | 'failure';
  /** Reason header (RFC 3326) of the CANCEL, BYE or refusal. */
  readonly reasonHeader?: string;
  /** The call was refused with a redirection, which is not followed automatically. */
  readonly redirect?: Redirect;
  /** Seconds after which a refused call may be tried again. */
  readonly retryAfter?: number;
}

/** No audio has come from the other side for a while: it may be gone, or have a reason. */
export interface MediaSilence {
  /** How long there has been no audio; restarts when a hold begins or ends. */
  readonly silentMs: number;
  /** Whether it still sends RTCP reports. Some phones never do. */
  readonly reports: 'heard' | 'silent' | 'never';
  /**
   * Why it may be silent although it is there. hold: one side holds the call, or the party only listens; pauses: it has announced comfort
   * noise, or sends nothing during pauses (DTX).
   */
  readonly excuse: 'none' | 'hold' | 'pauses';
}

interface CallEvents {
  progress: [CallProgress];
  /** The other side has received our INVITE (100) but has not said anything else yet. */
  trying: [];
  /** Emitted once before the answer, when the first sound of early media has arrived. Many networks open early media but send nothing. */
  heard: [];
  /** An outgoing call was answered; for an incoming call, the caller has received our answer. */
  answered: [];
  /** An answer, a re-INVITE or an UPDATE has new information about the other side; emitted before anything else that came with it. */
  identified: [CallIdentity];
  media: [CallMedia];
  digit: [CallDigit];
  /**
   * Emitted after `silenceMs` without audio, and again when `reports` or `excuse` change. A party that holds the call and sends reports
   * does not count as silent.
   */
  mediaSilent: [MediaSilence];
  /** Follows mediaSilent: audio has returned, or has some time to do so because the call's media has changed. */
  mediaHeard: [{ readonly silentMs: number }];
  /** Already accepted with 202; without a listener it fails with 501. See reportTransfer(). */
  transferAsked: [TransferRequest];
  /** Emitted exactly once, as the last event. */
  ended: [CallEnd];
}

type RawCallEvent = RawEvent &
  (
    | ({ readonly type: 'progress' } & CallProgress)
    | { readonly type: 'trying' | 'heard' }
    | { readonly type: 'answered' }
    | ({ readonly type: 'identified' } & CallIdentity)
    | ({ readonly type: 'media' } & CallMedia)
    | ({ readonly type: 'digit' } & CallDigit)
    | ({ readonly type: 'mediaSilent' } & MediaSilence)
    | { readonly type: 'mediaHeard'; readonly silentMs: number }
    | ({ readonly type: 'transferAsked' } & TransferRequest)
    | ({ readonly type: 'ended' } & CallEnd)
  );

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
    const { sessionTimer = !emergency } = options;
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
   * @throws InvalidStateError if the call is over, PjsipError if it is already answered or was not incoming
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
        this.emit('identified', { headers: event.headers, isForwarded: event.isForwarded });
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

/** The addon uses undefined where the interface omits a property. */
function mediaOf({ active, hold, codec, direction }: CallMedia): CallMedia {
  return { active, hold, direction, ...(codec && { codec }) };
}

function transferOf({ to, user, host, replaces }: TransferRequest): TransferRequest {
  return { to, user, host, ...(replaces !== undefined && { replaces }) };
}

function endOf({ status, reason, cause, reasonHeader, redirect, retryAfter }: CallEnd): CallEnd {
  return {
    status,
    reason,
    cause,
    ...(reasonHeader !== undefined && { reasonHeader }),
    ...(redirect !== undefined && { redirect }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
