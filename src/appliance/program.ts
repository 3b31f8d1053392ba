import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnProcess, runModcall } from '../cli/modcall.js';
import type { ExitCode } from '../cli/terminal.js';
import { installation } from './installation.js';
import { version } from './version.js';

/** In a checkout, the checkout's own folder: trying it out leaves no traces elsewhere. */
function defaultDataFolder(): string {
  const { root } = installation;
  return existsSync(join(root, '.git')) ? join(root, 'data') : '/var/lib/modcall';
}

/** The command line, with the rooms it needs. */
export function run(words: readonly string[], own: OwnProcess): Promise<ExitCode> {
  return runModcall(words, {
    version,
    boards: installation.boards,
    ...own,
    environment: process.env,
    defaultDataFolder: defaultDataFolder(),
    loadAppliance: async () => (await import('./appliance.js')).startAppliance,
    loadStoppedBox: () => import('./stopped-box.js'),
  });
}
