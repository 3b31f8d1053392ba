import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { addToLog } from '../admin/last-words.js';
import { tickMs, ticksWithoutStep, type WatchedStep } from './start-watch.js';

/** Its number: in a thread of its own, `process.stderr` goes by way of the thread that may hang. */
const standardError = 2;
/** The disk that holds up the start may be that of the log. */
const logPatienceMs = 1000;

/**
 * Runs in a thread of its own, for a start can be held up by what holds up its whole thread: loading a library, a disk that does not
 * answer. No signal is heeded then, and nobody else could say what it is.
 */
let waitingFor: WatchedStep = workerData;
let ticks = 0;
parentPort?.on('message', (step: WatchedStep) => {
  waitingFor = step;
  ticks = 0;
});
const watch = setInterval(() => {
  ticks += 1;
  if (ticks < ticksWithoutStep) return;
  clearInterval(watch);
  void endOf(waitingFor);
}, tickMs);

async function endOf({ text, dataFolder }: WatchedStep): Promise<void> {
  try {
    writeSync(standardError, `${text}\n`);
    if (dataFolder !== null) await Promise.race([addToLog(dataFolder, text), pause(logPatienceMs)]);
  } catch {
    // Nobody reads it, or the log cannot be written: it ends all the same.
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
