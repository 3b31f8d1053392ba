import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../../primitives/time.js';
import { nameKey } from '../../primitives/user-name.js';

const hour = 3_600_000;
/** Ends a session that nobody uses. */
export const idleMs = 2 * hour;
/** Ends every session: longer than a working day. */
export const longestSessionMs = 12 * hour;
const mostSessions = 2000;
const mostOfUser = 20;

/** What a session is used for: a person does something, or a page that was left open keeps watching. */
export type Use = 'request' | 'watch';

interface Session {
  readonly user: string;
  readonly opened: Instant;
  lastUsed: Instant;
}

/**
 * Who is signed in. Only hashes of the ids are kept, and those in memory only: who can read the memory or the disk of the box can take
 * over no session, and a restart ends them all.
 */
export class Sessions {
  /** In the order of their opening. */
  readonly #sessions = new Map<string, Session>();

  /** Opens a session with an id that was never used before. The user's oldest ends where there are too many. */
  open(user: string, now: Instant): string {
    this.#endExpired(now);
    const own = [...this.#sessions].filter(([, session]) => session.user === nameKey(user));
    if (own.length >= mostOfUser) this.#endFirst(own);
    if (this.#sessions.size >= mostSessions) this.#endFirst([...this.#sessions]);
    const id = randomBytes(32).toString('base64url');
    this.#sessions.set(hashOf(id), { user: nameKey(user), opened: now, lastUsed: now });
    return id;
  }

  /** Whose session it is; null where there is none, or none any more. @param use A page that only watches does not keep it from ending. */
  userOf(id: string, now: Instant, use: Use): string | null {
    const session = this.#sessions.get(hashOf(id));
    if (!session || isOver(session, now)) return null;
    if (use === 'request') session.lastUsed = now;
    return session.user;
  }

  /** A name for the session that opens nothing. */
  nameOf(id: string): string {
    return hashOf(id);
  }

  end(id: string): void {
    this.#sessions.delete(hashOf(id));
  }

  /** @param kept The name of one that goes on; null for none. */
  endAllOf(user: string, kept: string | null): void {
    for (const [key, session] of this.#sessions)
      if (session.user === nameKey(user) && key !== kept) this.#sessions.delete(key);
  }

  #endExpired(now: Instant): void {
    for (const [key, session] of this.#sessions) if (isOver(session, now)) this.#sessions.delete(key);
  }

  #endFirst([first]: readonly (readonly [string, Session])[]): void {
    if (first) this.#sessions.delete(first[0]);
  }
}

const isOver = ({ opened, lastUsed }: Session, now: Instant): boolean =>
  now >= opened + longestSessionMs || now >= lastUsed + idleMs;

const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex');
