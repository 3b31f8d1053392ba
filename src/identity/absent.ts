/** Of what is not there, not for us to read, or goes away with its device: so it is at every start. */
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
 * Nothing, where reading has failed for a lasting reason. Any other error goes on: the board would seem to lack what it could not show
 * for a moment, and would be taken for another one.
 */
export function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && lasting.has(error.code)) return undefined;
  throw error;
}
