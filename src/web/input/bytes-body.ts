import type { IncomingMessage } from 'node:http';
import { RequestProblem } from '../problem/problem.js';

/** What a body of bytes has to be. */
export interface BytesWanted {
  readonly type: string;
  /** In bytes. */
  readonly limit: number;
}

/** The body of a request, piece by piece as it comes: what is not of this type, or too long, is refused. */
export function bytesBody(request: IncomingMessage, { type, limit }: BytesWanted): AsyncIterable<Uint8Array> {
  const {
    'content-type': sent = '',
    'content-encoding': encoding = 'identity',
    'content-length': length,
  } = request.headers;
  if (encoding.toLowerCase() !== 'identity')
    throw new RequestProblem({ code: 'request.encoded' }, { headers: { 'accept-encoding': 'identity' } });
  if (sent.toLowerCase() !== type)
    throw new RequestProblem({ code: 'request.notBytes', params: { type } }, { headers: { accept: type } });
  if (Number(length ?? 0) > limit) throw tooLarge(limit);
  return pieces(request, limit);
}

async function* pieces(request: IncomingMessage, limit: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > limit) break;
      yield chunk;
    }
  } catch {
    throw new RequestProblem({ code: 'request.bodyCut' });
  }
  if (length > limit) throw tooLarge(limit);
}

/** What is left over is not read to the end: the connection ends instead. */
const tooLarge = (limit: number) =>
  new RequestProblem({ code: 'request.tooLarge', params: { limit } }, { headers: { connection: 'close' } });
