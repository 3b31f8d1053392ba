import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Log, openLog } from '../../../src/log/log.js';
import { RemoteLog, type RemoteLogLimits } from '../../../src/log/remote/remote-log.js';
import type { LogServer as Target } from '../../../src/log/remote/server-connection.js';
import { certificateOne, certificateTwo } from '../../support/certificates.js';
import { LogServer } from '../../support/log-server.js';

const limits: RemoteLogLimits = {
  ...{ messages: 100, bytes: 64 * 1024, patienceMs: 5000, firstPauseMs: 20, longestPauseMs: 100 },
  ...{ settledMs: 50, farewellMs: 2000 },
};
const sender = { host: 'box', process: 1 };

let folder: string;
let log: Log;
let remote: RemoteLog;
let servers: LogServer[];
/** What this box says in its own log, and who waits for it. */
let lines: Record<string, unknown>[];
let listeners: (() => void)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-remote-log-'));
  begin(limits);
  servers = [];
});
afterEach(async () => {
  await remote.close();
  await Promise.all(servers.map((server) => server.close()));
  await rm(folder, { recursive: true });
});

function begin(limits: RemoteLogLimits): void {
  const opened = openLog({
    ...{ level: 'debug', language: 'en', file: join(folder, 'log'), readable: false },
    stdout: { write: () => {} },
  });
  ({ log } = opened);
  [lines, listeners] = [[], []];
  opened.tell((line) => {
    lines.push(JSON.parse(line));
    for (const listener of listeners.splice(0)) listener();
  });
  remote = new RemoteLog(log, sender, limits);
  opened.tell(remote.take);
}

async function serve(options: Parameters<typeof LogServer.open>[0] = {}): Promise<LogServer> {
  const server = await LogServer.open(options);
  servers.push(server);
  return server;
}

const at = ({ port }: { readonly port: number }, changes: Partial<Target> = {}): Target => ({
  ...{ host: '127.0.0.1', port, authorities: certificateOne.certificate, level: 'info' },
  ...changes,
});

/** Waits until so many lines of this code are in the log of the box. */
async function said(code: string, count = 1): Promise<readonly Record<string, unknown>[]> {
  for (;;) {
    const found = lines.filter((line) => line.code === code);
    if (found.length >= count) return found;
    await new Promise<void>((resolve) => listeners.push(resolve));
  }
}

/** Waits for so many attempts at a port, which lead to nothing. */
async function attemptsAt(port: number, count: number): Promise<void> {
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  for (let attempt = 0; attempt < count; attempt += 1) await once(server, 'connection');
  server.close();
  await once(server, 'close');
}

describe('the remote log', () => {
  it('sends what is logged, from its level on, and says once that it does', async () => {
    const server = await serve();
    remote.follow(at(server));
    log.debug('too little');
    log.info({ code: 'first', numbers: ['100', '101'] }, 'one\ntwo');
    expect(await server.message(/ first /)).toMatch(
      /^<134>1 \d{4}-\S+Z box modcall 1 first \[meta sequenceId="1"\] one\\u000atwo \{"code":"first","numbers":\["100","101"\]\}$/,
    );
    await server.message(/ remoteLogReached /);
    expect(await said('remoteLogReached')).toMatchObject([{ level: 'info', host: '127.0.0.1', port: server.port }]);
    expect(server.messages.join('\n')).not.toContain('too little');
  });

  it('sends no secret and no one-time code', async () => {
    const server = await serve();
    remote.follow(at(server, { level: 'trace' }));
    log.info({ password: 'TopSecret', account: { pin: '4711' } }, 'signed in');
    log.info('the one-time code is 1234-5678-9012');
    const sent = [await server.message(/signed in/), await server.message(/one-time code/)].join('\n');
    expect(sent).not.toMatch(/TopSecret|4711|1234/);
    expect(sent).toContain('(hidden)');
  });

  it('knows the server by its certificate, and sends nothing to another', async () => {
    const server = await serve({ certificate: certificateTwo });
    const elsewhere = await serve({ certificate: certificateTwo, address: '127.0.0.2' });
    const authorities = certificateTwo.certificate;
    // Of another authority, of none that is known, and for another name.
    const refused = [at(server), at(server, { authorities: null }), at(elsewhere, { authorities, host: '127.0.0.2' })];
    log.info('for nobody else');
    for (const [index, target] of refused.entries()) {
      remote.follow(target);
      log.info('for nobody else');
      const told = await said('remoteLogUnreachable', index + 1);
      expect(told[index]).toMatchObject({ level: 'warn', advice: expect.stringMatching(/^The certificate/) });
    }
    expect([...server.messages, ...elsewhere.messages]).toEqual([]);
    remote.follow(at(server, { authorities }));
    await server.message(/for nobody else/);
  });

  it('says that a server demands a certificate of it', async () => {
    const server = await serve({ requestCert: true });
    remote.follow(at(server));
    const [told] = await said('remoteLogUnreachable');
    expect(told).toMatchObject({ advice: expect.stringMatching(/^The server ends the connection/) });
  });

  it('goes on with what waits when the server is there again, and says both once', async () => {
    const first = await serve();
    remote.follow(at(first));
    log.info('before');
    await first.message(/before/);
    await said('remoteLogReached');
    const { port } = first;
    await first.close();
    const [told] = await said('remoteLogUnreachable');
    expect(told).toMatchObject({ port, advice: expect.stringMatching(/^Check host and port/) });
    log.info('meanwhile');
    await attemptsAt(port, 3);
    const second = await serve({ port });
    log.info('afterwards');
    await second.message(/afterwards/);
    expect(second.messages.map((message) => / (\w+)( \{.*)?$/.exec(message)?.[1])).toEqual(
      expect.arrayContaining(['meanwhile', 'afterwards']),
    );
    await said('remoteLogReached', 2);
    expect(await said('remoteLogUnreachable')).toHaveLength(1);
  });

  it('says nothing of a server that ends idle connections', async () => {
    const server = await serve();
    remote.follow(at(server));
    await said('remoteLogReached');
    server.hangUp();
    await server.connected(2);
    log.info('still there');
    await server.message(/still there/);
    expect(await said('remoteLogReached')).toHaveLength(1);
    expect(lines.filter(({ code }) => code === 'remoteLogUnreachable')).toEqual([]);
  });

  it('keeps the newest while there is no server, and says how many it has lost', async () => {
    const closed = await serve();
    const { port } = closed;
    await closed.close();
    remote.follow(at({ port }));
    await said('remoteLogUnreachable');
    for (let count = 1; count <= limits.messages + 20; count += 1) log.info({ count }, 'counted');
    const server = await serve({ port });
    await server.message(/remoteLogLost/);
    const [told] = await said('remoteLogLost');
    // That it was not reached is the oldest of them.
    expect(told).toMatchObject({ level: 'warn', lost: 21 });
    const counted = server.messages.flatMap((message) => /"count":(\d+)/.exec(message)?.[1] ?? []);
    expect(counted[0]).toBe('21');
    expect(counted).toHaveLength(limits.messages);
  });

  it.each([
    ['takes nothing', 0],
    ['takes nothing, and says something now and then', 1],
  ])('neither waits for a server that %s nor keeps more for it than there is room', async (_what, says) => {
    begin({ ...limits, patienceMs: 300 });
    const server = await serve({ reads: false, says });
    remote.follow(at(server));
    await server.connected(1);
    const text = 'x'.repeat(8000);
    // More than the system keeps for both ends of the connection.
    while (!lines.some(({ code }) => code === 'remoteLogUnreachable')) {
      for (let count = 0; count < 10; count += 1) log.info(text);
      await new Promise(setImmediate);
    }
    expect(await said('remoteLogUnreachable')).toMatchObject([{ reason: 'takes nothing' }]);
    await server.connected(2);
    expect((await said('remoteLogLost'))[0]?.lost).toBeGreaterThan(0);
  });

  it('listens to no server that talks without end', async () => {
    const server = await serve({ says: 16_384 });
    remote.follow(at(server));
    const [told] = await said('remoteLogUnreachable');
    expect(told).toMatchObject({ reason: 'talks without end', advice: expect.stringMatching(/sends data of its own/) });
  });

  it('keeps a server that nothing is logged for', async () => {
    begin({ ...limits, patienceMs: 50 });
    const server = await serve();
    remote.follow(at(server, { level: 'warn' }));
    await said('remoteLogReached');
    log.warn('once');
    await server.message(/once/);
    await pause(300);
    log.warn('twice');
    await server.message(/twice/);
    expect(server.connections).toBe(1);
  });

  it('follows the settings while it runs, with what waits', async () => {
    const [one, two] = [await serve(), await serve()];
    remote.follow(at(one));
    log.info('for one');
    await one.message(/for one/);
    remote.follow(at(two, { level: 'warn' }));
    log.info('for none');
    log.warn('for two');
    await two.message(/for two/);
    remote.follow(null);
    log.warn('for nobody');
    remote.follow(at(one, { level: 'warn' }));
    log.warn('for one again');
    await one.message(/for one again/);
    expect([...one.messages, ...two.messages].join('\n')).not.toMatch(/for none|for nobody/);
  });

  it('lets the last lines leave the box when it stops', async () => {
    const server = await serve();
    remote.follow(at(server));
    await server.message(/remoteLogReached/);
    for (let count = 1; count <= 50; count += 1) log.info({ count }, 'counted');
    await remote.close();
    await server.message(/"count":50/);
    log.info('after the end');
    expect(server.connections).toBe(1);
  });
});
