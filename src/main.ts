#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 node --max-semi-space-size=1 --single-threaded-gc --no-opt
// Memory is for the calls: a small young generation, for what lives here lives long or for one event; no optimizing compiler, which is
// 4 MB large and of no use to code that sets up calls; and what is large (16 MB to hash a PIN) is given back at once, by malloc(3) too.
// So small a young generation is collected a hundred times a second when many calls are set up: by one thread, not by waking four.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from './appliance/installation.js';
import { version } from './appliance/version.js';
import { runModcall } from './cli/modcall.js';

/** In a checkout its own folder, so that trying it out leaves no traces elsewhere. */
function defaultDataFolder(): string {
  const { root } = installation;
  return existsSync(join(root, '.git')) ? join(root, 'data') : '/var/lib/modcall';
}

process.exitCode = await runModcall(process.argv.slice(2), {
  version,
  environment: process.env,
  defaultDataFolder: defaultDataFolder(),
  loadAppliance: async () => (await import('./appliance/appliance.js')).startAppliance,
});
