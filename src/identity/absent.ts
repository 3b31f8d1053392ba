/** Errors of files that are absent, unreadable for us, or gone with their device: the same at every start. */
const lasting: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EINVAL',
  'ENODEV',
  'ENXIO',
  'ENOTFILE',
]);

/**
 * Nothing, if reading failed for a lasting reason. Any other error is thrown: the board would seem to lack what it could not show
 * for a moment, and would be taken for another one.
 */
export function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && lasting.has(error.code)) return undefined;
  throw error;
}
