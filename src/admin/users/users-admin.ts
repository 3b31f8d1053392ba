import { randomBytes } from 'node:crypto';
import { base32, totpAddress, totpStep } from '../../crypto/totp.js';
import { mayPassOn, type Role } from '../../primitives/roles.js';
import { nameKey } from '../../primitives/user-name.js';
import { AdminError } from '../../store/admin-error.js';
import { newRecoveryCodes, newToken } from '../../store/users/secrets.js';
import { findUser, mostTokens, type Token, type User, type Users, withUser } from '../../store/users/users-schema.js';
import { Versioned } from '../../store/versioned.js';
import type { Caller } from '../operation.js';
import { byOf } from '../recording.js';
import { type Access, checkedName, checkPassword } from './access.js';
import type { AccessPlace } from './access-place.js';
import { hasOtherRights, isSame, replaced, tokenById, type UserWish, userNamed, withAnAdmin } from './user-changes.js';
import { type TokenView, tokenView, type UserView, userView } from './user-views.js';

export interface TokenWish {
  readonly name: string;
  /** The user it acts for; null for whoever asks. */
  readonly owner: string | null;
  readonly roles: readonly Role[];
  readonly days: number | null;
}

const dayMs = 24 * 3_600_000;
const secretBytes = 20;
/** Set-ups of authenticator apps that were begun and not confirmed: the latest counts. */
const mostPending = 100;

/** Manages users and tokens for admins, and for everyone their own password and second factor. */
export class UsersAdmin {
  readonly #pending = new Map<string, Buffer>();
  /** Of the users, without what using them changes. */
  readonly versions = new Versioned(() =>
    this.place.store.current.users.map(({ secondFactor, ...user }) => [user, secondFactor !== null]),
  );

  constructor(
    private readonly place: AccessPlace,
    private readonly access: Access,
  ) {}

  list(): readonly UserView[] {
    return this.place.store.current.users.map(userView);
  }

  /** Whether there is a user of this name. @throws AdminError for what is no name */
  has(name: string): boolean {
    return findUser(this.place.store.current, checkedName(name)) !== null;
  }

  /** Whether a user signs in with this password. Nobody can guess by it: it is not asked from outside. */
  isPasswordOf(name: string, password: string): Promise<boolean> {
    const user = findUser(this.place.store.current, name);
    return this.place.passwords.matches(password, user?.password ?? null);
  }

  /**
   * Makes a user, or changes one. A change of password, roles or extension ends what they are signed in with, but for the session in which they
   * change their own roles or extension.
   * @throws AdminError
   */
  async set(wish: UserWish, caller: Caller): Promise<UserView> {
    const name = checkedName(wish.name);
    const hash = wish.password === null ? null : await this.access.hashNew(wish.password, name);
    let before: User | null = null;
    const users = await this.place.store.change((all) => {
      before = findUser(all, name);
      return withAnAdmin(all, replaced(all, before, { ...wish, name }, hash));
    });
    const after = userNamed(users, name);
    if (!before || hasOtherRights(before, after))
      this.access.endAccessOf(name, hash === null ? (caller.login ?? null) : null);
    const by = byOf(caller);
    this.place.record({ type: 'userSet', user: after.name, roles: after.roles.join(' '), ...by });
    if (hash !== null) this.place.record({ type: 'passwordChanged', user: after.name, ...by });
    return userView(after);
  }

  /**
   * A user as `set` would make them, which is not done.
   * @throws AdminError, as `set` would.
   */
  tryOut(wish: UserWish): UserView {
    const name = checkedName(wish.name);
    if (wish.password !== null) checkPassword(wish.password, name);
    const { current } = this.place.store;
    const before = findUser(current, name);
    const users = withAnAdmin(current, replaced(current, before, { ...wish, name }, null));
    const after = userView(userNamed(users, name));
    return { ...after, hasPassword: after.hasPassword || wish.password !== null };
  }

  /**
   * Removes a user, and the tokens that act for them.
   * @throws AdminError
   */
  async remove(name: string, caller: Caller): Promise<void> {
    const users = this.place.store.current;
    const user = userNamed(users, name);
    await this.place.store.change((all) =>
      withAnAdmin(all, {
        ...all,
        users: all.users.filter((each) => !isSame(each.name, name)),
        tokens: all.tokens.filter(({ owner }) => !isSame(owner, name)),
      }),
    );
    this.access.endAccessOf(name);
    this.place.record({ type: 'userRemoved', user: user.name, ...byOf(caller) });
  }

  /**
   * Changes the caller's own password, and signs them out everywhere.
   * @throws AdminError
   */
  async changePassword(present: string, next: string, caller: Caller): Promise<void> {
    const user = this.#self(caller);
    if (!(await this.access.knowsPassword(user, present))) throw wrongPassword('present');
    const hash = await this.access.hashNew(next, user.name, 'next');
    await this.#changeOwn(user, 'present', (each) => ({ ...each, password: hash }));
    this.access.endAccessOf(user.name);
    this.place.record({ type: 'passwordChanged', user: user.name, ...byOf(caller) });
  }

  /** Whether the caller's sign-in asks for a code. */
  ownSecondFactor(caller: Caller): { readonly isSetUp: boolean; readonly recoveryCodesLeft: number } {
    const { secondFactor } = this.#self(caller);
    return { isSetUp: secondFactor !== null, recoveryCodesLeft: secondFactor?.recovery.length ?? 0 };
  }

  /** Begins to set up an authenticator app; nothing changes before its first code. */
  beginSecondFactor(caller: Caller): { readonly secret: string; readonly address: string } {
    const user = this.#self(caller);
    const secret = randomBytes(secretBytes);
    this.#pending.delete(nameKey(user.name));
    this.#pending.set(nameKey(user.name), secret);
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > mostPending && oldest !== undefined) this.#pending.delete(oldest);
    return { secret: base32(secret), address: totpAddress(secret, user.name) };
  }

  /**
   * From now on a code is needed. Returns the recovery codes, which are not shown again.
   * @throws AdminError
   */
  async confirmSecondFactor(code: string, caller: Caller): Promise<readonly string[]> {
    const user = this.#self(caller);
    const secret = this.#pending.get(nameKey(user.name));
    if (!secret) throw new AdminError({ code: 'access.noSetUp' }, { kind: 'conflict' });
    const { time, state } = this.place.clock.wall;
    if (state !== 'set') throw new AdminError({ code: 'access.clockNotSet' }, { kind: 'unavailable' });
    const step = totpStep(secret, code.replaceAll(' ', ''), time, null);
    if (step === null) throw new AdminError({ code: 'access.codeWrong' }, { field: 'code' });
    const { texts, hashes } = newRecoveryCodes();
    const secondFactor = { secret: secret.toString('base64'), lastStep: step, recovery: [...hashes] };
    await this.place.store.change((all) => withUser(all, user.name, (each) => ({ ...each, secondFactor })));
    this.#pending.delete(nameKey(user.name));
    this.place.record({ type: 'secondFactorSet', user: user.name, ...byOf(caller) });
    return texts;
  }

  /**
   * Removes the caller's own second factor.
   * @throws AdminError
   */
  async removeSecondFactor(password: string, caller: Caller): Promise<void> {
    const user = this.#self(caller);
    if (!(await this.access.knowsPassword(user, password))) throw wrongPassword('password');
    await this.#changeOwn(user, 'password', (each) => ({ ...each, secondFactor: null }));
    this.place.record({ type: 'secondFactorRemoved', user: user.name, ...byOf(caller) });
  }

  tokens(): readonly TokenView[] {
    return this.place.store.current.tokens.map(tokenView);
  }

  /**
   * Makes a token; its text is shown this once.
   * @throws AdminError
   */
  async createToken(wish: TokenWish, caller: Caller): Promise<TokenView & { readonly token: string }> {
    const { text, id, with: withToken } = this.#newToken(wish, caller);
    const token = tokenById(await this.place.store.change(withToken), id);
    const { name, owner, roles } = token;
    this.place.record({ type: 'tokenCreated', token: name, user: owner, roles: roles.join(' '), ...byOf(caller) });
    return { ...tokenView(token), token: text };
  }

  /**
   * A token as `createToken` would make it, which is not done.
   * @throws AdminError, as that would.
   */
  tryOutToken(wish: TokenWish, caller: Caller): TokenView {
    const { id, with: withToken } = this.#newToken(wish, caller);
    return tokenView(tokenById(withToken(this.place.store.current), id));
  }

  #newToken(wish: TokenWish, caller: Caller) {
    const name = checkedName(wish.name);
    const { time, state } = this.place.clock.wall;
    if (wish.days !== null && state !== 'set')
      throw new AdminError({ code: 'access.clockNotSet' }, { kind: 'unavailable', field: 'days' });
    const { text, id, hash } = newToken();
    const expires = wish.days === null ? null : new Date(time + wish.days * dayMs).toISOString();
    const created = new Date(time).toISOString();
    const withToken = (all: Users): Users => {
      if (all.tokens.length >= mostTokens)
        throw new AdminError({ code: 'access.tooManyTokens', params: { most: mostTokens } }, { kind: 'conflict' });
      const owner = userNamed(all, wish.owner ?? caller.name);
      if (!wish.roles.every((role) => mayPassOn(owner.roles, role)))
        throw new AdminError({ code: 'access.rolesTooMany', params: { owner: owner.name } }, { field: 'roles' });
      const roles = [...new Set(wish.roles)];
      const token: Token = { id, name, owner: owner.name, hash, roles, created, expires, lastUsedDay: null };
      return { ...all, tokens: [...all.tokens, token] };
    };
    return { text, id, with: withToken };
  }

  /** @throws AdminError */
  async revokeToken(id: string, caller: Caller): Promise<void> {
    const { name } = tokenById(this.place.store.current, id);
    await this.place.store.change((all) => ({ ...all, tokens: all.tokens.filter((each) => each.id !== id) }));
    this.access.endToken(id);
    this.place.record({ type: 'tokenRevoked', token: name, ...byOf(caller) });
  }

  /** Checking a password takes its time: one that an admin has replaced meanwhile changes nothing. */
  async #changeOwn(known: User, field: string, change: (user: User) => User): Promise<void> {
    await this.place.store.change((all) => {
      if (findUser(all, known.name)?.password !== known.password) throw wrongPassword(field);
      return withUser(all, known.name, change);
    });
  }

  #self(caller: Caller): User {
    if (caller.kind !== 'user') throw new AdminError({ code: 'access.personOnly' }, { kind: 'forbidden' });
    return userNamed(this.place.store.current, caller.name);
  }
}

const wrongPassword = (field: string): AdminError => new AdminError({ code: 'access.password.wrong' }, { field });
