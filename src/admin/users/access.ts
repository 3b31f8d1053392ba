import { HashingBusy, HashingLine } from '../../crypto/hashing-line.js';
import type { Language } from '../../primitives/language.js';
import { passwordFault } from '../../primitives/password-rules.js';
import { longestName, nameAsKept, nameKey } from '../../primitives/user-name.js';
import { AdminError } from '../../store/admin-error.js';
import { FailureReports } from '../../store/users/failure-reports.js';
import { OneTimeCode } from '../../store/users/secrets.js';
import { longestSessionMs, Sessions, type Use } from '../../store/users/sessions.js';
import { SignInLimits, type Try } from '../../store/users/sign-in-limits.js';
import { sourceNetwork } from '../../store/users/source-network.js';
import { findUser, isAdmin, type User, type Users, withUser } from '../../store/users/users-schema.js';
import type { Caller } from '../operation.js';
import type { AccessPlace } from './access-place.js';
import { callerOf, rightOf } from './caller-of.js';
import { SecondFactors } from './second-factors.js';
import { TokenAccess } from './token-access.js';

export type { Use } from '../../store/users/sessions.js';

/** An attempt to sign in. */
export interface LoginAttempt {
  readonly name: string;
  readonly password: string;
  /** From the authenticator app, or a recovery code; null if none was given. */
  readonly code: string | null;
  /** The IP address that it comes from. */
  readonly source: string;
}

/** An attempt to become admin by the one-time code of the box. */
export interface ClaimAttempt {
  readonly code: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
  readonly source: string;
}

/** How signing in ended. */
export type LoginOutcome =
  /** A new session, and how long it lasts at most. */
  | { readonly ok: true; readonly session: string; readonly lastsSeconds: number; readonly caller: Caller }
  /**
   * `wrong` does not say what is wrong; the others are revealed only to those who know the password. `clockNotSet`: no code of an
   * authenticator app can be checked, but a recovery code can.
   */
  | { readonly ok: false; readonly reason: 'wrong' | 'codeNeeded' | 'clockNotSet' }
  | { readonly ok: false; readonly reason: 'locked'; readonly waitSeconds: number };

const resetCodeMs = 3_600_000;
const busySeconds = 5;
const claiming = 'the one-time code';
const wrong = { ok: false, reason: 'wrong' } as const;

/** Identifies callers, and decides who may come in. */
export class Access {
  readonly #limits = new SignInLimits();
  readonly #sessions = new Sessions();
  readonly #line = new HashingLine();
  readonly #failures = new FailureReports();
  readonly #secondFactors: SecondFactors;
  readonly #tokens: TokenAccess;
  readonly #listeners = new Set<(right: string) => void>();
  #oneTimeCode: OneTimeCode | null = null;

  constructor(private readonly place: AccessPlace) {
    this.#secondFactors = new SecondFactors(place);
    this.#tokens = new TokenAccess(place);
    if (!this.hasAdmin) this.#oneTimeCode = new OneTimeCode(null);
  }

  get hasAdmin(): boolean {
    return this.place.store.current.users.some(isAdmin);
  }

  /** Lets a person at the box become its admin; null if there is none. */
  get oneTimeCode(): string | null {
    return this.#validCode?.text ?? null;
  }

  get canBeClaimed(): boolean {
    return this.#validCode !== null;
  }

  /** A code that was made because there was no admin ends with the first one, however that one came to be. */
  get #validCode(): OneTimeCode | null {
    const code = this.#oneTimeCode;
    if (code === null || (code.isForFirstAdmin && this.hasAdmin)) return null;
    return code.isValid(this.place.clock.now) ? code : null;
  }

  /** For whoever holds the button of the box: a new code, good for an hour. Passwords stay as they are until it is used. */
  resetAdminPassword(): string {
    const validUntil = this.hasAdmin ? this.place.clock.now + resetCodeMs : null;
    this.#oneTimeCode = new OneTimeCode(validUntil);
    return this.#oneTimeCode.text;
  }

  async bySession(session: string, use: Use): Promise<Caller | null> {
    const name = this.#sessions.userOf(session, this.place.clock.now, use);
    const user = name === null ? null : findUser(this.place.store.current, name);
    return user && { ...callerOf(user), login: this.#sessions.nameOf(session) };
  }

  /** Guesses are not slowed down: a token is too long to be guessed, and its holder must not be kept out by a neighbour. */
  async byToken(text: string, _source: string): Promise<Caller | null> {
    return this.#tokens.callerBy(text);
  }

  async login({ name, password, code, source }: LoginAttempt): Promise<LoginOutcome> {
    const attempt: Try = { source: sourceNetwork(source), account: nameKey(name).slice(0, longestName) };
    return this.#try(attempt, async () => {
      const hash = findUser(this.place.store.current, name)?.password ?? null;
      const isRight = await this.#line.run(attempt.source, () => this.place.passwords.matches(password, hash));
      // It may have been changed while it was being checked.
      const user = findUser(this.place.store.current, name);
      if (!isRight || !user || user.password !== hash) return this.#failed(attempt, user);
      const refusal = user.secondFactor && this.#secondFactors.check(user.name, user.secondFactor, code);
      if (refusal === 'wrong') return this.#failed(attempt, user);
      if (refusal) return this.#notNow(attempt, refusal);
      this.#limits.succeeded(attempt);
      return this.#openSession(user);
    });
  }

  /** Ends a session, which need not be there. */
  async logout(session: string): Promise<void> {
    this.#sessions.end(session);
    this.#ended(rightOf({ login: this.#sessions.nameOf(session) }));
  }

  /**
   * Makes the holder of the one-time code an admin: sets their password and removes their second factor. The code is then used up.
   * @throws AdminError when the name or the password cannot be used; the code is still good then.
   */
  async claim({ code, name, password, language, source }: ClaimAttempt): Promise<LoginOutcome> {
    const attempt: Try = { source: sourceNetwork(source), account: claiming };
    return this.#try(attempt, async () => {
      const oneTimeCode = this.#validCode;
      if (!oneTimeCode?.is(code, this.place.clock.now)) return this.#failed(attempt, null);
      this.#limits.succeeded(attempt);
      const checked = checkedName(name);
      checkPassword(password, checked);
      const hash = await this.#hash(attempt.source, password);
      const users = await this.place.store.change((all) => {
        if (this.#validCode !== oneTimeCode) throw new AdminError({ code: 'access.codeUsed' }, { kind: 'conflict' });
        return withAdmin(all, checked, hash, language);
      });
      this.#oneTimeCode = null;
      this.endAccessOf(checked);
      this.place.record({ type: 'adminClaimed', user: checked, source: attempt.source });
      const user = findUser(users, checked);
      return user ? this.#openSession(user) : wrong;
    });
  }

  /**
   * Whether a signed-in user knows their password; guesses count as at a sign-in.
   * @throws AdminError where there were too many.
   */
  async knowsPassword(user: User, password: string): Promise<boolean> {
    const attempt: Try = { source: 'session', account: nameKey(user.name) };
    const outcome = await this.#try(attempt, async () => {
      const isRight = await this.#line.run(`session ${attempt.account}`, () =>
        this.place.passwords.matches(password, user.password),
      );
      if (!isRight) return this.#failed(attempt, user);
      this.#limits.succeeded(attempt);
      return { ok: true } as const;
    });
    if (!outcome.ok && outcome.reason === 'locked') throw tooManyTries(outcome.waitSeconds);
    return outcome.ok;
  }

  /**
   * Hash of a new password.
   * @param field In which it was sent.
   * @throws AdminError when it cannot be used.
   */
  hashNew(password: string, user: string, field?: string): Promise<string> {
    checkPassword(password, user, field);
    return this.#hash('change of a password', password);
  }

  /** Calls with the name of a right (`Caller.rights`) that has ended, and with it what was begun by it. @returns what ends that. */
  onEnded(listener: (right: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Ends all that a user has begun whose password, roles or extension have changed, or who is no more.
   * @param keptLogin The session that goes on, with what they may do from now on.
   */
  endAccessOf(user: string, keptLogin: string | null = null): void {
    this.#sessions.endAllOf(user, keptLogin);
    this.#ended(rightOf({ user }));
  }

  /** Ends what was begun by a token that is revoked. */
  endToken(token: string): void {
    this.#ended(rightOf({ token }));
  }

  #ended(right: string): void {
    for (const listener of this.#listeners) listener(right);
  }

  async #hash(source: string, password: string): Promise<string> {
    try {
      return await this.#line.run(source, () => this.place.passwords.hash(password));
    } catch (error) {
      if (error instanceof HashingBusy) throw tooManyTries(busySeconds);
      throw error;
    }
  }

  /** Lets a source try if it need not wait. A try counts as wrong from its beginning, until it turns out to be right. */
  async #try<Outcome>(attempt: Try, run: () => Promise<Outcome>): Promise<Outcome | Locked> {
    const waitMs = this.#limits.waitMs(attempt, this.place.clock.now);
    if (waitMs > 0) return { ok: false, reason: 'locked', waitSeconds: Math.ceil(waitMs / 1000) };
    this.#limits.begin(attempt, this.place.clock.now);
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof HashingBusy)) throw error;
      this.#limits.takenBack(attempt);
      return { ok: false, reason: 'locked', waitSeconds: busySeconds };
    }
  }

  #notNow(attempt: Try, reason: 'codeNeeded' | 'clockNotSet'): LoginOutcome {
    this.#limits.takenBack(attempt);
    return { ok: false, reason };
  }

  #failed({ source }: Try, user: User | null): typeof wrong {
    const unrecorded = this.#failures.note(this.place.clock.now);
    if (unrecorded !== null) this.place.record({ type: 'signInFailed', user: user?.name ?? null, source, unrecorded });
    return wrong;
  }

  #openSession(user: User): LoginOutcome {
    const session = this.#sessions.open(user.name, this.place.clock.now);
    return { ok: true, session, lastsSeconds: longestSessionMs / 1000, caller: callerOf(user) };
  }
}

type Locked = Extract<LoginOutcome, { readonly reason: 'locked' }>;

/** @throws AdminError if it cannot be a name. */
export function checkedName(name: string): string {
  const kept = nameAsKept(name);
  if (kept === null)
    throw new AdminError({ code: 'access.nameUnusable', params: { longest: longestName } }, { field: 'name' });
  return kept;
}

/** @throws AdminError if it cannot be a password of the user. */
export function checkPassword(password: string, user: string, field = 'password'): void {
  const fault = passwordFault(password, user);
  if (fault !== null) throw new AdminError({ code: `access.password.${fault}` }, { field });
}

const tooManyTries = (seconds: number): AdminError =>
  new AdminError({ code: 'access.tooManyTries', params: { seconds } }, { kind: 'tooMany' });

function withAdmin(all: Users, name: string, password: string, language: Language): Users {
  const before = findUser(all, name);
  if (!before) {
    const user: User = { name, password, roles: ['admin'], extension: null, language, secondFactor: null };
    return { ...all, users: [...all.users, user] };
  }
  const roles: User['roles'] = before.roles.includes('admin') ? before.roles : ['admin', ...before.roles];
  return withUser(all, name, (user) => ({ ...user, password, roles, secondFactor: null }));
}
