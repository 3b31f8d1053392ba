import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, RawPhone, RawResponse } from './support/raw-sip.js';

const [alice, bob] = users as [{ username: string; password: string }, { username: string; password: string }];

/** More than all connections that the endpoint has room for. */
const strangers = 2500;

describe('connections', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    phone = await server.phone();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
  });

  const open = async (localAddress = '127.0.0.1'): Promise<Socket> => {
    const socket = connect({ port: server.tcpPort, host: '127.0.0.1', localAddress });
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };

  const registerOver = async (socket: Socket, user: { username: string; password: string }): Promise<number> => {
    const received: string[] = [];
    socket.on('data', (data) => received.push(data.toString('latin1')));
    const next = async () => new RawResponse(await until('a response over TCP', () => received.shift()));
    socket.write(phone.compose({ user: user.username }));
    const { nonce } = await next();
    socket.write(
      phone.compose({ user: user.username, authorization: authorization(answerFields({ ...user, nonce })) }),
    );
    return (await next()).status;
  };

  it('of silent strangers leave room for everybody, and are closed', async () => {
    const registered = await open();
    expect(await registerOver(registered, bob)).toBe(200);
    const idle: Socket[] = [];
    for (let i = 0; i < strangers; i += 1) idle.push(await open(`127.0.1.${1 + (i % 50)}`));
    const newcomer = await open();
    expect(await registerOver(newcomer, alice)).toBe(200);
    expect((await phone.register(alice.username, alice.password)).status).toBe(200);
    await until(
      () => `the end of ${idle.filter((socket) => !socket.closed).length} idle connections`,
      () => idle.every((socket) => socket.closed),
    );
    expect(registered.closed).toBe(false);
    expect(newcomer.closed).toBe(false);
  });

  it('of one stranger push out only that stranger’s', async () => {
    const other = await open('127.0.2.1');
    const first = await open('127.0.2.2');
    for (let i = 0; i < 100; i += 1) await open('127.0.2.2');
    await until('the end of the oldest one of the same address', () => first.closed);
    expect(other.closed).toBe(false);
  });

  it('of a peer stay open', async () => {
    server.endpoint.setPeers([{ name: 'carrier', addresses: ['127.0.3.1'] }]);
    const ofPeer = await open('127.0.3.1');
    const stranger = await open('127.0.3.2');
    await until('the end of the stranger’s', () => stranger.closed);
    expect(ofPeer.closed).toBe(false);
  });

  /** Many times what a connection may have waiting for it. */
  const floodBytes = 48 << 20;

  /** Asks without an end, and takes nothing of what it is answered. */
  const askWithoutReading = async (socket: Socket, question: () => string): Promise<number> => {
    socket.pause();
    let sent = 0;
    while (sent < floodBytes && !socket.destroyed) {
      const text = question();
      sent += text.length;
      socket.write(text);
      await until('room to write or the end', () => !socket.writableNeedDrain || socket.destroyed);
    }
    return sent;
  };

  it.each<[string, string, (socket: Socket) => Promise<unknown>, () => string]>([
    [
      'a user',
      '127.0.4.1',
      (socket) => registerOver(socket, bob),
      () => phone.compose({ method: 'OPTIONS', contacts: [] }).repeat(50),
    ],
    [
      'a trunk',
      '127.0.4.2',
      async () => server.endpoint.setPeers([{ name: 'carrier', addresses: ['127.0.4.2'] }]),
      () => phone.compose({ method: 'OPTIONS', contacts: [] }).repeat(50),
    ],
  ])(
    'of %s that never reads is closed before much data piles up, and this is reported once',
    async (_of, from, prove, question) => {
      const socket = await open(from);
      await prove(socket);
      server.forget();
      const before = process.memoryUsage.rss();
      expect(await askWithoutReading(socket, question)).toBeLessThan(floodBytes);
      expect(process.memoryUsage.rss() - before).toBeLessThan(32 << 20);
      expect(await server.rejected('unread')).toMatchObject({ source: { address: from, transport: 'tcp' } });
      expect(server.rejections.filter(({ kind }) => kind === 'unread')).toHaveLength(1);
    },
  );

  it('that is read slowly stays open and gets everything', async () => {
    const socket = await open('127.0.4.3');
    const received: string[] = [];
    socket.on('data', (data) => received.push(data.toString('latin1')));
    expect(await registerOver(socket, bob)).toBe(200);
    received.splice(0);
    const asked = 300; // at once, their answers are more than the socket takes
    socket.pause();
    socket.write(Array.from({ length: asked }, () => phone.compose({ method: 'OPTIONS', contacts: [] })).join(''));
    const sip = await RawPhone.open(server.port);
    expect((await sip.register(alice.username, alice.password)).status).toBe(200); // they have been answered by then
    sip.close();
    const slowly = setInterval(() => {
      socket.resume();
      socket.once('data', () => socket.pause());
    }, 5);
    await until('all answers', () => received.join('').split('SIP/2.0 200').length - 1 >= asked);
    clearInterval(slowly);
    expect(socket.closed).toBe(false);
  });

  const withLength = (line: string) => (text: string) => text.replace('Content-Length: 0', line);
  const asked = () => phone.compose({ method: 'OPTIONS', contacts: [] });

  let addresses = 0;

  /** One that is not closed for its silence, from an address of its own, and what is answered there from now on. */
  const proven = async () => {
    addresses += 1;
    const socket = await open(`127.0.5.${addresses}`);
    expect(await registerOver(socket, bob)).toBe(200);
    server.forget();
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    const statuses = () => [...text.matchAll(/^SIP\/2\.0 (\d+)/gm)].map(([, status]) => Number(status));
    return { socket, statuses };
  };

  it.each<[string, string, number, string]>([
    ['no Content-Length', 'X-Length: 0', 400, 'malformed'],
    ['an unreadable one', 'Content-Length: none', 400, 'malformed'],
    ['a negative one', 'l: -1', 400, 'malformed'],
    ['one that is far too large', 'Content-Length: 99999999999', 400, 'malformed'],
    ['one without an end in sight', `Content-Length: 30000\r\n\r\n${'a'.repeat(16_000)}`, 513, 'oversize'],
  ])('end with a request that has %s, since what follows cannot be told from it', async (_what, line, status, kind) => {
    const { socket, statuses } = await proven();
    socket.write(withLength(line)(asked()) + asked());
    await until('the end of the connection', () => socket.closed);
    expect(statuses()).toEqual([status]);
    expect(await server.rejected(kind as 'malformed')).toMatchObject({ method: 'OPTIONS' });
  });

  it('end with such a request that comes behind another one, and both are answered', async () => {
    const { socket, statuses } = await proven();
    socket.write(asked() + withLength('Content-Length: none')(asked()));
    await until('the end of the connection', () => socket.closed);
    expect(statuses()).toEqual([200, 400]);
  });

  it('end with such a response, too', async () => {
    const { socket } = await proven();
    socket.write(withLength('X-Length: 0')(asked()).replace(/^OPTIONS .*$/m, 'SIP/2.0 200 OK'));
    await until('the end of the connection', () => socket.closed);
    expect(await server.rejected('malformed')).toMatchObject({ method: '' });
  });

  it('go on after a request that cannot be read otherwise, wherever in the data it is', async () => {
    const { socket, statuses } = await proven();
    socket.write(asked() + asked().replace('Max-Forwards: 70', 'Expires: soon') + asked());
    await until('all answers', () => statuses().length === 3);
    expect(statuses()).toEqual([200, 400, 200]);
    expect(socket.closed).toBe(false);
  });

  it('get an answer to a ping', async () => {
    const socket = await open();
    socket.write('\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toBe('\r\n');
  });
});
