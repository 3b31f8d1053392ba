import type { RawEvent } from './native.js';

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
  /** The From names somebody else than the one before did; by RFC 3261 it repeats whom the call began with, whoever is there by now. */
  readonly hasNewFrom: boolean;
  /** Somebody may have been named who is not reported, because more was stated at once than is kept. */
  readonly isIncomplete: boolean;
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
  readonly encrypted: boolean;
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

export interface CallEvents {
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

export type RawCallEvent = RawEvent &
  (
    | ({ readonly type: 'progress' } & CallProgress)
    | { readonly type: 'trying' | 'heard' }
    | { readonly type: 'answered' }
    | ({ readonly type: 'identified' | 'identityMissed' } & CallIdentity)
    | ({ readonly type: 'media' } & CallMedia)
    | ({ readonly type: 'digit' } & CallDigit)
    | ({ readonly type: 'mediaSilent' } & MediaSilence)
    | { readonly type: 'mediaHeard'; readonly silentMs: number }
    | ({ readonly type: 'transferAsked' } & TransferRequest)
    | ({ readonly type: 'ended' } & CallEnd)
  );

/** The addon uses undefined where the interface omits a property. */
export function identityOf({ headers, isForwarded, hasNewFrom, isIncomplete }: CallIdentity): CallIdentity {
  return { headers, isForwarded, hasNewFrom, isIncomplete };
}

export function mediaOf({ active, hold, codec, direction, encrypted }: CallMedia): CallMedia {
  return { active, hold, direction, encrypted, ...(codec && { codec }) };
}

export function transferOf({ to, user, host, replaces }: TransferRequest): TransferRequest {
  return { to, user, host, ...(replaces !== undefined && { replaces }) };
}

export function endOf({ status, reason, cause, reasonHeader, redirect, retryAfter }: CallEnd): CallEnd {
  return {
    status,
    reason,
    cause,
    ...(reasonHeader !== undefined && { reasonHeader }),
    ...(redirect !== undefined && { redirect }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
