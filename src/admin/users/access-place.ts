import type { PasswordHashing } from '../../crypto/password-hash.js';
import type { Instant, UnixTime, WallState } from '../../primitives/time.js';
import type { AccessFact } from '../../store/users/access-fact.js';
import type { UserStore } from '../../store/users/user-store.js';

/** What signing in needs of the box. */
export interface AccessPlace {
  readonly store: UserStore;
  readonly passwords: PasswordHashing;
  readonly clock: {
    readonly now: Instant;
    readonly wall: { readonly time: UnixTime; readonly state: WallState };
  };
  record(fact: AccessFact): void;
  /** Something that can wait could not be written to disk. */
  onError(error: unknown): void;
}
