import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** Generous, because the machines that run the tests are slow and shared. */
export const patienceMs = 45_000;

/** For a whole start of the box, some of whose parts may be waited for in vain. */
export const startPatienceMs = 120_000;

const pollMs = 25;

/**
 * Waits until the probe answers anything but undefined or false, and returns that answer. The text says what was waited for;
 * a function is asked at the time-out, so that it can tell what was there instead.
 */
export async function until<T>(
  what: string | (() => string),
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = patienceMs,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) {
      throw new Error(`waited ${timeoutMs} ms in vain for ${typeof what === 'string' ? what : what()}`);
    }
    await pause(pollMs);
  }
}

/**
 * Waits until a process has ended. One that does not end in time is killed, and named.
 * @param event 'close' where all that it and its children say is to be here, too.
 */
export async function untilEnded(child: ChildProcess, what: string, event: 'exit' | 'close' = 'exit'): Promise<void> {
  const patience = AbortSignal.timeout(startPatienceMs);
  try {
    await once(child, event, { signal: patience });
  } catch (error) {
    if (!patience.aborted) throw error;
    child.kill('SIGKILL');
    throw new Error(`waited ${startPatienceMs} ms in vain for ${what} to end`);
  }
}
