import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountOptions, DigestAlgorithm } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { AccountHolder } from './support/account-holder.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { RawPhone } from './support/raw-sip.js';

const [alice] = users as [{ username: string; password: string }];

/** A TCP connection that can be cut in the middle. */
class Cable {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  static async to(port: number): Promise<Cable> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Cable(server, port);
  }

  private constructor(server: Server, port: number) {
    this.#server = server;
    server.on('connection', (near) => {
      const far = connect(port, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => undefined);
        from.on('close', () => to.destroy());
        from.pipe(to);
      }
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

describe('account', () => {
  let server: AnsweringEndpoint;
  let holder: AccountHolder | undefined;

  beforeEach(() => {
    holder = undefined;
  });
  afterEach(async () => {
    await holder?.close();
    await server.close();
  });

  const openAccount = async (options: Partial<AccountOptions> = {}): Promise<AccountHolder> => {
    const { transport: _, ...rest } = options;
    holder = await AccountHolder.start({
      uri: 'sip:alice@127.0.0.1',
      registrar: `sip:127.0.0.1:${server.port}`,
      ...alice,
      retryInterval: 1,
      ...rest,
    });
    return holder;
  };

  it.each<[string, readonly DigestAlgorithm[]]>([
    ['SHA-256', ['SHA-256']],
    ['MD5', ['MD5']],
    ['a choice of both', ['SHA-256', 'MD5']],
  ])('registers with %s and unregisters when closed', async (_, algorithms) => {
    server = await AnsweringEndpoint.start({ algorithms });
    const account = await openAccount({ expires: 120 });
    expect(await account.next('registered')).toMatchObject({ status: 200, expires: 120 });
    await account.next('resolved');
    expect(await until('bound', () => server.bound[0])).toMatchObject({
      username: 'alice',
      expiresIn: 120,
      userAgent: 'account holder',
    });
    account.tell('closeAccount');
    expect(await account.next('unregistered')).toMatchObject({ status: 200, expires: 0 });
    expect(server.registrar.bindings()).toEqual([]);
    expect(server.rejections).toEqual([]);
  });

  it('unregisters when its endpoint is closed', async () => {
    server = await AnsweringEndpoint.start();
    const account = await openAccount();
    await account.next('registered');
    await account.close();
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ username: 'alice', reason: 'removed' });
  });

  it('fails with a wrong password, and registers once it is right', async () => {
    server = await AnsweringEndpoint.start();
    const account = await openAccount({ password: 'not yet right' });
    expect(await account.next('failed')).toMatchObject({ status: 403, expires: 0 });
    expect(await account.next('rejected')).toMatchObject({ error: 'PjsipError' });
    expect(server.bound).toEqual([]);
    server.registrar.setUsers([{ username: 'alice', password: 'not yet right' }]);
    expect(await account.next('registered')).toMatchObject({ status: 200 });
  });

  it('fails when nobody answers', async () => {
    server = await AnsweringEndpoint.start();
    const nobody = await Cable.to(server.tcpPort);
    const { port } = nobody;
    nobody.close();
    const account = await openAccount({ registrar: `sip:127.0.0.1:${port};transport=tcp` });
    expect((await account.next('failed')).status).toBeGreaterThanOrEqual(500);
    await account.next('rejected');
  });

  it('rejects its promise when it is closed before it is registered', async () => {
    server = await AnsweringEndpoint.start();
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const account = await openAccount({ registrar: `sip:127.0.0.1:${port};transport=tcp` });
    await account.next('listening');
    account.tell('closeAccount');
    expect(await account.next('rejected')).toMatchObject({ error: 'InvalidStateError' });
    account.tell('closeEndpoint');
    // PJSIP itself asks once more as it ends, and complains.
    expect((await account.next('closed')).errors.length).toBeLessThanOrEqual(1);
    silent.close();
  });

  it('registers over TCP, is called over its connection, and registers again when the connection is cut', async () => {
    server = await AnsweringEndpoint.start();
    const cable = await Cable.to(server.tcpPort);
    const account = await openAccount({ registrar: `sip:127.0.0.1:${cable.port};transport=tcp` });
    await account.next('registered');
    const [binding] = server.registrar.bindings('alice');
    expect(binding?.uri).toMatch(/;transport=tcp/i);
    const call = server.endpoint.call({ to: binding?.uri ?? '' });
    expect(await account.next('incomingCall')).toEqual({ name: 'incomingCall', kind: 'account', isOurs: true });
    expect(await call.ended).toMatchObject({ status: 486 });
    cable.cut();
    expect(await until('unbound', () => server.unbound[0])).toMatchObject({ reason: 'dropped' });
    await account.next('registered');
    await until('bound again', () => server.registrar.bindings('alice').length === 1);
    await account.close();
    cable.close();
  });

  it('can be called only by its registrar', async () => {
    server = await AnsweringEndpoint.start();
    const account = await openAccount();
    const { port } = await account.next('listening');
    await account.next('registered');
    const [binding] = server.registrar.bindings('alice');
    const uri = binding?.uri ?? '';
    const call = server.endpoint.call({ to: uri });
    expect(await account.next('incomingCall')).toEqual({ name: 'incomingCall', kind: 'account', isOurs: true });
    expect(await call.ended).toMatchObject({ status: 486 });

    const stranger = await RawPhone.open(port, '127.0.0.2');
    const wrongToken = uri.replace(/line=\w+/, `line=${'0'.repeat(32)}`);
    const withoutToken = uri.replace(/;line=\w+/, '');
    for (const target of [wrongToken, withoutToken])
      expect((await stranger.request({ method: 'INVITE', uri: target })).status).toBe(403);
    stranger.close();
    expect(account.saw('incomingCall')).toBe(false);
  });

  it('can be called by its registrar from another machine, and without the parameters of its contact', async () => {
    server = await AnsweringEndpoint.start();
    const account = await openAccount();
    const { port } = await account.next('listening');
    await account.next('registered');
    const uri = server.registrar.bindings('alice')[0]?.uri ?? '';
    const otherMachine = await RawPhone.open(port, '127.0.0.2');
    expect((await otherMachine.request({ method: 'INVITE', uri })).status).toBe(486);
    otherMachine.close();
    const sameMachine = await RawPhone.open(port);
    const bare = uri.replace(/;line=\w+/, '');
    expect((await sameMachine.request({ method: 'INVITE', uri: bare })).status).toBe(486);
    const number = bare.replace('alice', '4930555');
    expect((await sameMachine.request({ method: 'INVITE', uri: number })).status).toBe(486);
    sameMachine.close();
  });

  it('never logs its password, even at the most verbose level', async () => {
    server = await AnsweringEndpoint.start();
    const account = await openAccount();
    await account.next('registered');
    account.tell('closeEndpoint');
    const { logLines } = await account.next('closed');
    expect(logLines).toBeGreaterThan(50);
    expect(account.saw('passwordLogged')).toBe(false);
  });
});
