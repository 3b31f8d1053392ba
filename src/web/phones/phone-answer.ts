import type { IncomingMessage } from 'node:http';
import type { PhoneAnswer, PhoneRequest } from '../../admin/phones/phones-operations.js';
import { RequestProblem } from '../problem/problem.js';

/** Hands phones their configuration. */
export interface PhoneSource {
  answer(request: PhoneRequest): PhoneAnswer;
}

/** Under which phones find what is theirs, and nothing else. */
export const phonePath = '/phones/:secret/:file';
const phonePrefix = '/phones/';

export const isForPhones = ({ url = '' }: Pick<IncomingMessage, 'url'>): boolean => url.startsWith(phonePrefix);

/** @throws RequestProblem */
export function phoneAnswer(source: PhoneSource, secret: string, file: string, incoming: IncomingMessage): Response {
  const { headers, socket } = incoming;
  const answer = source.answer({
    secret,
    file,
    source: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    host: (headers.host ?? '').replace(/:\d+$/, ''),
    userAgent: headers['user-agent'] ?? '',
    isSecure: 'encrypted' in socket,
  });
  switch (answer.kind) {
    case 'file':
      return new Response(answer.content, { headers: { 'content-type': `${answer.contentType}; charset=utf-8` } });
    case 'nothing':
      throw new RequestProblem({ code: 'request.notFound' });
    case 'inClear':
      throw new RequestProblem({ code: 'request.httpsNeeded' });
    case 'wait':
      throw new RequestProblem(
        { code: 'request.tooManyAttempts', params: { seconds: answer.seconds } },
        { headers: { 'retry-after': String(answer.seconds) } },
      );
  }
}
