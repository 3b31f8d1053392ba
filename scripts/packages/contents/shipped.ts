import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';

/** An npm package that is in the installation, in a file of its own or within one of Modcall's. */
export interface Shipped {
  readonly name: string;
  readonly version: string;
  /** As an SPDX expression. */
  readonly licence: string;
  readonly folder: string;
}

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Where the source of the pages in the browser is: what they import is in them, though it is no dependency of the program. */
const pages = ['src/web/page', 'src/simulator/page'];

/** Packages that are not bundled, since their native part is looked for beside them. */
export const unbundled = ['@serialport/bindings-cpp', 'epoll', 'systeminformation'];

/** Everything of npm that an installation contains, by name. */
export function shippedPackages(root: string): readonly Shipped[] {
  const { dependencies = {} } = packageFile(root);
  const named = [...Object.keys(dependencies), ...importedByPages(root), 'node-addon-api'];
  return [...closureOf(root, named)].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/** These packages, and what they need, each once. */
export function closureOf(root: string, names: readonly string[]): readonly Shipped[] {
  const found = new Map<string, Shipped>();
  const add = (from: string, name: string): void => {
    const folder = folderOf(from, name);
    if (found.has(folder)) return;
    const { version, license, dependencies = {} } = packageFile(folder);
    if (license === undefined) throw new Error(`${folder} names no licence`);
    found.set(folder, { name, version, licence: license, folder });
    for (const each of Object.keys(dependencies)) add(folder, each);
  };
  for (const name of names) add(root, name);
  return [...found.values()];
}

function importedByPages(root: string): readonly string[] {
  const files = pages.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }));
  const sources = files.map((file) => readFileSync(join(root, file), 'utf8'));
  const imported = sources.flatMap((text) => [...text.matchAll(/from '((?:@[^/']+\/)?[^./'][^/']*)/g)]);
  return [...new Set(imported.map(([, name = '']) => name))];
}

/** As Node finds it: in the nearest folder `node_modules`. */
function folderOf(from: string, name: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error(`${name} is not installed`);
  return folderOf(parent, name);
}

const packageFile = (folder: string): PackageFile => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
