import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect as connectSecurely, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call, TlsIdentity } from '../../src/node-pjsua2/src/index.js';
import { certificateOne, certificateTwo } from '../support/certificates.js';
import { UserAgent } from '../support/sip/user-agent.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, type RawPhone, RawResponse } from './support/raw-sip.js';

const [alice, bob] = users as [{ username: string; password: string }, { username: string; password: string }];
const run = promisify(execFile);

/** A certificate for 127.0.0.1 that an intermediate authority has issued, and the root of both. */
async function issued(folder: string): Promise<{ readonly identity: TlsIdentity; readonly root: string }> {
  const file = (name: string) => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const sign = async (name: string, issuer: string, extensions: string) => {
    await writeFile(file(`${name}.ext`), extensions);
    await run('openssl', [
      'req',
      ...key,
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.csr`),
      '-subj',
      `/CN=${name}`,
    ]);
    await run('openssl', [
      ...['x509', '-req', '-in', file(`${name}.csr`), '-CA', file(`${issuer}.pem`), '-CAkey', file(`${issuer}.key`)],
      ...['-CAcreateserial', '-days', '9', '-extfile', file(`${name}.ext`), '-out', file(`${name}.pem`)],
    ]);
  };
  const root = ['-x509', '-days', '9', '-subj', '/CN=root', '-keyout', file('root.key'), '-out', file('root.pem')];
  await run('openssl', ['req', ...key, ...root]);
  await sign('between', 'root', 'basicConstraints=critical,CA:TRUE\n');
  await sign('box', 'between', 'subjectAltName=IP:127.0.0.1\n');
  const read = (name: string) => readFile(file(name), 'utf8');
  return {
    identity: { key: await read('box.key'), certificate: (await read('box.pem')) + (await read('between.pem')) },
    root: await read('root.pem'),
  };
}

describe('SIP over TLS', () => {
  let server: AnsweringEndpoint;
  let port: number;
  let phone: RawPhone;
  let folder: string;
  const sockets: Socket[] = [];
  const agents: UserAgent[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-'));
    server = await AnsweringEndpoint.start();
    server.endpoint.setTlsIdentity(certificateOne);
    ({ port } = await server.endpoint.addTransport({ protocol: 'tls', address: '127.0.0.1', port: 0 }));
    phone = await server.phone();
  });
  afterEach(() => {
    for (const agent of agents.splice(0)) agent.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    server.endpoint.setTlsIdentity(certificateOne);
    server.endpoint.setTlsServers([]);
    server.onCall = (call) => call.reject(486);
    server.forget();
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  /** What `openssl s_client` says of a handshake. */
  const handshake = async (...options: readonly string[]): Promise<string> => {
    const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...options], { stdio: 'pipe' });
    client.stdin.end('Q\n');
    let said = '';
    for (const stream of [client.stdout, client.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    await once(client, 'close');
    return said;
  };
  const cipherOf = (said: string) => /Cipher is (\S+)/.exec(said)?.[1];

  const keep = <T extends Socket>(socket: T): T => {
    sockets.push(socket);
    socket.on('error', () => {});
    return socket;
  };
  const plain = async (localAddress = '127.0.0.1'): Promise<Socket> => {
    const socket = keep(connect({ port, host: '127.0.0.1', localAddress }));
    await once(socket, 'connect');
    return socket;
  };
  const secure = async (options: ConnectionOptions & { readonly localAddress?: string } = {}): Promise<TLSSocket> => {
    const socket = keep(connectSecurely({ port, host: '127.0.0.1', ca: certificateOne.certificate, ...options }));
    await once(socket, 'secureConnect');
    return socket;
  };
  const registerOver = async (socket: Socket, user: { username: string; password: string }): Promise<number> => {
    const received: string[] = [];
    socket.on('data', (data) => received.push(data.toString('latin1')));
    const next = async () => new RawResponse(await until('a response over TLS', () => received.shift()));
    socket.write(phone.compose({ user: user.username }));
    const { nonce } = await next();
    socket.write(
      phone.compose({ user: user.username, authorization: authorization(answerFields({ ...user, nonce })) }),
    );
    return (await next()).status;
  };
  const agent = async (user: { username: string; password: string }, own = certificateTwo): Promise<UserAgent> => {
    const opened = await UserAgent.open({
      server: { protocol: 'tls', address: '127.0.0.1', port },
      credentials: user,
      tls: { ...own, ca: certificateOne.certificate },
    });
    agents.push(opened);
    return opened;
  };

  /** Where the user has registered in this test. */
  const bound = (user: string) =>
    until('the registration', () => server.bound.findLast(({ username }) => username === user));

  it.each([
    ['-tls1_3', 'TLS_AES_256_GCM_SHA384'],
    ['-tls1_2', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  ])('agrees with %s on %s', async (version, cipher) => {
    const said = await handshake(version);
    expect(cipherOf(said)).toBe(cipher);
    expect(said).toContain('No client certificate CA names sent');
  });

  it.each([
    ['TLS 1.1', ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0']],
    ['TLS 1.0', ['-tls1', '-cipher', 'ALL:@SECLEVEL=0']],
    ['no authenticated cipher', ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA']],
    ['no forward secrecy', ['-tls1_2', '-cipher', 'AES128-GCM-SHA256:AES128-SHA']],
  ])('refuses a client with %s, and reports it', async (_what, options) => {
    // Of many reports at once only some are made.
    const reported = await until('a report', async () => {
      expect(cipherOf(await handshake(...options))).not.toMatch(/AES/);
      return server.rejections.find(({ kind }) => kind === 'handshake');
    });
    expect(reported).toMatchObject({ source: { address: '127.0.0.1', transport: 'tls' } });
  });

  it('shows the certificates between its own and the root, too', async () => {
    const { identity, root } = await issued(folder);
    server.endpoint.setTlsIdentity(identity);
    const socket = await secure({ ca: root });
    expect(socket.authorized).toBe(true);
  });

  it('registers phones, and carries their calls both ways', async () => {
    const [caller, callee] = [await agent(alice), await agent(bob)];
    for (const each of [caller, callee]) expect((await each.register()).status).toBe(200);
    await until('both to be registered', () => server.bound.length === 2);
    expect(server.bound.at(-1)).toMatchObject({ username: 'bob', source: { transport: 'tls' } });
    server.onCall = (call) => call.answer();
    const inward = await caller.call('1');
    await until('the call to be answered', () => inward.state === 'talking');
    expect(server.calls.at(-1)).toMatchObject({ source: { transport: 'tls' } });
    inward.hangUp();
    callee.onCall = (call) => call.accept();
    const { uri } = await bound('bob');
    const outward = server.endpoint.call({ to: uri });
    await once(outward, 'answered');
    outward.hangUp();
    await outward.ended;
  });

  it('reaches a phone in its calls by the connection that it has made, whatever its Contact says', async () => {
    const callee = await agent(bob);
    expect((await callee.register()).status).toBe(200);
    callee.onCall = (call) => call.accept();
    const { uri } = await bound('bob');
    const outward = server.endpoint.call({ to: uri });
    await once(outward, 'answered');
    outward.hangUp();
    await until('the BYE', () => callee.requestsReceived.includes('BYE'));
    let inward: Call | undefined;
    server.onCall = (call) => {
      inward = call;
      call.answer();
    };
    const mine = await callee.call('1');
    await until('the call to be answered', () => mine.state === 'talking');
    inward?.hangUp();
    await until('the end of the call', () => mine.end);
  });

  it('shows a new certificate to those who come, and lets those who are there go on', async () => {
    const before = await secure();
    expect(await registerOver(before, alice)).toBe(200);
    server.endpoint.setTlsIdentity(certificateTwo);
    await expect(secure()).rejects.toThrow();
    const after = await secure({ ca: certificateTwo.certificate });
    expect(await registerOver(after, bob)).toBe(200);
    expect(await registerOver(before, alice)).toBe(200);
  });

  it.each([
    ['a key that is not that of the certificate', { ...certificateOne, key: certificateTwo.key }],
    ['no certificate', { ...certificateOne, certificate: 'none' }],
    ['no key', { ...certificateOne, key: 'none' }],
  ])('refuses %s, and shows the one before', async (_what, identity) => {
    expect(() => server.endpoint.setTlsIdentity(identity)).toThrow(TypeError);
    expect(() => server.endpoint.setTlsServers([{ host: 'pbx', identity }])).toThrow(TypeError);
    expect(cipherOf(await handshake())).toMatch(/GCM/);
  });

  it('closes a connection that speaks no TLS at all, and reports it', async () => {
    const socket = await plain('127.0.0.9');
    const { localPort } = socket;
    socket.write(phone.compose({ user: alice.username }));
    await until('the end of the connection', () => socket.closed);
    expect(await server.rejected('handshake')).toMatchObject({ source: { port: localPort } });
  });

  it('leaves room for everybody while many connect and prove nothing, and closes those', async () => {
    const idle: Socket[] = [await secure()];
    for (let i = 0; i < 1000; i += 1) idle.push(await plain(`127.0.1.${1 + (i % 20)}`));
    const newcomer = await secure();
    expect(await registerOver(newcomer, alice)).toBe(200);
    await until(
      () => `the end of ${idle.filter((socket) => !socket.closed).length} idle connections`,
      () => idle.every((socket) => socket.closed),
    );
    expect(newcomer.closed).toBe(false);
  });

  it('refuses an address that connects again and again, and no other', async () => {
    const address = '127.0.5.1';
    const refusal = () => server.rejections.find(({ kind }) => kind === 'overload');
    for (let i = 0; i < 5000 && !refusal(); i += 1) (await plain(address)).destroy();
    expect(refusal()).toMatchObject({ source: { address, transport: 'tls' } });
    expect(await registerOver(await secure({ localAddress: '127.0.5.2' }), alice)).toBe(200);
  });

  it('closes a connection that is never read before much data piles up', async () => {
    const socket = await secure();
    expect(await registerOver(socket, bob)).toBe(200);
    socket.pause();
    const question = () => phone.compose({ method: 'OPTIONS', contacts: [] }).repeat(50);
    const most = 48 << 20;
    let sent = 0;
    while (sent < most && !socket.destroyed) {
      const text = question();
      sent += text.length;
      socket.write(text);
      await until('room to write or the end', () => !socket.writableNeedDrain || socket.destroyed);
    }
    expect(sent).toBeLessThan(most);
    expect(await server.rejected('unread')).toMatchObject({ source: { transport: 'tls' } });
  });

  describe('to others', () => {
    /** A telephone that is called directly, at a host whose name is in its certificate or not. */
    const called = async () => {
      const callee = await agent(bob);
      callee.onCall = (call) => call.accept();
      return (host = '127.0.0.1') => server.endpoint.call({ to: `sip:bob@${host}:${callee.local.port};transport=tls` });
    };

    it('believes a certificate that it was told of', async () => {
      const call = await called();
      server.endpoint.setTlsServers([{ host: '127.0.0.1', authorities: certificateTwo.certificate }]);
      const talk = call();
      await once(talk, 'answered');
      talk.hangUp();
      await talk.ended;
    });

    it.each([
      ['that nobody has issued', () => server.endpoint.setTlsServers([])],
      [
        'of another host',
        () => server.endpoint.setTlsServers([{ host: '127.0.0.1', authorities: certificateOne.certificate }]),
      ],
    ])('does not believe a certificate %s', async (_what, prepare) => {
      const call = await called();
      prepare();
      expect(await call().ended).toMatchObject({ status: 503 });
    });

    it('shows its own certificate where it is asked, or that which is for the host', async () => {
      const call = await called(); // which takes certificateOne only
      const authorities = certificateTwo.certificate;
      server.endpoint.setTlsServers([{ host: '127.0.0.1', authorities, identity: certificateTwo }]);
      expect((await call().ended).status).toBeGreaterThanOrEqual(400);
      server.endpoint.setTlsServers([{ host: '127.0.0.1', authorities, identity: certificateOne }]);
      const talk = call();
      await once(talk, 'answered');
      talk.hangUp();
      await talk.ended;
    });
  });
});
