import { extensionNumber } from '../../primitives/ids.js';
import type { User } from '../../store/users/users-schema.js';
import type { Caller } from '../operation.js';

/** An authenticated user as the caller of operations. */
export function callerOf({ name, roles, extension, language }: User): Caller {
  return {
    kind: 'user',
    name,
    roles: new Set(roles),
    extension: extension === null ? null : extensionNumber(extension),
    language,
  };
}
