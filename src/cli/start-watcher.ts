import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type StartWatch, tickMs, ticksWithoutStep } from './start-watch.js';

/** Its number: in a thread of its own, `process.stderr` goes by way of the thread that may hang. */
const standardError = 2;

/**
 * Runs in a thread of its own, for a start can be held up by what holds up its whole thread: loading a library, a disk that does not
 * answer. No signal is heeded then, and nobody else could say what it is.
 */
let waitingFor: string = workerData;
let ticks = 0;
parentPort?.on('message', (text: Parameters<StartWatch['step']>[0]) => {
  waitingFor = text;
  ticks = 0;
});
setInterval(() => {
  ticks += 1;
  if (ticks < ticksWithoutStep) return;
  try {
    writeSync(standardError, `${waitingFor}\n`);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}, tickMs);
