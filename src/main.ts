#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 node --max-semi-space-size=1 --single-threaded-gc --no-opt
// Memory is for the calls: a small young generation, for what lives here lives long or for one event; no optimizing compiler, which is
// 4 MB large and of no use to code that sets up calls; and what is large (16 MB to hash a PIN) is given back at once, by malloc(3) too.
// So small a young generation is collected a hundred times a second when many calls are set up: by one thread, not by waking four.
import { ServiceManager } from './cli/service-manager.js';
import { Signals } from './cli/signals.js';
import { StartWatch } from './cli/start-watch.js';

// Before anything else is loaded, which takes a while: until then a signal would end the process without a word.
const signals = new Signals();
const watch = process.argv.includes('start') ? new StartWatch() : null;

const { run } = await import('./appliance/program.js');
process.exitCode = await run(process.argv.slice(2), { signals, watch, manager: new ServiceManager(process.env) });
