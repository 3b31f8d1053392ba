import type { Caller } from '../../admin/operation.js';
import type { ClaimAttempt, LoginAttempt, LoginOutcome, Use } from '../../admin/users/access.js';

export type { LoginOutcome, Use } from '../../admin/users/access.js';

/** Identifies callers, and decides who may come in. */
export interface Access {
  /** Whose session it is; null where there is none by this id, or none any more. */
  bySession(session: string, use: Use): Promise<Caller | null>;
  /** Whose token it is; null for one that is unknown, expired or revoked. Nobody is slowed down: a token is too long to be guessed. */
  byToken(token: string, source: string, use: Use): Promise<Caller | null>;
  /** Whether there is a one-time code that makes somebody admin. */
  readonly canBeClaimed: boolean;
  login(attempt: LoginAttempt): Promise<LoginOutcome>;
  /**
   * Makes somebody admin who has the one-time code, and signs them in.
   * @throws AdminError when the name or the password cannot be used.
   */
  claim(attempt: ClaimAttempt): Promise<LoginOutcome>;
  /** Ends a session, which need not be there. */
  logout(session: string): Promise<void>;
  /** Calls with the name of each right that ends, and with it what was begun by it. @returns what ends that. */
  onEnded(listener: (right: string) => void): () => void;
}
