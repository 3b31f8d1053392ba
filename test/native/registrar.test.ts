import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Call, InvalidStateError } from '../../src/node-pjsua2/src/index.js';
import type { SipCall } from '../support/sip/call.js';
import { UserAgent } from '../support/sip/user-agent.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, minExpires, users } from './support/answering-endpoint.js';
import {
  answerFields,
  authorization,
  type RawPhone,
  RawResponse,
  type RequestParts,
  realm,
} from './support/raw-sip.js';

const [alice, bob] = users as [{ username: string; password: string }, { username: string; password: string }];

const last = { username: 'last', password: 'of all the users' };

describe('registrar', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;

  beforeAll(async () => {
    server = await AnsweringEndpoint.start({ maxExpires: 100, defaultExpires: 50 });
    phone = await server.phone();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    // Events keep their order: when the last user's binding is told gone, so are all of the test before.
    server.registrar.setUsers([last]);
    await phone.register(last.username, last.password, { contacts: [phone.contact(last.username)] });
    server.registrar.setUsers([]);
    await until('the end of the bindings of the test before', () =>
      server.unbound.some(({ username }) => username === last.username),
    );
    server.registrar.setUsers(users);
    server.forget();
  });

  const register = (parts: RequestParts = {}): Promise<RawResponse> =>
    phone.register(alice.username, alice.password, parts);

  const urisOf = (username?: string): string[] =>
    server.registrar
      .bindings(username)
      .map((binding) => binding.uri)
      .sort();

  it('binds a contact, and reports it with its source and its phone', async () => {
    const response = await register({ extra: ['User-Agent: Desk phone 7', 'Expires: 60'] });
    expect(response.status).toBe(200);
    expect(response.all('Contact')).toEqual([`${phone.contact('alice')};expires=60`]);
    expect(response.get('Date')).toMatch(/ GMT$/);
    const bound = await until('bound', () => server.bound[0]);
    expect(bound).toMatchObject({
      username: 'alice',
      uri: `sip:alice@127.0.0.1:${phone.port}`,
      source: { address: '127.0.0.1', port: phone.port, transport: 'udp' },
      domain: 'office.example',
      userAgent: 'Desk phone 7',
      expiresIn: 60,
      refreshed: false,
    });
    expect(server.registrar.bindings('alice')).toMatchObject([{ contact: bound.contact, username: 'alice' }]);
  });

  it('keeps the identity of a contact over refreshes', async () => {
    await register();
    await register();
    await until('two bound events', () => server.bound.length === 2);
    expect(server.bound.map((bound) => bound.refreshed)).toEqual([false, true]);
    expect(server.bound[1]?.contact).toBe(server.bound[0]?.contact);
    expect(server.registrar.bindings('alice')).toHaveLength(1);
  });

  it('answers a query without changing anything', async () => {
    await register();
    const response = await register({ contacts: [] });
    expect(response.status).toBe(200);
    expect(response.all('Contact')).toHaveLength(1);
  });

  it('keeps several contacts of one user, registered together or one by one', async () => {
    await register({ contacts: [`${phone.contact('alice', 5071)}, ${phone.contact('alice', 5072)}`] });
    const response = await register({ contacts: [phone.contact('alice', 5073)] });
    expect(response.all('Contact')).toHaveLength(3);
    expect(urisOf('alice')).toEqual([5071, 5072, 5073].map((port) => `sip:alice@127.0.0.1:${port}`));
  });

  it('lets a new contact beyond a user’s limit replace the stalest one', async () => {
    for (const port of [5071, 5072, 5073]) await register({ contacts: [phone.contact('alice', port)] });
    await register({ contacts: [phone.contact('alice', 5071)] });
    expect((await register({ contacts: [phone.contact('alice', 5074)] })).status).toBe(200);
    expect(urisOf('alice')).toEqual([5071, 5073, 5074].map((port) => `sip:alice@127.0.0.1:${port}`));
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ reason: 'replaced' });
  });

  it('refuses more contacts in one registration than a user may have, without changing anything', async () => {
    await register({ contacts: [phone.contact('alice', 5070)] });
    const many = [5071, 5072, 5073, 5074].map((port) => phone.contact('alice', port));
    expect((await register({ contacts: many })).status).toBe(403);
    expect(urisOf('alice')).toEqual(['sip:alice@127.0.0.1:5070']);
  });

  it('replaces the contact of a phone that comes back from a new port with its Call-ID', async () => {
    const callId = 'kept-by-the-phone';
    await register({ callId, contacts: [phone.contact('alice', 5071)] });
    await register({ callId, contacts: [phone.contact('alice', 5072)] });
    expect(urisOf('alice')).toEqual(['sip:alice@127.0.0.1:5072']);
  });

  it.each([
    ['a parameter', (contact: string) => ({ contacts: [`${contact};expires=soon`] })],
    ['an empty parameter', (contact: string) => ({ contacts: [`${contact};expires=`] })],
    ['a field', (contact: string) => ({ contacts: [contact], extra: ['Expires: -1'] })],
    ['a 33-bit parameter', (contact: string) => ({ contacts: [`${contact};expires=4294967296`] })],
    ['a 65-bit field', (contact: string) => ({ contacts: [contact], extra: ['Expires: 18446744073709551617'] })],
  ])('treats %s without a valid number of seconds like an absent one', async (_, parts) => {
    await register();
    const response = await register(parts(phone.contact('alice')));
    expect(response.status === 400 || /;expires=50$/.test(response.get('Contact') ?? '')).toBe(true);
    expect(urisOf('alice')).toHaveLength(1);
  });

  it('removes one contact', async () => {
    await register({ contacts: [phone.contact('alice', 5071), phone.contact('alice', 5072)] });
    const response = await register({ contacts: [`${phone.contact('alice', 5071)};expires=0`] });
    expect(response.all('Contact')).toEqual([expect.stringContaining(':5072')]);
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ username: 'alice', reason: 'removed' });
  });

  it('removes all contacts for *', async () => {
    await register({ contacts: [phone.contact('alice', 5071), phone.contact('alice', 5072)] });
    expect((await register({ contacts: ['*'], extra: ['Expires: 0'] })).status).toBe(200);
    expect(urisOf('alice')).toEqual([]);
    await until('two unbound events', () => server.unbound.length === 2);
  });

  it.each([
    ['* without Expires: 0', { contacts: ['*'] }],
    ['* with a lifetime', { contacts: ['*'], extra: ['Expires: 60'] }],
    ['* beside another contact', { contacts: ['*', '<sip:alice@127.0.0.1:5071>'], extra: ['Expires: 0'] }],
    ['a contact that is not a SIP URI', { contacts: ['<mailto:alice@office.example>'] }],
  ])('refuses %s and keeps the bindings', async (_, parts) => {
    await register({ contacts: [phone.contact('alice', 5079)] });
    expect((await register(parts)).status).toBe(400);
    expect(urisOf('alice')).toEqual(['sip:alice@127.0.0.1:5079']);
  });

  it('refuses too short a lifetime and names the shortest', async () => {
    const response = await register({ contacts: [`${phone.contact('alice')};expires=${minExpires - 1}`] });
    expect(response.status).toBe(423);
    expect(response.get('Min-Expires')).toBe(String(minExpires));
    expect(urisOf()).toEqual([]);
  });

  it('grants its longest lifetime for a longer one, and the default if none is requested', async () => {
    const long = await register({ extra: ['Expires: 100000'] });
    expect(long.get('Contact')).toMatch(/;expires=100$/);
    const usual = await register();
    expect(usual.get('Contact')).toMatch(/;expires=50$/);
  });

  it('lets a contact expire', async () => {
    await register({ contacts: [`${phone.contact('alice')};expires=${minExpires}`] });
    const unbound = await until('unbound', () => server.unbound[0]);
    expect(unbound).toEqual({ username: 'alice', contact: server.bound[0]?.contact, reason: 'expired' });
    expect(urisOf()).toEqual([]);
  });

  it('refuses requests out of order within one Call-ID, but accepts them from another', async () => {
    const callId = 'one-and-the-same';
    expect((await register({ callId, cseq: 20 })).status).toBe(200);
    const nonce = await phone.nonce();
    const late = authorization(answerFields({ ...alice, nonce }));
    const contacts = [`${phone.contact('alice')};expires=0`];
    expect((await phone.request({ callId, cseq: 19, contacts, authorization: late })).status).toBe(500);
    expect(urisOf('alice')).toHaveLength(1);
    expect((await register({ callId: 'after-a-restart', cseq: 1, contacts })).status).toBe(200);
    expect(urisOf('alice')).toHaveLength(0);
  });

  it('replaces the binding of a phone that comes back from a new address', async () => {
    const instance = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-000A95A0E128>"';
    await register({ contacts: [`${phone.contact('alice', 5071)};${instance}`] });
    await register({ contacts: [`${phone.contact('alice', 5072)};${instance}`] });
    expect(urisOf('alice')).toEqual(['sip:alice@127.0.0.1:5072']);
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ reason: 'replaced' });
  });

  it('refuses to register one user for another', async () => {
    const response = await phone.register(bob.username, bob.password, { toUser: 'alice' });
    expect(response.status).toBe(403);
    expect(await server.rejected('impersonation')).toMatchObject({ username: 'bob' });
    expect(urisOf()).toEqual([]);
  });

  it('refuses an extension that it does not support', async () => {
    const response = await phone.request({ extra: ['Require: teleport'] });
    expect(response.status).toBe(420);
    expect(response.get('Unsupported')).toBe('teleport');
  });

  it('reaches a phone behind a NAT where its request came from', async () => {
    const response = await register({ contacts: ['<sip:alice@192.168.7.7:5060;line=x1>'] });
    expect(response.get('Contact')).toContain('<sip:alice@192.168.7.7:5060;line=x1>');
    expect(urisOf('alice')).toEqual([`sip:alice@127.0.0.1:${phone.port};line=x1`]);
  });

  it.each(['udp', 'tcp'] as const)('reaches it there over %s in calls, too, from either side', async (protocol) => {
    const { port, tcpPort, endpoint } = server;
    const far = await UserAgent.open({
      server: { protocol, address: '127.0.0.1', port: protocol === 'udp' ? port : tcpPort },
      credentials: alice,
      goesThroughServer: true,
      contactAddress: '192.168.7.7',
    });
    const [theirs, ours]: [SipCall[], Call[]] = [[], []];
    far.onCall = (call) => {
      call.accept();
      theirs.push(call);
    };
    server.onCall = (call) => {
      call.answer();
      ours.push(call);
    };
    try {
      expect(await far.register(60)).toMatchObject({ status: 200 });
      const { uri } = await until('the binding', () => server.bound.at(-1));
      ours.push(endpoint.call({ to: uri }));
      await until('it to be called', () => theirs[0]);
      theirs.push(await far.call('1'));
      await until('its call', () => ours[1]);
      for (const [n, call] of ours.entries()) {
        await until('both to talk', () => theirs[n]?.state === 'talking');
        await call.probe();
        call.hangUp();
        await until('the phone to hear of the end', () => theirs[n]?.end);
      }
    } finally {
      far.close();
    }
  });

  it('keeps the NAT in front of a phone open', async () => {
    const direct = await server.phone();
    await direct.register(bob.username, bob.password);
    const others = direct.received;
    await register({ contacts: ['<sip:alice@192.168.7.7:5060>'] });
    const answers = phone.received;
    await until('a sign of life', () => phone.received > answers);
    expect(phone.last).toBe('\r\n\r\n');
    expect(direct.received).toBe(others);
  });

  it('does not let a user register without end', async () => {
    const eager = { username: 'eager', password: 'again and again' };
    server.registrar.setUsers([...users, eager]);
    const nonce = await phone.nonce();
    const statuses = new Set<number>();
    for (let nc = 1; nc <= 260; nc += 1) {
      const { status } = await phone.request({
        authorization: authorization(answerFields({ ...eager, nonce, nc })),
        user: 'eager',
      });
      statuses.add(status);
    }
    expect(statuses).toEqual(new Set([200, 503]));
  });

  it('reaches a phone on TCP over its connection, and drops it with the connection', async () => {
    const socket = connect(server.tcpPort, '127.0.0.1');
    await once(socket, 'connect');
    const received: string[] = [];
    socket.on('data', (data) => received.push(data.toString('latin1')));
    const next = async (): Promise<RawResponse> => {
      const text = await until('a response over TCP', () => received.shift());
      return new RawResponse(text);
    };
    const local = socket.address() as { port: number };
    socket.write(phone.compose({ user: 'bob' }));
    const { nonce } = await next();
    socket.write(phone.compose({ user: 'bob', authorization: authorization(answerFields({ ...bob, nonce })) }));
    expect((await next()).status).toBe(200);
    expect(urisOf('bob')).toEqual([`sip:bob@127.0.0.1:${local.port};transport=tcp`]);
    socket.destroy();
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ username: 'bob', reason: 'dropped' });
  });

  it('drops the bindings of removed users, and accepts new users at once', async () => {
    await register();
    server.registrar.setUsers([{ username: 'carol', password: 'new' }]);
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ username: 'alice', reason: 'dropped' });
    expect((await register()).status).toBe(403);
    expect((await phone.register('carol', 'new')).status).toBe(200);
  });

  it('drops the bindings of a user whose password changed, and of nobody else', async () => {
    const [alice, bob] = users as [(typeof users)[number], (typeof users)[number]];
    await register();
    await phone.register('bob', bob.password);
    server.registrar.setUsers([
      { ...alice, algorithms: ['MD5'] },
      { ...bob, password: 'another' },
    ]);
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ username: 'bob', reason: 'dropped' });
    expect(server.registrar.bindings().map(({ username }) => username)).toEqual(['alice']);
    expect((await phone.register('bob', bob.password)).status).toBe(403);
    expect((await phone.register('bob', 'another')).status).toBe(200);
  });

  it('checks its arguments strictly', () => {
    const { endpoint, registrar } = server;
    expect(() => endpoint.createRegistrar({ realm })).toThrow(InvalidStateError);
    expect(() => registrar.setUsers([{ username: '', password: 'x' }])).toThrow(TypeError);
    expect(() => registrar.setUsers([alice, alice])).toThrow(TypeError);
    expect(() => registrar.setUsers('alice' as never)).toThrow(TypeError);
    expect(() => registrar.bindings(7 as never)).toThrow(TypeError);
  });
});

describe('a closed registrar', () => {
  it('drops its bindings, refuses registrations and makes room for another', async () => {
    const server = await AnsweringEndpoint.start();
    const phone = await server.phone();
    expect((await phone.register(alice.username, alice.password)).status).toBe(200);
    server.registrar.close();
    server.registrar.close();
    expect(() => server.registrar.bindings()).toThrow(InvalidStateError);
    const response = await phone.request();
    expect(response.status).toBe(405);
    expect(response.get('Allow')).not.toContain('REGISTER');
    expect(() => server.endpoint.createRegistrar({ realm, minExpires: 60, defaultExpires: 30 })).toThrow(TypeError);
    server.endpoint.createRegistrar({ realm: 'next' }).setUsers(users);
    expect((await phone.request()).challenges[0]).toMatchObject({ realm: 'next' });
    await server.close();
  });
});
