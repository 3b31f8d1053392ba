import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noteOperations } from '../../doubles/operations.js';
import { until } from '../../support/waiting.js';
import { NoteWeb, type RawConnection } from '../../support/web.js';

let web: NoteWeb;
const connections: RawConnection[] = [];

beforeAll(async () => {
  web = await NoteWeb.open({ keepAliveMs: 300 });
});
afterAll(() => web.close());
afterEach(() => {
  for (const { socket } of connections.splice(0)) socket.destroy();
});

async function raw(to = web): Promise<RawConnection> {
  const connection = await to.raw();
  connections.push(connection);
  return connection;
}

/** The status of the first answer to these lines. */
async function statusOf(...lines: string[]): Promise<number | undefined> {
  const connection = await raw();
  connection.send(...lines, 'Host: pbx', 'Connection: close');
  await connection.closed;
  return connection.statuses[0];
}

const put = (headers: Record<string, string>, body: unknown) =>
  web.ask('/api/notes/7', { method: 'PUT', as: 'admin', body, headers: { 'if-match': '*', ...headers } });

/** The head of a change, on which a test puts a body of its own. */
const head = (...more: string[]) => [
  'PUT /api/notes/7 HTTP/1.1',
  'Host: pbx',
  'Authorization: Bearer token-admin',
  'If-Match: *',
  'Content-Type: application/json',
  ...more,
];

describe('a change whose body takes its time', () => {
  it('is not made by somebody who has lost the right to it meanwhile', async () => {
    const { cookie } = await web.signIn('admin');
    const before = web.box.notes.get('7');
    const connection = await raw();
    const body = JSON.stringify({ text: 'late' });
    const session = ['PUT /api/notes/7 HTTP/1.1', 'Host: pbx', `Cookie: ${cookie}`, 'X-Modcall: 1', 'If-Match: *'];
    const seen = web.access.uses.length;
    connection.send(
      ...session,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Connection: close',
    );
    await until('the sender to be known', () => web.access.uses.length > seen);
    web.access.sessions.clear();
    connection.socket.write(body);
    await connection.closed;
    expect(connection.statuses).toEqual([401]);
    expect(web.box.notes.get('7')).toEqual(before);
  });

  it('is made with the rights that its sender has by then', async () => {
    const { cookie } = await web.signIn('admin');
    const connection = await raw();
    const body = JSON.stringify({ text: 'late' });
    const seen = web.access.uses.length;
    connection.send(
      ...['PUT /api/notes/7 HTTP/1.1', 'Host: pbx', `Cookie: ${cookie}`, 'X-Modcall: 1', 'If-Match: *'],
      ...['Content-Type: application/json', `Content-Length: ${body.length}`, 'Connection: close'],
    );
    await until('the sender to be known', () => web.access.uses.length > seen);
    for (const [id, caller] of web.access.sessions) web.access.sessions.set(id, { ...caller, name: 'renamed' });
    connection.socket.write(body);
    await connection.closed;
    expect(connection.statuses).toEqual([200]);
    expect(web.box.callers.at(-1)?.name).toBe('renamed');
  });
});

describe('a file that takes its time', () => {
  it('is not taken from somebody who has lost the right to send it meanwhile', async () => {
    const { cookie } = await web.signIn('admin');
    const connection = await raw();
    const session = ['POST /api/notes/packed HTTP/1.1', 'Host: pbx', `Cookie: ${cookie}`, 'X-Modcall: 1'];
    const seen = web.access.uses.length;
    connection.send(...session, 'Content-Type: application/octet-stream', 'Content-Length: 4', 'Connection: close');
    await until('the sender to be known', () => web.access.uses.length > seen);
    web.access.sessions.clear();
    connection.socket.write('file');
    await connection.closed;
    expect(connection.statuses).toEqual([401]);
  });
});

describe('an address that could mean something else', () => {
  it.each([
    '/api/../healthz',
    '/api/./notes',
    '/..',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/api/%2E%2E/healthz',
    '/..%2f..%2fetc/passwd',
    '//healthz',
    '//evil.example/healthz',
    '/api//notes',
    '///etc/passwd',
    '/\\evil.example',
    '/api\\notes',
    '/api/%5cnotes',
    '/api/..%5c..%5cetc',
    '/api/notes/%00',
    '/api/notes/a%2Fb',
    '/api/notes/%0d%0aSet-Cookie:x=1',
    '/api/notes/%ff',
    '/api/notes/%zz',
    '/api/notes/%',
    '/api/notes/<script>',
    '/api/notes?a#b',
    '/healthz#/api',
    'http://pbx/healthz',
    'http://evil.example/healthz',
    'healthz',
    '*',
    '/api/notes/\xfc',
  ])('is refused: %s', async (target) => {
    expect(await statusOf(`GET ${target} HTTP/1.1`)).toBe(400);
  });

  it('is no other server’s', async () => {
    const connection = await raw();
    connection.send('CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example');
    await connection.closed;
    expect(connection.received).not.toContain(' 200 ');
  });
});

describe('a body', () => {
  it('may be as large as the settings are', async () => {
    expect((await put({}, { text: 'x'.repeat(900_000) })).status).toBe(200);
  });

  it('is refused by its announced length before it is there', async () => {
    const connection = await raw();
    connection.send(...head('Content-Length: 1048577'));
    await until('the answer', () => connection.statuses.length > 0);
    expect(connection.statuses).toEqual([413]);
    await connection.closed;
  });

  it('is cut off at the limit without an announced length (CVE-2026-44456)', async () => {
    const connection = await raw();
    connection.send(...head('Transfer-Encoding: chunked'));
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    let sent = 0;
    const send = () => {
      while (!connection.isClosed && sent < 200 && connection.socket.write(chunk)) sent += 1;
    };
    connection.socket.on('drain', send);
    send();
    await connection.closed;
    expect(connection.statuses).toEqual([413]);
    expect(sent).toBeLessThan(200);
  });

  it('is cut off at its own limit where it is a file', async () => {
    const connection = await raw();
    const lines = ['POST /api/notes/packed HTTP/1.1', 'Host: modcall.local', 'Authorization: Bearer token-admin'];
    connection.send(...lines, 'Content-Type: application/octet-stream', 'Transfer-Encoding: chunked');
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    let sent = 0;
    const send = () => {
      while (!connection.isClosed && sent < 200 && connection.socket.write(chunk)) sent += 1;
    };
    connection.socket.on('drain', send);
    send();
    await connection.closed;
    expect(connection.statuses).toEqual([413]);
    expect(sent).toBeLessThan(200);
  });

  it('counts without an announced length too', async () => {
    const connection = await raw();
    connection.send(...head('Transfer-Encoding: chunked', 'Connection: close'));
    connection.socket.write('8\r\n{"text":\r\n4\r\n"ab"\r\n1\r\n}\r\n0\r\n\r\n');
    await connection.closed;
    expect(connection.statuses).toEqual([200]);
    expect(web.box.notes.get('7')?.text).toBe('ab');
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity, gzip', 'x'])(
    'is not unpacked: %s',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(20_000_000));
      const answer = await put({ 'content-encoding': encoding }, bomb);
      expect([answer.status, answer.json.code, answer.headers['accept-encoding']]).toEqual([
        415,
        'request.encoded',
        'identity',
      ]);
    },
  );

  it('is not unpacked as a transfer coding either', async () => {
    const connection = await raw();
    connection.send(...head('Transfer-Encoding: gzip, chunked'));
    connection.socket.write('0\r\n\r\n');
    await connection.closed;
    expect(connection.statuses.every((status) => status >= 400)).toBe(true);
  });

  it.each([
    ['without its end', '[', 'request.badJson'],
    ['with an end too many', '{"text":"a"}}', 'request.badJson'],
    ['in JavaScript', '{"text":\'a\'}', 'request.badJson'],
    ['with what is no number', 'NaN', 'request.badJson'],
    ['that is not UTF-8', Buffer.from('{"text":"\xff"}', 'latin1'), 'request.badJson'],
    ['of nested lists', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, 'request.tooDeep'],
    ['of nested objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'request.tooDeep'],
    ['of many numbers', `{"tags":[${'0,'.repeat(400_000)}0]}`, 'request.tooMuch'],
    ['of many lists', `{"tags":[${'[],'.repeat(300_000)}0]}`, 'request.tooMuch'],
    ['of many texts', '"\\"'.repeat(300_000), 'request.tooMuch'],
    ['of a text without its end', `"${'\\"'.repeat(500_000)}`, 'request.badJson'],
  ])('%s is refused', async (_, body, code) => {
    const answer = await put({}, body);
    expect([answer.status, answer.json.code]).toEqual([400, code]);
  });

  it('full of brackets within texts is one of texts', async () => {
    const text = '[{"\\'.repeat(20_000);
    expect((await put({}, { text, tags: Array(5000).fill('[') })).status).toBe(200);
    expect(web.box.notes.get('7')?.text).toBe(text);
  });

  it.each([
    'text/plain',
    'application/json; charset=utf-16',
    'application/jsonp',
    'application/x-www-form-urlencoded',
    'x',
  ])('has to be JSON: %s', async (type) => {
    const answer = await put({ 'content-type': type }, { text: 'x' });
    expect([answer.status, answer.json.code, answer.headers.accept]).toEqual([
      415,
      'request.notJson',
      'application/json',
    ]);
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"'])('may be %s', async (type) => {
    expect((await put({ 'content-type': type }, { text: 'x' })).status).toBe(200);
  });

  it('does not belong to a question', async () => {
    const answer = await web.ask('/api/notes', { method: 'GET', as: 'read', body: { limit: 1 } });
    expect([answer.status, answer.json.params]).toEqual([413, { limit: 0 }]);
  });

  it('is not read of somebody who may not send it', async () => {
    for (const [token, status] of [
      ['token-read', 403],
      ['wrong', 401],
    ] as const) {
      const connection = await raw();
      connection.send(...head('Content-Length: 1000000').map((line) => line.replace('token-admin', token)));
      await until('the answer', () => connection.statuses.length > 0);
      expect(connection.statuses).toEqual([status]);
      await connection.closed;
    }
  });

  it('that ends too early changes nothing', async () => {
    await put({}, { text: 'before' });
    const connection = await raw();
    connection.send(...head('Content-Length: 100'));
    connection.socket.write('{"text":"after"}');
    connection.socket.end();
    await connection.closed;
    expect(web.box.notes.get('7')?.text).toBe('before');
  });
});

describe('a request that is not one', () => {
  it.each([
    ['two lengths', head('Content-Length: 2', 'Content-Length: 3')],
    ['a length and chunks', head('Content-Length: 2', 'Transfer-Encoding: chunked')],
    ['a length below nothing', head('Content-Length: -1')],
    ['a length that is no number', head('Content-Length: 0x10')],
    ['a folded header', head('X: a', ' b: c')],
    ['a space before the colon', head('Content-Length : 2')],
    ['a byte 0 in a header', head('X: a\0b')],
    ['another protocol', ['GET /healthz HTTP/3.0', 'Host: pbx']],
    ['SIP', ['REGISTER sip:pbx SIP/2.0', 'Host: pbx']],
    ['TLS', ['\x16\x03\x01\x02\x00\x01']],
  ])('is refused: %s', async (_, lines) => {
    const connection = await raw();
    connection.send(...lines);
    await connection.closed;
    expect(connection.statuses.every((status) => status >= 400)).toBe(true);
    expect(connection.received).not.toContain('{"version"');
  });

  it.each([
    ['one huge header', [`X: ${'x'.repeat(10_000)}`]],
    ['thousands of headers', Array.from({ length: 5000 }, (_, index) => `X-${index}: x`)],
    ['a huge cookie', [`Cookie: modcall=${'x'.repeat(9000)}`]],
  ])('is refused with %s', async (_, lines) => {
    expect(await statusOf('GET /healthz HTTP/1.1', ...lines)).toBe(431);
  });

  it('is refused with a huge address', async () => {
    expect(await statusOf(`GET /healthz?${'x'.repeat(10_000)} HTTP/1.1`)).toBe(431);
  });

  it('does not hold up the others while it waits for a promise (Expect)', async () => {
    const connection = await raw();
    connection.send(...head('Content-Length: 12', 'Expect: the-impossible'));
    await until('the answer', () => connection.statuses.length > 0);
    expect(connection.statuses).toEqual([417]);
  });

  it.each(['Accept', 'Accept-Language', 'Cookie'])('is answered with a heap of nothing in %s', async (name) => {
    expect(await statusOf('GET /healthz HTTP/1.1', `${name}: */*${',;'.repeat(3500)}`)).toBe(200);
  });

  it('is answered plainly when it wants another protocol', async () => {
    expect(await statusOf('GET /healthz HTTP/1.1', 'Upgrade: websocket', 'Sec-WebSocket-Key: x')).toBe(200);
  });
});

describe('somebody who takes their time', () => {
  let impatient: NoteWeb;

  beforeAll(async () => {
    impatient = await NoteWeb.open({ headersMs: 400, requestMs: 800, keepAliveMs: 300, stalledMs: 2000 });
  });
  afterAll(() => impatient.close());

  it('with the first byte is cut off', async () => {
    const connection = await raw(impatient);
    await connection.closed;
    expect(connection.statuses.every((status) => status === 408)).toBe(true);
  });

  it('with the greeting of HTTP/2 is cut off', async () => {
    const connection = await raw(impatient);
    connection.send('PRI * HTTP/2.0');
    await connection.closed;
    expect(connection.statuses.every((status) => status >= 400)).toBe(true);
  });

  it('with the headers, one by one, is cut off (slowloris)', async () => {
    const connection = await raw(impatient);
    connection.socket.write('GET /healthz HTTP/1.1\r\nHost: pbx\r\n');
    const drip = setInterval(() => connection.socket.write('X: y\r\n'), 50);
    await connection.closed;
    clearInterval(drip);
    expect(connection.statuses).toEqual([408]);
  });

  it('with the body, byte by byte, is cut off', async () => {
    const connection = await raw(impatient);
    connection.send(...head('Content-Length: 1000'));
    const drip = setInterval(() => connection.socket.write(' '), 50);
    await connection.closed;
    clearInterval(drip);
    expect(connection.statuses.every((status) => status >= 400)).toBe(true);
  });

  const fileOf = (bytes: number, token: string) => [
    ...['POST /api/notes/packed HTTP/1.1', 'Host: pbx', `Authorization: Bearer token-${token}`],
    ...['Content-Type: application/octet-stream', `Content-Length: ${bytes}`],
  ];

  it('with a file is waited for, as over a slow network, as long as something comes', async () => {
    const connection = await raw(impatient);
    connection.send(...fileOf(40, 'admin'));
    for (let sent = 0; sent < 40; sent += 1) {
      connection.socket.write(' ');
      await pause(50);
    }
    await until('the answer', () => connection.statuses.length > 0);
    expect(connection.statuses).toEqual([200]);
  });

  it('with a file that does not come any more, or that they may not send, is cut off', async () => {
    const [admin, reader] = [await raw(impatient), await raw(impatient)];
    admin.send(...fileOf(40, 'admin'));
    reader.send(...fileOf(40, 'read'));
    await Promise.all([admin.closed, reader.closed]);
    expect([...admin.statuses, ...reader.statuses].every((status) => status >= 400)).toBe(true);
  });

  it('with the next request is cut off', async () => {
    const connection = await raw(impatient);
    connection.send('GET /healthz HTTP/1.1', 'Host: pbx');
    await connection.closed;
    expect(connection.statuses).toEqual([200]);
  });

  it('with reading is cut off', async () => {
    impatient.box.notes.set('7', { id: '7', text: 'x'.repeat(900_000), stars: 0 });
    const connection = await raw(impatient);
    connection.socket.pause();
    // As many answers as no buffer of the system takes.
    for (let count = 0; count < 8; count += 1) {
      connection.send('GET /api/notes HTTP/1.1', 'Host: pbx', 'Authorization: Bearer token-read');
    }
    await until('the connection to be given up', async () => (await openConnections(impatient)) <= 1);
  });
});

/** How many connections the server has, this one among them. */
async function openConnections(of: NoteWeb): Promise<number> {
  const { text } = await of.ask('/metrics', { as: 'read' });
  return Number(/^modcall_http_connections (\d+)$/m.exec(text)?.[1]);
}

describe('somebody who wants everything', () => {
  it('gets no more connections than one address may have, and leaves the others theirs', async () => {
    const patient = await NoteWeb.open({
      connectionsPerAddress: 5,
      connections: 8,
      headersMs: 60_000,
      requestMs: 60_000,
    });
    const many = await Promise.all(Array.from({ length: 12 }, () => patient.raw()));
    const isOpen = ({ isClosed }: RawConnection) => !isClosed;
    await until('the surplus to be closed', () => many.filter(isOpen).length === 5);
    const others = await Promise.all(Array.from({ length: 5 }, () => patient.raw('127.0.0.2')));
    await until('those that are too many for all to be closed', () => others.filter(isOpen).length === 4);
    await until('the one that was given up for them to be closed', () => many.filter(isOpen).length === 4);
    const last = await patient.raw('127.0.0.3');
    last.send('GET /healthz HTTP/1.1', 'Host: pbx', 'Connection: close');
    await last.closed;
    expect(last.statuses[0]).toBe(200);
    await until('a place to be given up for it', () => many.filter(isOpen).length === 3);
    expect(others.filter(isOpen)).toHaveLength(4);
    for (const { socket } of [...many, ...others]) socket.destroy();
    patient.close();
  });

  it('with 200 connections that send a byte now and then keeps nobody else off page and API, and is cut off', async () => {
    const plain = Buffer.from('<!doctype html>');
    const page = { contentType: 'text/html', isHashed: false, plain, gzip: gzipSync(plain) };
    const patient = await NoteWeb.open({}, {}, noteOperations, new Map([['/', page]]));
    const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
    const slow = await Promise.all(
      Array.from({ length: 200 }, (_, index) => patient.raw(addresses[index % addresses.length])),
    );
    for (const { socket } of slow) socket.write('GET /healthz HTTP/1.1\r\nHost: pbx\r\nX-Slow: ');
    const drip = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write('x');
    }, 300);
    const isServed = async () => {
      const answers = await Promise.all([patient.ask('/'), patient.ask('/api/notes', { as: 'read' })]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    };
    await isServed();
    expect(slow.filter(({ isClosed }) => !isClosed).length).toBeGreaterThan(150);
    await until('all the slow ones to be cut off', async () => {
      await isServed();
      return slow.every(({ isClosed }) => isClosed);
    });
    clearInterval(drip);
    patient.close();
  });

  it('gets the answers to a few requests in a heap, in order', async () => {
    const connection = await raw();
    connection.socket.write(
      ['/healthz', '/api/notes', '/nothing', '/api//x']
        .map((path) => `GET ${path} HTTP/1.1\r\nHost: pbx\r\n\r\n`)
        .join(''),
    );
    await connection.closed;
    expect(connection.statuses).toEqual([200, 401, 404, 400]);
  });

  it('gets nothing for thousands of requests in a heap', async () => {
    web.box.callers.length = 0;
    const connection = await raw();
    const one = 'GET /api/notes HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer token-read\r\n\r\n';
    connection.socket.write(one.repeat(5000));
    await connection.closed;
    expect(web.box.callers.length).toBeLessThan(50);
  });

  it('gets nothing of a request that was smuggled into the body of another', async () => {
    const connection = await raw();
    const smuggled = 'GET /api/notes HTTP/1.1\r\nHost: pbx\r\nAuthorization: Bearer token-read\r\n\r\n';
    connection.send('GET /api//x HTTP/1.1', 'Host: pbx', `Content-Length: ${smuggled.length}`);
    connection.socket.write(smuggled);
    await connection.closed;
    expect(connection.statuses).toEqual([400]);
  });
});
