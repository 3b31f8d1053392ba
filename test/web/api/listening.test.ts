import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { connect as secureConnect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { password } from '../../doubles/access.js';
import { noteOperations } from '../../doubles/operations.js';
import { certificateOne, certificateTwo } from '../../support/certificates.js';
import { until } from '../../support/waiting.js';
import { NoteWeb } from '../../support/web.js';

const anywhere = { address: '127.0.0.1', port: 0 };
const trust = { ca: certificateOne.certificate };
let web: NoteWeb | undefined;

afterEach(() => web?.close());

describe('HTTPS', () => {
  it('serves what HTTP does, with a session that never travels without it', async () => {
    web = await NoteWeb.open({}, { https: { ...anywhere, ...certificateOne } });
    expect((await web.ask('/api/notes', { as: 'read' }, trust)).status).toBe(200);
    const origin = `https://127.0.0.1:${web.server.ports.https}`;
    const body = { name: 'admin', password };
    const answer = await web.ask('/api/session', { body, headers: { 'x-modcall': '1', origin } }, trust);
    const [session] = web.access.sessions.keys();
    const cookie = `__Host-modcall=${session}`;
    expect(answer.headers['set-cookie']).toEqual([
      `${cookie}; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure`,
    ]);
    expect((await web.ask('/api/session', { headers: { cookie } }, trust)).status).toBe(200);
    expect((await web.ask('/api/session', { headers: { cookie } })).status).toBe(401);
    expect((await web.ask('/api/session', { headers: { cookie: `modcall=${session}` } }, trust)).status).toBe(401);
  });

  it('takes another certificate without a restart', async () => {
    web = await NoteWeb.open({}, { https: { ...anywhere, ...certificateOne } });
    web.server.setCertificate(certificateTwo);
    expect((await web.ask('/healthz', {}, { ca: certificateTwo.certificate })).status).toBe(200);
    await expect(web.ask('/healthz', {}, trust)).rejects.toThrow();
  });

  it('does not speak old versions', async () => {
    web = await NoteWeb.open({}, { https: { ...anywhere, ...certificateOne } });
    const socket = secureConnect({
      host: '127.0.0.1',
      port: web.server.ports.https ?? 0,
      maxVersion: 'TLSv1.1',
      ...trust,
    });
    await expect(once(socket, 'secureConnect')).rejects.toThrow();
  });

  it('waits only so long for a greeting, and lets nobody take all the places with it', async () => {
    web = await NoteWeb.open({ headersMs: 2000 }, { https: { ...anywhere, ...certificateOne } });
    const port = web.server.ports.https ?? 0;
    const sockets = Array.from({ length: 60 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    await until('all to be closed', () => sockets.every(({ closed }) => closed));
    expect((await web.ask('/healthz', {}, trust)).status).toBe(200);
  });
});

describe('the end of the server', () => {
  it('waits for nobody, not even for who has said nothing yet', async () => {
    web = await NoteWeb.open({}, { https: { ...anywhere, ...certificateOne } });
    const { http, https } = web.server.ports;
    const sockets = [http, https].map((port) => connect(port ?? 0, '127.0.0.1').on('error', () => {}));
    await until('both to be there', () => sockets.every(({ connecting }) => !connecting));
    // Whoever is answered came after them.
    expect((await web.ask('/healthz')).status).toBe(200);
    const begun = performance.now();
    web.server.close();
    await until('both to be closed', () => sockets.every(({ closed }) => closed));
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('the stop of the box', () => {
  /** A server with one request that is being answered until it is let go. */
  async function asked() {
    const gate = new EventEmitter();
    const begun = once(gate, 'begun');
    const slow = noteOperations.map((operation) =>
      operation.name === 'notes list'
        ? {
            ...operation,
            async run(...[box, input, caller]: Parameters<typeof operation.run>) {
              gate.emit('begun');
              await once(gate, 'open');
              return operation.run(box, input, caller);
            },
          }
        : operation,
    );
    web = await NoteWeb.open({}, {}, slow);
    const answer = web.ask('/api/notes', { as: 'read' });
    await begun;
    return { web, answer, letGo: () => void gate.emit('open') };
  }

  it('lets whoever has asked get the answer, and tells whoever comes meanwhile when to come again', async () => {
    const { web, answer, letGo } = await asked();
    const stopped = web.server.stop(60_000);
    const late = await web.ask('/api/notes', { as: 'read', headers: { 'accept-language': 'de' } });
    expect([late.status, late.json.code, late.headers['retry-after'], late.headers.connection]).toEqual([
      ...[503, 'request.stopping', '10', 'close'],
    ]);
    letGo();
    await stopped;
    expect(await answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
    await expect(web.ask('/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  it('waits for nobody who asks for nothing, and for an answer only so long', async () => {
    const { web, answer, letGo } = await asked();
    const cut = answer.catch((error: Error) => error.message);
    await web.server.stop(200);
    expect(await cut).toMatch('socket hang up');
    letGo();
    const other = await NoteWeb.open();
    const idle = await other.raw();
    await other.server.stop(60_000);
    await idle.closed;
  });
});

describe('plain HTTP beside HTTPS', () => {
  it('can do nothing but lead there', async () => {
    web = await NoteWeb.open(
      {},
      { http: { ...anywhere, onlyRedirects: true }, https: { ...anywhere, ...certificateOne } },
    );
    const port = web.server.ports.https;
    const answer = await web.ask('/api/notes?limit=1', { as: 'read', headers: { host: 'PBX:80' } });
    expect([answer.status, answer.headers.location]).toEqual([308, `https://PBX:${port}/api/notes?limit=1`]);
    const byAddress = await web.ask('/', { headers: { host: '[::1]:80' } });
    expect(byAddress.headers.location).toBe(`https://[::1]:${port}/`);
    const change = await web.ask('/api/session', { body: {}, headers: { 'x-modcall': '1' } });
    expect([change.status, change.json.code]).toEqual([403, 'request.httpsNeeded']);
    expect(web.access.attempts).toEqual([]);
  });

  it('leads to nobody else', async () => {
    web = await NoteWeb.open(
      {},
      { http: { ...anywhere, onlyRedirects: true }, https: { ...anywhere, ...certificateOne } },
    );
    for (const headers of [{ host: 'evil.example' }, { host: 'pbx@evil.example' }, { host: 'pbx/evil' }]) {
      const answer = await web.ask('/', { headers });
      expect([answer.status, answer.headers.location]).toEqual([421, undefined]);
    }
    const twisted = await web.ask('//evil.example/');
    expect([twisted.status, twisted.headers.location]).toEqual([400, undefined]);
  });

  it('need not be there', async () => {
    web = await NoteWeb.open({}, { http: null, https: { ...anywhere, ...certificateOne } });
    expect(web.server.ports.http).toBeNull();
    expect((await web.ask('/healthz', {}, trust)).status).toBe(200);
  });
});

describe('a start that fails', () => {
  it('over a port that is taken leaves nothing open', async () => {
    web = await NoteWeb.open();
    const taken = { address: '127.0.0.1', port: web.port, onlyRedirects: false };
    await expect(NoteWeb.open({}, { http: taken, https: { ...anywhere, ...certificateOne } })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('over a certificate that cannot be used says so', async () => {
    const https = { ...anywhere, key: certificateOne.key, certificate: certificateTwo.certificate };
    await expect(NoteWeb.open({}, { https })).rejects.toThrow();
  });
});
