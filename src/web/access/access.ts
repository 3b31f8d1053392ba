import type { Caller } from '../../admin/operation.js';
import type { Language } from '../../admin/speaking.js';

/** Who wants to sign in. */
export interface LoginAttempt {
  readonly name: string;
  readonly password: string;
  /** Of the authenticator app; null where none was given. */
  readonly code: string | null;
  /** The IP address that it comes from. */
  readonly source: string;
}

/** Who wants to become admin by the one-time code of the box. */
export interface ClaimAttempt {
  readonly code: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
  readonly source: string;
}

/** How signing in ended. */
export type LoginOutcome =
  /** A session that was never used before, and how long it lasts at most. */
  | { readonly ok: true; readonly session: string; readonly lastsSeconds: number; readonly caller: Caller }
  /**
   * `wrong` does not tell what is wrong; the others are told only to whoever knows the password. `clockNotSet`: no code of an
   * authenticator app can be checked, but a recovery code can.
   */
  | { readonly ok: false; readonly reason: 'wrong' | 'codeNeeded' | 'clockNotSet' }
  | { readonly ok: false; readonly reason: 'locked'; readonly waitSeconds: number };

/** A page that is left open and watches does not keep its session from ending by itself, as a request does. */
export type Use = 'request' | 'watch';

/** Who somebody is, and who may come in. */
export interface Access {
  /** Whose session it is; null where there is none by this id, or none any more. */
  bySession(session: string, use: Use): Promise<Caller | null>;
  /** Whose token it is; null for one that is unknown, expired or revoked. Guesses are slowed down by their source. */
  byToken(token: string, source: string, use: Use): Promise<Caller | null>;
  login(attempt: LoginAttempt): Promise<LoginOutcome>;
  /**
   * Makes somebody admin who has the one-time code, and signs them in.
   * @throws AdminError when the name or the password cannot be used.
   */
  claim(attempt: ClaimAttempt): Promise<LoginOutcome>;
  /** Ends a session, which need not be there. */
  logout(session: string): Promise<void>;
}
