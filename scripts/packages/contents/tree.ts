import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { closureOf, unbundled } from './shipped.js';

/** Node's names of the processors that Debian names so. */
const processors: Readonly<Record<string, string>> = { amd64: 'x64', arm64: 'arm64' };

/** Folders of an npm package that only its makers and its build need. */
const unneeded = new Set(['test', 'tests', 'example', 'build', 'prebuilds', 'tools', '.bin', 'node_modules']);
/** Packages that a compiler needs, and nobody afterwards. */
const headers = new Set(['nan', 'node-addon-api']);

const needed = new Set(['.js', '.cjs', '.mjs', '.json', '.node']);

/** Lays out what is the same for every processor, and the native parts that npm brings; the compiler's come later. */
export function layOut(root: string, target: string, architecture: string): void {
  const copy = (path: string, filter: (source: string) => boolean = () => true) =>
    cpSync(join(root, path), join(target, path), { recursive: true, filter });
  copy('dist', (source) => extname(source) !== '.map');
  copy('build/prompts', (source) => !basename(source).startsWith('.'));
  for (const board of ['modcall-hat', 'slic-hat', 'simulator']) copy(`board/${board}/board.json`);
  for (const { folder } of closureOf(root, unbundled).filter(({ name }) => !headers.has(name)))
    copy(relative(root, folder), (source) => source === folder || isNeeded(source));
  copySerialPort(root, target, processors[architecture] ?? architecture);
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(ownPackage(root), null, 2)}\n`);
  const addon = join(target, 'node_modules/node-pjsua2');
  mkdirSync(addon, { recursive: true });
  cpSync(join(root, 'src/node-pjsua2/package.json'), join(addon, 'package.json'));
}

function isNeeded(source: string): boolean {
  if (statSync(source).isDirectory()) return !unneeded.has(basename(source));
  return needed.has(extname(source)) && !source.endsWith('.d.ts') && !isCommand(source);
}

/** A command of the package's own, which nobody here runs. */
const isCommand = (source: string) => readFileSync(source, 'latin1').startsWith('#!');

function copySerialPort(root: string, target: string, processor: string): void {
  const folder = `node_modules/@serialport/bindings-cpp/prebuilds/linux-${processor}`;
  cpSync(join(root, folder), join(target, folder), {
    recursive: true,
    filter: (source) => !source.includes('.musl.'),
  });
}

/** What the program reads of it, and Node: nothing that is of use to developers alone. */
function ownPackage(root: string) {
  const { name, version, description, license, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { name, version, description, license, private: true, type };
}
