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
  /** The registration to call over; without one the call goes straight to the host in `to`. */
  readonly account?: Account;
  /** Who is shown as the caller; default and `host`: as the account, or the transport. */
  readonly from?: { readonly user: string; readonly displayName?: string; readonly host?: string };
  /** Say who calls in P-Asserted-Identity too (RFC 3325), for a network that trusts us. Needs `from`. Default false. */
  readonly assertIdentity?: boolean;
  /** More headers for the INVITE. */
  readonly headers?: Headers;
  /** Offered, in this order; default: the endpoint's. */
  readonly codecs?: readonly CodecName[];
  /** May use the legs that are kept in reserve for emergency calls. Default false. */
  readonly emergency?: boolean;
  /** Offer a session timer (RFC 4028), which ends the call when it is not refreshed. Default: not for an emergency call. */
  readonly sessionTimer?: boolean;
  /** How many may pass the call on, 0 to 255: of a call that is passed on here, one less than it said itself. Default 70. */
  readonly maxForwards?: number;
}

/** A provisional answer of the other side. */
export interface CallProgress {
  readonly status: number;
  readonly reason: string;
  /** It brings audio: early media. */
  readonly media: boolean;
}

/** Who the other side says it is, after the INVITE. */
export interface CallIdentity {
  /**
   * By lower-case name, as they stand in the message: P-Asserted-Identity (RFC 3325), Remote-Party-ID, Privacy, History-Info; and From, of a
   * re-INVITE or UPDATE of the other side (RFC 4916). Believe them only from an origin that you trust.
   */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The call is being sent on to somebody else (181). */
  readonly isForwarded: boolean;
}

/** The audio of a call after a change. */
export interface CallMedia {
  readonly active: boolean;
  /** Who holds the call. */
  readonly hold: 'none' | 'local' | 'remote' | 'both';
  /** Absent while there is no audio. `clockRate` in Hz is that of the codec. */
  readonly codec?: { readonly name: string; readonly clockRate: number; readonly ptimeMs: number };
  /** As we see it. */
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
}

export type DigitMethod = 'rfc4733' | 'info';

/** A key that the other side pressed. */
export interface CallDigit {
  /** 0-9, *, #, A-D. */
  readonly digit: string;
  readonly method: DigitMethod;
  /** 0 when it is not said. */
  readonly durationMs: number;
}

/** The other side wants its call to go on with somebody else. */
export interface TransferRequest {
  /** Where to: a SIP URI (RFC 3515). */
  readonly to: string;
  /** The user and the host in it. */
  readonly user: string;
  readonly host: string;
  /**
   * An attended transfer (RFC 3891): `id` of the other call that who asks has with us. Its far side and that of this call are to be
   * joined. Absent in a blind one.
   */
  readonly replaces?: number;
}

/** Where a 3xx leads: the user and the host of the first Contact. */
export interface Redirect {
  readonly user: string;
  readonly host: string;
}

export interface CallEnd {
  /** SIP status; 200 after a BYE. */
  readonly status: number;
  readonly reason: string;
  /**
   * local: by us; remote: the other side hung up or refused; timeout: it did not answer a message; failure: it could not be
   * reached, or the engine failed.
   */
  readonly cause: 'local' | 'remote' | 'timeout' | 'failure';
  /** Reason header (RFC 3326) of the CANCEL, BYE or refusal. */
  readonly reasonHeader?: string;
  /** The call was refused by sending it elsewhere, which nobody does by itself here. */
  readonly redirect?: Redirect;
  /** Seconds after which a refused call may be tried again. */
  readonly retryAfter?: number;
}

/** No audio has come from the other side for a while: it may be gone, or have a reason. */
export interface MediaSilence {
  /** For so long; it begins anew with a hold and its end. */
  readonly silentMs: number;
  /** Whether it still says by RTCP that it is there. Not all phones ever do. */
  readonly reports: 'heard' | 'silent' | 'never';
  /**
   * Why it may be silent though it is there. hold: one side holds the call, or it only listens; pauses: it has announced comfort noise,
   * or leaves pauses out (DTX).
   */
  readonly excuse: 'none' | 'hold' | 'pauses';
}

interface CallEvents {
  progress: [CallProgress];
  /** The other side has got our INVITE (100), and says no more yet. */
  trying: [];
  /** Before the answer, once: the first sound of early media has come. Many open it and say nothing. */
  heard: [];
  /** An outgoing call was answered; an incoming one, that the caller got our answer. */
  answered: [];
  /** An answer, a re-INVITE or an UPDATE says something new of who is there; told before what else came with it. */
  identified: [CallIdentity];
  media: [CallMedia];
  digit: [CallDigit];
  /** After `silenceMs` without audio, and again when `reports` or `excuse` are others. Who holds the call and reports is not silent. */
  mediaSilent: [MediaSilence];
  /** After mediaSilent: audio comes again, or need not for a while yet, since the call's media has changed. */
  mediaHeard: [{ readonly silentMs: number }];
  /** Accepted with 202 already; without a listener it fails with 501. See reportTransfer(). */
  transferAsked: [TransferRequest];
  /** Exactly once, and last. */
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

/** Milliseconds a key is held where nothing else is asked for. */
const defaultDigitMs = 160;

/** One leg: a call to or from one party. */
export class Call extends EventEmitter<CallEvents> {
  /** Unique in the life of the process. */
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
   * Answers an incoming call provisionally. 183 always opens early media; 180 does with `media`: then a 183 goes before it.
   *
   * @throws InvalidStateError when the call is over, PjsipError when it is answered or was not incoming
   */
  progress(status: 180 | 183, { media = false }: { readonly media?: boolean } = {}): void {
    if (status !== 180 && status !== 183) throw new TypeError('status must be 180 or 183');
    native.progressCall(this.id, status, media);
  }

  /** Answers an incoming call with 200. @throws as progress() */
  answer({ headers }: { readonly headers?: Headers } = {}): void {
    native.answerCall(this.id, { headers: headerList(headers) });
  }

  /** Refuses an incoming call with a status from 300 to 699. In any other state it hangs up; when it is over, nothing happens. */
  reject(status: number, reason = '', headers?: Headers): void {
    native.rejectCall(this.id, { status, reason, headers: headerList(headers) });
  }

  /**
   * Ends the call in the way its state asks for: CANCEL, BYE, or a refusal with `status` (default 603). When it is over, nothing
   * happens. 'ended' follows at once. `reasonHeader` is the value of a Reason header (RFC 3326).
   */
  hangUp({ status, reasonHeader }: { readonly status?: number; readonly reasonHeader?: string } = {}): void {
    native.hangUpCall(this.id, { status, reasonHeader });
  }

  /** Puts the other side on hold; resolves when it has agreed. @throws InvalidStateError, PjsipError with its refusal */
  async hold(): Promise<void> {
    await this.#wiring.request(native.holdCall(this.id));
  }

  /** Ends the hold. @throws as hold() */
  async resume(): Promise<void> {
    await this.#wiring.request(native.resumeCall(this.id));
  }

  /** Offers the present media once more. @throws as hold() */
  async reinvite(): Promise<void> {
    await this.#wiring.request(native.reinviteCall(this.id));
  }

  /**
   * Presses keys: 0-9, *, #, A-D. Resolves when they were sent (`rfc4733`, at most 32 at a time) or accepted (`info`).
   *
   * @throws TypeError for other keys, InvalidStateError when the call is over, PjsipError when the other side does not take them
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
   * Asks the other side by OPTIONS whether it is still there; resolves when it is and knows of the call. Nothing comes of the call when
   * it is not: it rejects then, after 32 s at most where there is no answer at all.
   *
   * @throws InvalidStateError when the call is not answered yet or over; PjsipError of the operation `OPTIONS` when nobody is there, of
   * another one when the question could not be sent
   */
  async probe(): Promise<void> {
    await this.#wiring.request(native.probeCall(this.id));
  }

  /**
   * Tells who asked for a transfer how it goes: 100 to 199 while it is under way, then once a final SIP status, after which another
   * may be asked for. When none is under way, or the call is over, nothing happens.
   */
  reportTransfer(status: number): void {
    native.reportTransfer(this.id, status);
  }

  /** Undefined while there is no audio. @throws InvalidStateError when the call is over */
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

/** The addon says undefined where the interface leaves out. */
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
