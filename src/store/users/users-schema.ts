import { z } from 'zod';
import { passwordHashPattern } from '../../crypto/password-hash.js';
import { roles } from '../../primitives/roles.js';
import { longestName, nameAsKept, nameKey } from '../../primitives/user-name.js';

/** Version of the users file that this Modcall writes. */
export const usersVersion = 1;

export const mostUsers = 500;
export const mostTokens = 200;

const sha256Hex = /^[0-9a-f]{64}$/;
const day = /^\d{4}-\d{2}-\d{2}$/;
export const tokenIdPattern = /^[0-9a-f]{16}$/;
const extensionPattern = /^\d{2,8}$/;

/** A name as it is kept: one form for what looks the same. */
export const userName = z
  .string()
  .max(4 * longestName)
  .transform((name, context) => {
    const kept = nameAsKept(name);
    if (kept !== null) return kept;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });

export const roleList = z.array(z.enum(roles)).max(roles.length).refine(isWithoutDoubles);
export const extensionOfUser = z.string().regex(extensionPattern).nullable();
export const languageOfUser = z.enum(['de', 'en']);

const secondFactor = z.strictObject({
  /** Shared with the authenticator app; in base64. */
  secret: z.base64().min(16).max(128),
  /** The latest step whose code was used; none before it counts again. */
  lastStep: z.number().int().min(0).nullable(),
  /** Hashes of the recovery codes that are left. */
  recovery: z.array(z.string().regex(sha256Hex)).max(20),
});

const user = z.strictObject({
  name: userName,
  /** Null for a user who has no password yet and cannot sign in. */
  password: z.string().regex(passwordHashPattern).nullable(),
  roles: roleList,
  extension: extensionOfUser,
  language: languageOfUser,
  secondFactor: secondFactor.nullable(),
});

const token = z.strictObject({
  id: z.string().regex(tokenIdPattern),
  name: userName,
  /** The user it acts for; it can never do more than that user. */
  owner: userName,
  /** SHA-256 of its secret, which nobody can guess: it needs no slow hash. */
  hash: z.string().regex(sha256Hex),
  roles: roleList,
  created: z.iso.datetime(),
  expires: z.iso.datetime().nullable(),
  lastUsedDay: z.string().regex(day).nullable(),
});

export const usersSchema = z.strictObject({
  version: z.literal(usersVersion),
  users: z
    .array(user)
    .max(mostUsers)
    .refine((users) => isWithoutDoubles(users.map(({ name }) => nameKey(name)))),
  tokens: z
    .array(token)
    .max(mostTokens)
    .refine((tokens) => isWithoutDoubles(tokens.map(({ id }) => id))),
});

export type Users = z.output<typeof usersSchema>;
export type User = Users['users'][number];
export type Token = Users['tokens'][number];
export type SecondFactor = NonNullable<User['secondFactor']>;

export const noUsers: Users = { version: usersVersion, users: [], tokens: [] };

export const findUser = ({ users }: Users, name: string): User | null =>
  users.find((each) => nameKey(each.name) === nameKey(name)) ?? null;

export const isAdmin = ({ roles: held, password }: User): boolean => held.includes('admin') && password !== null;

/** Replaces one user, whatever else has changed meanwhile; does nothing if that user is gone. */
export const withUser = (all: Users, name: string, change: (user: User) => User): Users => ({
  ...all,
  users: all.users.map((each) => (nameKey(each.name) === nameKey(name) ? change(each) : each)),
});

function isWithoutDoubles(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
