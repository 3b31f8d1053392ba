import type { ExtensionNumber } from '../../primitives/ids.js';
import { AdminError } from '../../store/admin-error.js';
import type { Caller } from '../operation.js';

/** @throws AdminError for a caller who has no extension, and so no call of their own. */
export function ownExtension({ extension }: Caller): ExtensionNumber {
  if (extension === null) throw new AdminError({ code: 'live.noExtension' }, { kind: 'forbidden' });
  return extension;
}
