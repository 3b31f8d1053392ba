import { HashingBusy, HashingLine } from '../crypto/hashing-line.js';
import type { PasswordHashing } from '../crypto/password-hash.js';
import { totpStep } from '../crypto/totp.js';
import { extensionNumber } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { Instant, UnixTime, WallState } from '../primitives/time.js';
import { AdminError } from '../store/admin-error.js';
import type { AccessFact } from '../store/users/access-fact.js';
import { FailureReports } from '../store/users/failure-reports.js';
import { passwordFault } from '../store/users/password-rules.js';
import { OneTimeCode, recoveryHashOf, tokenOf } from '../store/users/secrets.js';
import { longestSessionMs, Sessions, type Use } from '../store/users/sessions.js';
import { SignInLimits, type Try } from '../store/users/sign-in-limits.js';
import { sourceNetwork } from '../store/users/source-network.js';
import type { UserStore } from '../store/users/user-store.js';
import {
  findUser,
  isAdmin,
  longestName,
  nameKey,
  type SecondFactor,
  type Token,
  type User,
  type Users,
  userName,
  withUser,
} from '../store/users/users-schema.js';
import type { Caller } from './operation.js';

export type { Use } from '../store/users/sessions.js';

/** Who wants to sign in. */
export interface LoginAttempt {
  readonly name: string;
  readonly password: string;
  /** Of the authenticator app, or one of the recovery codes; null where none was given. */
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

/** What signing in needs of the box. */
export interface AccessPlace {
  readonly store: UserStore;
  readonly passwords: PasswordHashing;
  readonly clock: {
    readonly now: Instant;
    readonly wall: { readonly time: UnixTime; readonly state: WallState };
  };
  record(fact: AccessFact): void;
  /** The disk did not take something that can wait. */
  onError(error: unknown): void;
}

const resetCodeMs = 3_600_000;
const busySeconds = 5;
const claiming = 'the one-time code';
const wrong = { ok: false, reason: 'wrong' } as const;

/** Who somebody is, and who may come in. */
export class Access {
  readonly #limits = new SignInLimits();
  readonly #sessions = new Sessions();
  readonly #line = new HashingLine();
  readonly #failures = new FailureReports();
  /** The latest codes of the authenticator apps, and the recovery codes, that were used since the start: none opens twice, whatever the disk does. */
  readonly #lastSteps = new Map<string, number>();
  readonly #spentCodes = new Set<string>();
  readonly #daysNoted = new Map<string, string>();
  #oneTimeCode: OneTimeCode | null = null;

  constructor(private readonly place: AccessPlace) {
    if (!this.hasAdmin) this.#oneTimeCode = new OneTimeCode(null);
  }

  get hasAdmin(): boolean {
    return this.place.store.current.users.some(isAdmin);
  }

  /** With which whoever is at the box becomes its admin; null where there is none. */
  get oneTimeCode(): string | null {
    const code = this.#oneTimeCode;
    return code?.isValid(this.place.clock.now) ? code.text : null;
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
    return user && callerOf(user);
  }

  /** Guesses are not slowed down: a token is too long to be guessed, and its holder must not be kept out by a neighbour. */
  async byToken(text: string, _source: string): Promise<Caller | null> {
    const { current } = this.place.store;
    const token = tokenOf(text, current.tokens);
    const owner = token && findUser(current, token.owner);
    if (!token || !owner || this.#isExpired(token)) return null;
    this.#noteUse(token);
    const roles = token.roles.filter((role) => owner.roles.includes(role));
    return { ...callerOf(owner), kind: 'token', name: token.name, roles: new Set(roles) };
  }

  async login({ name, password, code, source }: LoginAttempt): Promise<LoginOutcome> {
    const attempt: Try = { source: sourceNetwork(source), account: nameKey(name).slice(0, longestName) };
    return this.#try(attempt, async () => {
      const hash = findUser(this.place.store.current, name)?.password ?? null;
      const isRight = await this.#line.run(attempt.source, () => this.place.passwords.matches(password, hash));
      // Somebody else may have changed it while it was looked at.
      const user = findUser(this.place.store.current, name);
      if (!isRight || !user || user.password !== hash) return this.#failed(attempt, user);
      const refusal = user.secondFactor && this.#checkCode(user.name, user.secondFactor, code);
      if (refusal === 'wrong') return this.#failed(attempt, user);
      if (refusal) return this.#notNow(attempt, refusal);
      this.#limits.succeeded(attempt);
      return this.#openSession(user);
    });
  }

  /** Ends a session, which need not be there. */
  async logout(session: string): Promise<void> {
    this.#sessions.end(session);
  }

  /**
   * Makes somebody admin who has the one-time code: sets their password, and takes away their second factor. The code is used up then.
   * @throws AdminError when the name or the password cannot be used; the code is still good then.
   */
  async claim({ code, name, password, language, source }: ClaimAttempt): Promise<LoginOutcome> {
    const attempt: Try = { source: sourceNetwork(source), account: claiming };
    return this.#try(attempt, async () => {
      const oneTimeCode = this.#oneTimeCode;
      if (!oneTimeCode?.is(code, this.place.clock.now)) return this.#failed(attempt, null);
      this.#limits.succeeded(attempt);
      const checked = checkedName(name);
      checkPassword(password, checked);
      const hash = await this.#hash(attempt.source, password);
      const users = await this.place.store.change((all) => {
        if (this.#oneTimeCode !== oneTimeCode) throw new AdminError({ code: 'access.codeUsed' });
        return withAdmin(all, checked, hash, language);
      });
      this.#oneTimeCode = null;
      this.#sessions.endAllOf(checked);
      this.place.record({ type: 'adminClaimed', user: checked, source: attempt.source });
      const user = findUser(users, checked);
      return user ? this.#openSession(user) : wrong;
    });
  }

  /**
   * Whether somebody who is signed in knows their password; guesses count as those of a sign-in.
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
    if (!outcome.ok && outcome.reason === 'locked')
      throw new AdminError({ code: 'access.tooManyTries', params: { seconds: outcome.waitSeconds } });
    return outcome.ok;
  }

  /**
   * Hash of a new password.
   * @throws AdminError when it cannot be used.
   */
  hashNew(password: string, user: string): Promise<string> {
    checkPassword(password, user);
    return this.#hash('change of a password', password);
  }

  /** Ends whatever somebody is signed in with: their password or their roles have changed. */
  endSessionsOf(user: string): void {
    this.#sessions.endAllOf(user);
  }

  async #hash(source: string, password: string): Promise<string> {
    try {
      return await this.#line.run(source, () => this.place.passwords.hash(password));
    } catch (error) {
      if (error instanceof HashingBusy) throw busy();
      throw error;
    }
  }

  /** Lets a source try where it need not wait. A try counts as wrong from its beginning, until it turns out to be right. */
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

  /** Why the second factor does not open; null when it does, and the code is used up then. */
  #checkCode(name: string, factor: SecondFactor, code: string | null): 'codeNeeded' | 'clockNotSet' | 'wrong' | null {
    if (code === null || code.trim() === '') return 'codeNeeded';
    const recovery = recoveryHashOf(code, factor.recovery);
    if (recovery !== null) return this.#spendRecovery(name, recovery);
    const { time, state } = this.place.clock.wall;
    if (state !== 'set') return 'clockNotSet';
    const lastUsed = Math.max(factor.lastStep ?? -1, this.#lastSteps.get(nameKey(name)) ?? -1);
    const step = totpStep(Buffer.from(factor.secret, 'base64'), code.replaceAll(' ', ''), time, lastUsed);
    if (step === null) return 'wrong';
    this.#lastSteps.set(nameKey(name), step);
    this.#keep(name, factor, (present) => ({ ...present, lastStep: step }));
    return null;
  }

  #spendRecovery(name: string, hash: string): 'wrong' | null {
    if (this.#spentCodes.has(hash)) return 'wrong';
    this.#spentCodes.add(hash);
    this.place.store
      .change((all) =>
        withUser(all, name, (user) => ({
          ...user,
          secondFactor: user.secondFactor && {
            ...user.secondFactor,
            recovery: user.secondFactor.recovery.filter((each) => each !== hash),
          },
        })),
      )
      .catch(this.place.onError);
    return null;
  }

  #keep(name: string, factor: SecondFactor, change: (present: SecondFactor) => SecondFactor): void {
    const isSame = (user: User): boolean => user.secondFactor?.secret === factor.secret;
    this.place.store
      .change((all) =>
        withUser(all, name, (user) =>
          user.secondFactor && isSame(user) ? { ...user, secondFactor: change(user.secondFactor) } : user,
        ),
      )
      .catch(this.place.onError);
  }

  /** While the box has no time of its own, it is at least as late as it knows. */
  #isExpired({ expires }: Token): boolean {
    return expires !== null && this.place.clock.wall.time >= Date.parse(expires);
  }

  /** On disk once a day, so that an admin sees which tokens nobody uses. */
  #noteUse({ id, lastUsedDay }: Token): void {
    const { time, state } = this.place.clock.wall;
    const day = new Date(time).toISOString().slice(0, 10);
    if (state !== 'set' || lastUsedDay === day || this.#daysNoted.get(id) === day) return;
    this.#daysNoted.set(id, day);
    this.place.store
      .change((all) => ({
        ...all,
        tokens: all.tokens.map((each) => (each.id === id ? { ...each, lastUsedDay: day } : each)),
      }))
      .catch(this.place.onError);
  }
}

type Locked = Extract<LoginOutcome, { readonly reason: 'locked' }>;

function callerOf({ name, roles, extension, language }: User): Caller {
  return {
    kind: 'user',
    name,
    roles: new Set(roles),
    extension: extension === null ? null : extensionNumber(extension),
    language,
  };
}

/** @throws AdminError when it is no name. */
export function checkedName(name: string): string {
  const { data } = userName.safeParse(name);
  if (data === undefined) throw new AdminError({ code: 'access.nameUnusable', params: { longest: longestName } });
  return data;
}

function checkPassword(password: string, user: string): void {
  const fault = passwordFault(password, user);
  if (fault !== null) throw new AdminError({ code: `access.password.${fault}` });
}

const busy = (): AdminError => new AdminError({ code: 'access.tooManyTries', params: { seconds: busySeconds } });

function withAdmin(all: Users, name: string, password: string, language: Language): Users {
  const before = findUser(all, name);
  if (!before) {
    const user: User = { name, password, roles: ['admin'], extension: null, language, secondFactor: null };
    return { ...all, users: [...all.users, user] };
  }
  const roles: User['roles'] = before.roles.includes('admin') ? before.roles : ['admin', ...before.roles];
  return withUser(all, name, (user) => ({ ...user, password, roles, secondFactor: null }));
}
