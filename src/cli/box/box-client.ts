import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Language } from '../../admin/speaking.js';
import { CommandError } from '../command-error.js';
import { exitCode } from '../terminal.js';

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The box at the other end of its socket. */
export interface BoxClient {
  /** Asks it something. @throws CommandError when too many others ask, or when it ends before it has answered. */
  ask(question: Question): Promise<IncomingMessage>;
}

/** A box whose socket can be connected to, again for each question. */
export function boxClient(connect: () => Promise<Socket>, language: Language): BoxClient {
  return {
    async ask({ method, path, headers = {}, body }) {
      const socket = await connect();
      return new Promise((resolve, reject) => {
        const asked = request({
          createConnection: () => socket,
          method,
          path,
          headers: {
            'accept-language': language,
            ...(body === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
            ...headers,
          },
        });
        asked.once('response', (answer) => (isTooBusy(answer) ? reject(boxBusy()) : resolve(answer)));
        asked.once('error', () => reject(boxGone()));
        asked.end(body);
      });
    },
  };
}

/** The box has ended, or has been killed. */
export const boxGone = (code: 'client.boxGone' | 'client.boxEnded' = 'client.boxGone'): CommandError =>
  new CommandError({ code }, exitCode.failed);

/** Without a word, as it does not even look at what it is asked then. */
const isTooBusy = ({ statusCode, headers }: IncomingMessage): boolean =>
  statusCode === 503 && headers['content-length'] === '0';

const boxBusy = (): CommandError => new CommandError({ code: 'client.boxBusy' }, exitCode.failed);

/** All that the answer says. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer) chunks.push(chunk);
  } catch {
    throw boxGone();
  }
  return Buffer.concat(chunks).toString('utf8');
}
