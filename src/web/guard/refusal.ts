import type { IncomingMessage } from 'node:http';
import { RequestProblem } from '../problem/problem.js';
import { isOwnHost } from './host.js';
import { isPlainTarget } from './request-target.js';

/** Why a request is not looked at any further; null if it is. */
export function refusalOf(
  { url = '', headers, headersDistinct }: IncomingMessage,
  names: ReadonlySet<string>,
): RequestProblem | null {
  if (!isPlainTarget(url)) return new RequestProblem({ code: 'request.badTarget' });
  const { host = '' } = headers;
  if (headersDistinct.host?.length === 1 && isOwnHost(host, names)) return null;
  return new RequestProblem({ code: 'request.wrongHost', params: { host: host.slice(0, 80) } });
}
