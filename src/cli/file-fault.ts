import type { Message } from '../locales/codes.js';

/** System errors about a disk or a file that an admin can mend; anything else is a defect of Modcall. */
const faults: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ELOOP',
  'EEXIST',
  'ENAMETOOLONG',
  'EFBIG',
  'ENOTFILE',
]);

/** What to say about an error that concerns a file; null for all others. */
export function fileFault(error: unknown, folder: string): Message | null {
  if (!(error instanceof Error && 'code' in error && faults.has(error.code))) return null;
  return { code: 'command.fileFault', params: { folder, reason: error.message } };
}
