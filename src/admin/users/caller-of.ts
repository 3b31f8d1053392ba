import { extensionNumber } from '../../primitives/ids.js';
import { nameKey, type User } from '../../store/users/users-schema.js';
import type { Caller } from '../operation.js';

/** The name of what gives a user, or the holder of a token, their rights. */
export const rightOf = (of: { readonly user: string } | { readonly token: string }): string =>
  'user' in of ? `user ${nameKey(of.user)}` : `token ${of.token}`;

/** An authenticated user as the caller of operations. */
export function callerOf({ name, roles, extension, language }: User): Caller {
  return {
    kind: 'user',
    name,
    rights: [rightOf({ user: name })],
    roles: new Set(roles),
    extension: extension === null ? null : extensionNumber(extension),
    language,
  };
}
