import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, type RawPhone, RawResponse } from './support/raw-sip.js';

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

  it('of strangers who say nothing leave room for everybody, and end', async () => {
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

  it('of one stranger push out only their own', async () => {
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

  it('get an answer to a ping', async () => {
    const socket = await open();
    socket.write('\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toBe('\r\n');
  });
});
