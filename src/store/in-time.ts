import type { Message } from '../locales/codes.js';
import { AdminError } from './admin-error.js';

/** A part of the box did not answer in the time that it has, and is left out. */
export class NotInTime extends AdminError {}

/**
 * What a part answers; the box waits no longer for it than this.
 * @param part is aborted by the signal once nobody waits for it any more.
 * @param leftOut what the admin reads then.
 * @throws NotInTime, and what the part throws.
 */
export async function inTime<T>(part: (signal: AbortSignal) => Promise<T>, ms: number, leftOut: Message): Promise<T> {
  const patience = new AbortController();
  const { signal } = patience;
  const timer = setTimeout(() => patience.abort(new NotInTime(leftOut)), ms);
  const end = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  try {
    return await Promise.race([part(signal), end]);
  } finally {
    clearTimeout(timer);
  }
}
