import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { hostOf } from '../../admin/webhooks-operations.js';
import { atNameservers } from '../../nameservers/lookup.js';
import { type Message, signedHeaders } from './message.js';
import type { Receiver, Trouble } from './receiver.js';
import { ForbiddenTarget, isForbidden, receiverLookup } from './target.js';

/** One attempt to send something. */
export interface Attempt {
  /** What the box takes the time to be, in milliseconds. */
  readonly unixTime: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Sends one message, and says what went wrong; null when the receiver has it. Redirects lead nowhere, and no answer is read. */
export function post(
  receiver: Receiver,
  message: Message,
  { unixTime, timeoutMs, signal }: Attempt,
): Promise<Trouble | null> {
  const { url } = receiver;
  const host = hostOf(url);
  // No lookup happens for an address.
  if (isIP(host) !== 0 && !receiver.mayBeLocal && isForbidden(host)) {
    return Promise.resolve({ reason: 'forbiddenTarget' });
  }
  const patience = patienceOf(signal, timeoutMs);
  return new Promise<Trouble | null>((resolve) => {
    const begin = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = begin(url, {
      method: 'POST',
      agent: false,
      lookup: receiverLookup(receiver.mayBeLocal, atNameservers(timeoutMs)),
      maxHeaderSize: 8192,
      signal: patience.signal,
      headers: {
        'content-type': 'application/json',
        'content-length': message.body.length,
        'user-agent': 'modcall',
        ...signedHeaders(message, receiver.secret, Math.floor(unixTime / 1000)),
      },
    });
    const end = (trouble: Trouble | null) => {
      resolve(trouble);
      request.destroy();
    };
    request.on('response', ({ statusCode = 0 }) => end(troubleOf(statusCode)));
    request.on('upgrade', () => end(troubleOf(101)));
    request.on('error', (error) => end(unreachable(error)));
    request.end(message.body);
  })
    .catch(unreachable)
    .finally(() => patience.end());
}

/** Ends with the other signal, or after this time. `AbortSignal.any` would keep a trace of each attempt for as long as the other signal lives. */
function patienceOf(other: AbortSignal, timeoutMs: number): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  timer.unref();
  other.addEventListener('abort', abort);
  if (other.aborted) abort();
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      other.removeEventListener('abort', abort);
    },
  };
}

/** Whether it is worth another attempt: the receiver will not change its mind about what is wrong with the message or its address. */
export function isWorthRetrying(trouble: Trouble): boolean {
  if (trouble.reason !== 'status') return trouble.reason === 'unreachable';
  return trouble.status >= 500 || trouble.status === 408 || trouble.status === 429;
}

const troubleOf = (status: number): Trouble | null =>
  status >= 200 && status < 300 ? null : { reason: 'status', status };

function unreachable(error: NodeJS.ErrnoException): Trouble {
  if (error instanceof ForbiddenTarget) return { reason: 'forbiddenTarget' };
  return { reason: 'unreachable', cause: error.code ?? error.name };
}
