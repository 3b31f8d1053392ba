import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';

/** What has the name of a file is not one: a pipe, a device, a socket or a folder. */
export class NotAFile extends Error {
  readonly code = 'ENOTFILE';

  constructor(path: string) {
    super(`${path} is not a regular file`);
  }
}

/** A file is larger than anything that belongs into it. */
export class FileTooLarge extends Error {
  readonly code = 'EFBIG';

  constructor(path: string, limit: number) {
    super(`${path} is larger than ${limit} bytes`);
  }
}

/** For everything but the audit record and the log, which are never read as a whole. */
const mostText = 16 * 1024 * 1024;
const notFiles: ReadonlySet<string> = new Set(['EISDIR', 'ENXIO', 'ELOOP']);

/** By open(2)'s names. */
const flagsOf = {
  read: constants.O_RDONLY,
  replace: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND,
  readAppend: constants.O_RDWR | constants.O_CREAT | constants.O_APPEND,
} as const;
type Access = keyof typeof flagsOf;

/** The only way in which files of the data folder are opened: a pipe in place of one would make the reader wait forever. */
export async function openRegular(path: string, access: Access): Promise<FileHandle> {
  const file = await open(path, flagsOf[access] | constants.O_NONBLOCK, 0o600).catch(async (error: unknown) => {
    throw isOfNoFile(error, await isLink(path, error)) ? new NotAFile(path) : error;
  });
  try {
    if ((await file.stat()).isFile()) return file;
    throw new NotAFile(path);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The same for those who cannot wait. */
export function openRegularSync(path: string, access: Access): number {
  const fd = openedSync(path, access);
  try {
    if (fstatSync(fd).isFile()) return fd;
    throw new NotAFile(path);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openedSync(path: string, access: Access): number {
  try {
    return openSync(path, flagsOf[access] | constants.O_NONBLOCK, 0o600);
  } catch (error) {
    const isLink = codeOf(error) === 'ENOENT' && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    throw isOfNoFile(error, isLink) ? new NotAFile(path) : error;
  }
}

/** Whole content of a file that is not larger than what belongs into it. */
export async function readRegular(path: string, limit = mostText): Promise<string> {
  const file = await openRegular(path, 'read');
  try {
    if ((await file.stat()).size > limit) throw new FileTooLarge(path, limit);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** The text of a file of any size, in parts. */
export async function* textOf(path: string, start = 0): AsyncGenerator<string> {
  const file = await openRegular(path, 'read');
  yield* file.createReadStream({ encoding: 'utf8', start });
}

/** open(2) has many errors for what is not a file; a link that leads nowhere is not the same as nothing. */
const isOfNoFile = (error: unknown, isLink: boolean): boolean =>
  notFiles.has(codeOf(error)) || (codeOf(error) === 'ENOENT' && isLink);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Looked up only where it can explain the error. */
async function isLink(path: string, error: unknown): Promise<boolean> {
  if (codeOf(error) !== 'ENOENT') return false;
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}
