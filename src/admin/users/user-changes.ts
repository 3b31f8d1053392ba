import type { Language } from '../../primitives/language.js';
import { needsExtension, type Role } from '../../primitives/roles.js';
import { nameKey } from '../../primitives/user-name.js';
import { AdminError } from '../../store/admin-error.js';
import {
  findUser,
  isAdmin,
  mostUsers,
  type Token,
  type User,
  type Users,
  withUser,
} from '../../store/users/users-schema.js';

/** A user as they are to be. Without a password, the present one stays. */
export interface UserWish {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly extension: string | null;
  readonly language: Language;
  readonly password: string | null;
}

/**
 * All users, with this one created, or changed if they exist.
 * @throws AdminError where there cannot be such a user.
 */
export function replaced(all: Users, before: User | null, wish: UserWish, hash: string | null): Users {
  const { name, extension, language } = wish;
  if (extension === null && wish.roles.some(needsExtension))
    throw new AdminError({ code: 'access.extensionNeeded' }, { field: 'extension' });
  const roles = [...new Set(wish.roles)];
  if (before) {
    const change = (user: User): User => ({
      ...user,
      name,
      roles,
      extension,
      language,
      password: hash ?? user.password,
    });
    return withUser(all, name, change);
  }
  if (all.users.length >= mostUsers)
    throw new AdminError({ code: 'access.tooManyUsers', params: { most: mostUsers } }, { kind: 'conflict' });
  const made: User = { name, password: hash, roles, extension, language, secondFactor: null };
  return { ...all, users: [...all.users, made] };
}

/** A box that has an admin keeps one. */
export function withAnAdmin(before: Users, after: Users): Users {
  if (before.users.some(isAdmin) && !after.users.some(isAdmin))
    throw new AdminError({ code: 'access.lastAdmin' }, { kind: 'conflict', field: 'roles' });
  return after;
}

export const hasOtherRights = (before: User, after: User): boolean =>
  before.password !== after.password ||
  before.extension !== after.extension ||
  [...before.roles].sort().join() !== [...after.roles].sort().join();

/** Whether two names mean the same user. */
export const isSame = (a: string, b: string): boolean => nameKey(a) === nameKey(b);

/** @throws AdminError where there is none. */
export function userNamed(users: Users, name: string): User {
  const user = findUser(users, name);
  if (!user) throw new AdminError({ code: 'access.noSuchUser', params: { name } }, { kind: 'missing' });
  return user;
}

/** @throws AdminError where there is none. */
export function tokenById({ tokens }: Users, id: string): Token {
  const token = tokens.find((each) => each.id === id);
  if (!token) throw new AdminError({ code: 'access.noSuchToken', params: { id } }, { kind: 'missing' });
  return token;
}
