import { z } from 'zod';
import { longestPassword } from '../../primitives/password-rules.js';
import { longestName } from '../../primitives/user-name.js';
import {
  extensionOfUser,
  languageOfUser,
  mostUsers,
  roleList,
  tokenIdPattern,
} from '../../store/users/users-schema.js';
import { about } from '../about.js';
import { knownSecret, listOf, roles, rowOf, secret } from '../operation.js';
import { basis, dryRun, version, withVersion } from '../versions.js';
import type { UsersAdmin } from './users-admin.js';

/** What these operations need of the box. */
export interface UsersBox {
  readonly users: UsersAdmin;
}

const row = rowOf<UsersBox>();

const nothing = z.strictObject({});
const none = z.null();
const name = z.string().min(1).max(longestName);
/** A little longer than is possible, so that whoever types too much is told so in words. */
const password = z
  .string()
  .min(1)
  .max(2 * longestPassword);
const tokenId = z.string().regex(tokenIdPattern);

const user = z.object({
  name,
  roles: roleList,
  extension: extensionOfUser,
  language: languageOfUser,
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
});

const token = z.object({
  id: tokenId,
  name,
  owner: name,
  roles: roleList,
  created: z.iso.datetime(),
  expires: z.iso.datetime().nullable(),
  lastUsedDay: z.iso.date().nullable(),
});

/** Users, tokens, and what everyone does with their own way in. */
export const usersOperations = [
  row({
    name: 'users list',
    about: about('operation.users.list'),
    roles: ['admin'],
    http: { method: 'GET', path: '/users' },
    input: nothing,
    output: z.object({ version, entries: z.array(user).max(mostUsers) }),
    run: async ({ users }) =>
      withVersion(users.versions, {
        entries: users.list().map((each) => ({ ...each, roles: [...each.roles] })),
      }),
  }),
  row({
    name: 'users set',
    about: about('operation.users.set'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/users/{name}' },
    isForPersons: true,
    input: z.strictObject({
      name,
      roles: roleList,
      extension: extensionOfUser.default(null),
      language: languageOfUser,
      password: secret(password).nullable().default(null),
      basis,
      dryRun,
    }),
    output: user.extend({ version, isNew: z.boolean() }),
    run: async ({ users }, { basis: on, dryRun: isDry, ...wish }, caller) => {
      const { isNew, set } = await users.versions.change(on, async () => {
        const isNew = !users.has(wish.name);
        return { isNew, set: isDry ? users.tryOut(wish) : await users.set(wish, caller) };
      });
      return withVersion(users.versions, { ...set, roles: [...set.roles], isNew });
    },
  }),
  row({
    name: 'users remove',
    about: about('operation.users.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/users/{name}' },
    isForPersons: true,
    input: z.strictObject({ name, basis }),
    output: none,
    run: async ({ users }, input, caller) => {
      await users.versions.change(input.basis, () => users.remove(input.name, caller));
      return null;
    },
  }),
  row({
    name: 'password change',
    about: about('operation.password.change'),
    roles,
    http: { method: 'PUT', path: '/own/password' },
    isForPersons: true,
    input: z.strictObject({ present: knownSecret(password), next: secret(password) }),
    output: none,
    run: async ({ users }, { present, next }, caller) => {
      await users.changePassword(present, next, caller);
      return null;
    },
  }),
  row({
    name: 'second-factor show',
    about: about('operation.secondFactor.show'),
    roles,
    http: { method: 'GET', path: '/own/second-factor' },
    input: nothing,
    output: z.object({
      isSetUp: z.boolean(),
      recoveryCodesLeft: z.int(),
    }),
    run: async ({ users }, _input, caller) => users.ownSecondFactor(caller),
  }),
  row({
    name: 'second-factor begin',
    about: about('operation.secondFactor.begin'),
    roles,
    http: { method: 'POST', path: '/own/second-factor' },
    isForPersons: true,
    input: nothing,
    output: z.object({ secret: z.string(), address: z.string() }),
    run: async ({ users }, _input, caller) => users.beginSecondFactor(caller),
  }),
  row({
    name: 'second-factor confirm',
    about: about('operation.secondFactor.confirm'),
    roles,
    http: { method: 'PUT', path: '/own/second-factor' },
    isForPersons: true,
    input: z.strictObject({ code: z.string().min(1).max(20) }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    run: async ({ users }, { code }, caller) => ({
      recoveryCodes: [...(await users.confirmSecondFactor(code, caller))],
    }),
  }),
  row({
    name: 'second-factor remove',
    about: about('operation.secondFactor.remove'),
    roles,
    http: { method: 'DELETE', path: '/own/second-factor' },
    isForPersons: true,
    input: z.strictObject({ password: knownSecret(password) }),
    output: none,
    run: async ({ users }, input, caller) => {
      await users.removeSecondFactor(input.password, caller);
      return null;
    },
  }),
  row({
    name: 'tokens list',
    about: about('operation.tokens.list'),
    roles: ['admin'],
    http: { method: 'GET', path: '/tokens' },
    input: nothing,
    output: listOf(token),
    run: async ({ users }) => ({ entries: users.tokens().map((each) => ({ ...each, roles: [...each.roles] })) }),
  }),
  row({
    name: 'tokens create',
    about: about('operation.tokens.create'),
    roles: ['admin'],
    http: { method: 'POST', path: '/tokens' },
    isForPersons: true,
    input: z.strictObject({
      name,
      owner: name.nullable().default(null),
      roles: roleList.min(1),
      days: z.number().int().min(1).max(3650).nullable().default(null),
      dryRun,
    }),
    /** No token where it was only checked; what identifies it then never comes to be. */
    output: token.extend({ token: z.string().nullable() }),
    run: async ({ users }, { dryRun: isDry, ...wish }, caller) => {
      const made = isDry ? { ...users.tryOutToken(wish, caller), token: null } : await users.createToken(wish, caller);
      return { ...made, roles: [...made.roles] };
    },
  }),
  row({
    name: 'tokens revoke',
    about: about('operation.tokens.revoke'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/tokens/{id}' },
    isForPersons: true,
    input: z.strictObject({ id: tokenId }),
    output: none,
    run: async ({ users }, { id }, caller) => {
      await users.revokeToken(id, caller);
      return null;
    },
  }),
];
