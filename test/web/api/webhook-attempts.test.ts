import { getEventListeners, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { post } from '../../../src/web/webhooks/post.js';
import type { Receiver } from '../../../src/web/webhooks/receiver.js';

let server: Server;
let answers: boolean;
beforeEach(async () => {
  answers = true;
  server = createServer((_, response) => {
    if (answers) response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const attempt = (signal: AbortSignal, timeoutMs = 60_000) => {
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}/`);
  const receiver: Receiver = { id: 'a', url, secret: Buffer.alloc(32), kinds: ['calls'], mayBeLocal: true };
  return post(receiver, { id: '1', body: Buffer.from('{}') }, { unixTime: 0, timeoutMs, signal });
};

/** What a signal remembers of others: listeners, and the signals that follow it, which Node keeps in sets. */
function tracesOn(signal: AbortSignal): number {
  const kept = Object.getOwnPropertySymbols(signal).map((symbol) => Reflect.get(signal, symbol));
  const followers = kept.reduce((sum, each) => sum + Number(Object(each).size ?? 0), 0);
  return followers + getEventListeners(signal, 'abort').length;
}

test('attempts leave no trace behind in what outlives them, however many there are', async () => {
  const { signal } = new AbortController();
  for (let n = 0; n < 20; n += 1) expect(await attempt(signal)).toBeNull();
  expect(tracesOn(signal)).toBe(0);
});

test('a receiver that does not answer is given up after its time, and when the box stops', async () => {
  answers = false;
  const stop = new AbortController();
  expect(await attempt(stop.signal, 50)).toMatchObject({ reason: 'unreachable' });
  const asked = once(server, 'request');
  const running = attempt(stop.signal);
  await asked;
  stop.abort();
  expect(await running).toMatchObject({ reason: 'unreachable' });
  expect(await attempt(stop.signal)).toMatchObject({ reason: 'unreachable' });
});
