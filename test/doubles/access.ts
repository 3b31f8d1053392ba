import { randomUUID } from 'node:crypto';
import { type Caller, type Role, roles } from '../../src/admin/operation.js';
import type { ClaimAttempt, LoginAttempt, LoginOutcome, Use } from '../../src/admin/users/access.js';
import type { Access } from '../../src/web/access/access.js';

/** Of everybody here. */
export const password = 'correct horse battery staple';

/** Makes anybody admin. */
export const oneTimeCode = 'TULIP-7';

/** Lets in one person of each role by the name of the role, and programs by the token `token-ROLE`. */
export class AccessDouble implements Access {
  readonly sessions = new Map<string, Caller>();
  readonly attempts: LoginAttempt[] = [];
  readonly uses: Use[] = [];
  /** What becomes of every attempt, whatever it is. */
  verdict: LoginOutcome | null = null;

  canBeClaimed = true;
  readonly #listeners = new Set<(right: string) => void>();

  async bySession(session: string, use: Use): Promise<Caller | null> {
    this.uses.push(use);
    return this.sessions.get(session) ?? null;
  }

  async byToken(token: string): Promise<Caller | null> {
    const role = roles.find((name) => token === `token-${name}`);
    return role ? callerOf(role, 'token') : null;
  }

  async claim({ code, name }: ClaimAttempt): Promise<LoginOutcome> {
    if (code !== oneTimeCode) return { ok: false, reason: 'wrong' };
    const session = randomUUID();
    const caller = { ...callerOf('admin'), name };
    this.sessions.set(session, caller);
    return { ok: true, session, lastsSeconds: 3600, caller };
  }

  async login(attempt: LoginAttempt): Promise<LoginOutcome> {
    this.attempts.push(attempt);
    const role = roles.find((name) => name === attempt.name);
    if (this.verdict) return this.verdict;
    if (!role || attempt.password !== password) return { ok: false, reason: 'wrong' };
    const session = randomUUID();
    const caller = callerOf(role, 'user');
    this.sessions.set(session, caller);
    return { ok: true, session, lastsSeconds: 3600, caller };
  }

  async logout(session: string): Promise<void> {
    this.sessions.delete(session);
    for (const listener of this.#listeners) listener('login');
  }

  onEnded(listener: (right: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export const callerOf = (role: Role, kind: Caller['kind'] = 'user'): Caller => ({
  kind,
  name: role,
  rights: [`${kind} ${role}`],
  roles: new Set([role]),
  extension: null,
  language: 'de',
});
