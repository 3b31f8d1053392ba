import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const built = fileURLToPath(new URL('../../build/packages/amd64', import.meta.url));

/** Copies the package that `npm run package` has made into a folder. */
export async function builtPackage(folder: string): Promise<void> {
  const file = await packageIn(built).catch(() => null);
  if (file === null) throw new Error('There is no package to test. What to do: npm run package');
  await copyFile(join(built, file), join(folder, file));
}

/** Makes a package of a later version from it, in `later`. */
export async function laterPackage(folder: string): Promise<void> {
  const content = join(folder, 'content');
  const later = join(folder, 'later');
  await mkdir(later);
  await run('dpkg-deb', ['-R', join(folder, await packageIn(folder)), content]);
  const control = join(content, 'DEBIAN/control');
  await writeFile(control, (await readFile(control, 'utf8')).replace(/^Version: .*$/m, 'Version: 99.0'));
  await run('dpkg-deb', ['-Zgzip', '-z1', '--root-owner-group', '-b', content, later]);
  await rm(content, { recursive: true });
}

async function packageIn(folder: string): Promise<string> {
  const file = (await readdir(folder)).find((name) => name.endsWith('.deb'));
  if (file === undefined) throw new Error(`no package in ${folder}`);
  return file;
}
