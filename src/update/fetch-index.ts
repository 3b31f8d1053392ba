import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { atNameservers, lookupBy } from '../nameservers/lookup.js';
import { UpdateError } from './update-error.js';

export interface FetchLimits {
  readonly bytes: number;
  /** From the look-up of the name to the last byte. */
  readonly timeoutMs: number;
}

export const usualFetchLimits: FetchLimits = { bytes: 64 * 1024, timeoutMs: 20_000 };

/**
 * Fetches a small text of a web server. Redirects lead nowhere.
 * @throws UpdateError
 */
export async function fetchIndex(url: URL, limits: FetchLimits = usualFetchLimits): Promise<string> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    return await textOf(await answerOf(url, limits, signal), limits.bytes);
  } catch (error) {
    if (error instanceof UpdateError) throw error;
    if (signal.aborted) throw unavailable({ code: 'update.index.slow', params: { seconds: limits.timeoutMs / 1000 } });
    throw unavailable({ code: 'update.index.unreachable', params: { reason: reasonOf(error) } });
  }
}

const unavailable = (problem: UpdateError['problem']) => new UpdateError(problem, { kind: 'unavailable' });

const tooLarge = (mostBytes: number): UpdateError =>
  unavailable({ code: 'update.index.tooLarge', params: { kilobytes: mostBytes / 1024 } });

function answerOf(url: URL, { bytes, timeoutMs }: FetchLimits, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const begin = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = begin(url, {
      agent: false,
      lookup: lookupBy(atNameservers(timeoutMs)),
      maxHeaderSize: 8192,
      signal,
      headers: { accept: 'application/json', 'user-agent': 'modcall' },
    });
    request.on('response', resolve);
    // Answers that only announce one (RFC 9110, 15.2) can go on without end.
    request.on('information', () => {
      if ((request.socket?.bytesRead ?? 0) > bytes) request.destroy(tooLarge(bytes));
    });
    request.on('upgrade', (answer) => resolve(answer));
    request.on('error', reject);
    request.end();
  });
}

async function textOf(answer: IncomingMessage, mostBytes: number): Promise<string> {
  try {
    const { statusCode: status = 0 } = answer;
    if (status >= 300 && status < 400) throw unavailable({ code: 'update.index.moved' });
    if (status !== 200) throw unavailable({ code: 'update.index.refused', params: { status } });
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of answer) {
      bytes += piece.length;
      if (bytes > mostBytes) throw tooLarge(mostBytes);
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString();
  } finally {
    answer.destroy();
  }
}

const reasonOf = (error: unknown): string => Object(error).code ?? String(error);
