import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runModcall } from '../cli/modcall.js';
import type { Signals } from '../cli/signals.js';
import type { StartWatch } from '../cli/start-watch.js';
import type { ExitCode } from '../cli/terminal.js';
import { installation } from './installation.js';
import { version } from './version.js';

/** In a checkout, the checkout's own folder: trying it out leaves no traces elsewhere. */
function defaultDataFolder(): string {
  const { root } = installation;
  return existsSync(join(root, '.git')) ? join(root, 'data') : '/var/lib/modcall';
}

/** The command line, with the rooms it needs. */
export function run(words: readonly string[], signals: Signals, watch: StartWatch | null): Promise<ExitCode> {
  return runModcall(words, {
    version,
    boards: installation.boards,
    signals,
    watch,
    environment: process.env,
    defaultDataFolder: defaultDataFolder(),
    loadAppliance: async () => (await import('./appliance.js')).startAppliance,
    loadStoppedBox: () => import('./stopped-box.js'),
  });
}
