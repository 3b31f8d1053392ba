import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package. Searched upwards, since the source may run, or a bundle at any depth of `dist`. */
const root = packageFolder(dirname(fileURLToPath(import.meta.url)));

/** Where the parts of this installation are, as absolute paths. */
export const installation = {
  root,
  packageFile: join(root, 'package.json'),
  /** Boards that Modcall knows. */
  boards: join(root, 'board'),
  /** Prompts made at build time. */
  prompts: join(root, 'build/prompts'),
  /** Programs that run in processes of their own. */
  demoPhones: join(root, 'dist/demo/demo-phones.js'),
  simulatedBoard: join(root, 'dist/simulator/board/main.js'),
  /** The program that verifies an exported audit record on any computer: a single file. */
  verifier: join(root, 'dist/verifier/modcall-verify.mjs'),
  /** The files of the page for browsers. */
  page: join(root, 'dist/web/page'),
  /** The files of the simulated board's front panel. */
  frontPanelPage: join(root, 'dist/simulator/page'),
} as const;

function packageFolder(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : packageFolder(parent);
}
