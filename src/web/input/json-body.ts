import type { IncomingMessage } from 'node:http';
import { RequestProblem } from '../problem/problem.js';
import { checkBounds } from './json-bounds.js';

/** Reads the JSON that a request carries; undefined if it carries none. @param limit in bytes. */
export async function jsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!hasBody(request)) return undefined;
  if (encoding.toLowerCase() !== 'identity')
    throw new RequestProblem({ code: 'request.encoded' }, { headers: { 'accept-encoding': 'identity' } });
  if (!isJson(type)) throw new RequestProblem({ code: 'request.notJson' }, { headers: { accept: 'application/json' } });
  const bytes = await bodyOf(request, limit);
  if (bytes.length === 0) return undefined;
  checkBounds(bytes);
  return parsed(bytes);
}

/** Whether there is a body at all (RFC 9112, 6.3). */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const isJson = (type: string): boolean => /^application\/json[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?$/i.test(type);

async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  // What is left over is not read to the end: the connection ends instead.
  const tooLarge = () =>
    new RequestProblem({ code: 'request.tooLarge', params: { limit } }, { headers: { connection: 'close' } });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > limit) break;
      chunks.push(chunk);
    }
  } catch {
    throw new RequestProblem({ code: 'request.bodyCut' });
  }
  if (length > limit) throw tooLarge();
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new RequestProblem({ code: 'request.badJson', params: { reason: reasonOf(error) } });
  }
}

/** Without what the parser quotes of the text, which may be a secret. */
function reasonOf(error: unknown): string {
  const [position] = /position \d+/.exec(error instanceof SyntaxError ? error.message : '') ?? [];
  return position ?? (error instanceof SyntaxError ? 'syntax' : 'UTF-8');
}
