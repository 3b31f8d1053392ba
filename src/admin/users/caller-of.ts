import { extensionNumber } from '../../primitives/ids.js';
import { nameKey } from '../../primitives/user-name.js';
import type { User } from '../../store/users/users-schema.js';
import type { Caller } from '../operation.js';

/** The name of what gives a user, the holder of a token, or a session their rights. */
export function rightOf(
  of: { readonly user: string } | { readonly token: string } | { readonly login: string },
): string {
  if ('user' in of) return `user ${nameKey(of.user)}`;
  return 'token' in of ? `token ${of.token}` : `login ${of.login}`;
}

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
