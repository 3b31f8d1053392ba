import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveConsole } from '../../../src/appliance/faces/console.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-console-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a command that waits for its answer when the box stops gets it, and the next finds no box and waits for one', async () => {
  const asked = new EventEmitter();
  const listener = (_request: unknown, response: ServerResponse) => asked.emit('request', response);
  const log = { error() {} };
  const socketPath = join(folder, 'modcall.sock');
  const close = await serveConsole(socketPath, async () => ({ listener, close() {} }), log);
  const answer = answerOf(socketPath);
  const [response]: ServerResponse[] = await once(asked, 'request');
  const closed = close();
  await expect(answerOf(socketPath)).rejects.toThrow(/ECONNREFUSED|ENOENT/);
  response?.end('done');
  expect(await answer).toBe('done');
  await closed;
});

/** What the box at this socket answers to a command. */
async function answerOf(socketPath: string): Promise<string> {
  const asked = request({ socketPath, path: '/' }).end();
  const [answer] = await once(asked, 'response');
  let text = '';
  for await (const piece of answer) text += piece;
  return text;
}
