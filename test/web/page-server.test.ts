import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Board } from '../support/board/simulated-board.js';
import { until } from '../support/waiting.js';

let board: Board;

beforeAll(async () => {
  board = await Board.start();
});
afterAll(() => board.remove());

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(board.url);
    request({ hostname, port, path, headers, method }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    })
      .on('error', reject)
      .end();
  });
}

/** What becomes of a WebSocket: the status with which it is refused, or `open`. */
function connect(origin: string | undefined, headers: Record<string, string> = {}): Promise<number | 'open'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${board.url.replace('http', 'ws')}/board`, {
      headers,
      ...(origin === undefined ? {} : { origin }),
    });
    socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
    socket.on('error', () => {});
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
  });
}

/** A browser that goes away while its WebSocket is begun: what is written to it meets a connection that was reset. */
async function goAway(origin: string): Promise<void> {
  const { hostname, port, host } = new URL(board.url);
  const socket = connectTo(Number(port), hostname);
  await once(socket, 'connect');
  const fields = { Host: host, Origin: origin, Connection: 'Upgrade', Upgrade: 'websocket' };
  const handshake = { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': '13' };
  const lines = Object.entries({ ...fields, ...handshake }).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => {});
  socket.write(`GET /board HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, () => socket.resetAndDestroy());
  await once(socket, 'close');
}

/** A page that sends what it likes; resolves with the code by which it is cut off. */
function send(data: string | Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${board.url.replace('http', 'ws')}/board`, { origin: board.url });
    socket.on('open', () => socket.send(data));
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}

describe('the server of the front panel', () => {
  it('outlives browsers that go away while their connection is begun', async () => {
    for (let browser = 0; browser < 20; browser++)
      for (const origin of [board.url, 'http://elsewhere.test']) await goAway(origin);
    expect(await connect(board.url)).toBe('open');
  });

  it('lets the browser load nothing from elsewhere', async () => {
    const { status, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it.each(['/../port.js', '/%2e%2e/port.js', '/../../../package.json', '/tsconfig.json', '//', '/board'])(
    'has nothing at %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it('takes nothing but questions', async () => {
    expect((await ask('/', {}, 'POST')).status).toBe(405);
    expect((await ask('/', {}, 'HEAD')).status).toBe(200);
  });

  it('answers to no name that somebody else can point here', async () => {
    for (const host of ['evil.example', 'localhost.evil.example:8090', '127.0.0.1.evil.example']) {
      expect((await ask('/', { host })).status, host).toBe(421);
    }
    expect((await ask('/', { host: 'localhost:8090' })).status).toBe(200);
    expect((await ask('/', { host: '[::1]:8090' })).status).toBe(200);
  });

  it('joins only its own page to the board', async () => {
    expect(await connect(board.url)).toBe('open');
    expect(await connect(undefined)).toBe(403);
    expect(await connect('http://evil.example')).toBe(403);
    expect(await connect('null')).toBe(403);
    expect(await connect(board.url.replace('127.0.0.1', 'localhost'))).toBe(403);
    expect(await connect('http://evil.example', { host: 'evil.example' })).toBe(403);
  });

  it.each<[string, string | Buffer]>([
    ['what is no JSON', 'lift'],
    ['an unknown action', '{"do":"explode"}'],
    ['a key that no telephone has', '{"do":"hold","port":"handset","key":"E"}'],
    ['more than an action has', '{"do":"lift","port":"handset","twice":true}'],
    ['a caller who is no number', '{"do":"ring","port":"line1","caller":{"number":"Anna","name":""}}'],
    ['half a frame of sound', Buffer.alloc(160)],
    ['sound in text', ' '.repeat(320)],
  ])('cuts off a page that sends %s', async (_, data) => {
    expect(await send(data)).toBe(1003);
  });

  it('cuts off a page that sends too much at once', async () => {
    expect(await send(Buffer.alloc(100_000))).toBe(1009);
  });

  it('does nothing at a port that is not there', async () => {
    const socket = new WebSocket(`${board.url.replace('http', 'ws')}/board`, { origin: board.url });
    const messages: string[] = [];
    socket.on('message', (data) => messages.push(String(data)));
    socket.on('open', () => {
      socket.send('{"do":"lift","port":"handset9"}');
      socket.send('{"do":"listenAt","port":"__proto__"}');
      socket.send('{"do":"ring","port":"handset","caller":{"number":"1","name":""}}');
      socket.send('{"do":"lift","port":"line1"}');
      socket.send('{"do":"lift","port":"phone1"}');
    });
    const last = await until('the telephone to be lifted', () => messages.find((text) => text.includes('offHook')));
    expect(JSON.parse(last)).toMatchObject({
      board: {
        ports: [
          { name: 'handset', line: { state: 'onHook' } },
          { name: 'phone1', line: { state: 'offHook' } },
          { name: 'line1', line: { state: 'onHook' } },
        ],
      },
    });
    socket.close();
  });
});

describe('the process of the simulated board', () => {
  it('says why it cannot start', async () => {
    const port = Number(new URL(board.url).port);
    await expect(Board.start(port)).rejects.toThrow('EADDRINUSE');
  });
});
