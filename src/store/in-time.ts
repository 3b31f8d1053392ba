import type { Message } from '../locales/codes.js';
import { AdminError } from './admin-error.js';

/** A part of the box did not answer in the time that it has, and is left out. */
export class NotInTime extends AdminError {}

/**
 * What a part answers, for the box does not wait for it any longer than this.
 * @param part Is told by the signal that nobody waits for it any more.
 * @param leftOut What to tell the admin then.
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
