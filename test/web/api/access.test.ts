import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oneTimeCode, password } from '../../doubles/access.js';
import { NoteWeb } from '../../support/web.js';

let web: NoteWeb;

beforeAll(async () => {
  web = await NoteWeb.open();
});
afterAll(() => web.close());
beforeEach(() => {
  web.access.sessions.clear();
  web.access.attempts.length = 0;
  web.access.verdict = null;
});

const login = { name: 'admin', password };
const own = { 'x-modcall': '1' };

describe('signing in', () => {
  it('gives a session in a cookie that neither scripts nor other sites get', async () => {
    const answer = await web.ask('/api/session', { body: login, headers: own });
    expect(answer.json).toEqual({ name: 'admin', roles: ['admin'], extension: null });
    const [session] = web.access.sessions.keys();
    expect(answer.headers['set-cookie']).toEqual([
      `modcall=${session}; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict`,
    ]);
    expect(answer.text).not.toContain(session);
  });

  it('passes the source and the code to the one who decides', async () => {
    await web.ask('/api/session', { body: { ...login, code: '123456' }, headers: own });
    expect(web.access.attempts).toEqual([{ ...login, code: '123456', source: '127.0.0.1' }]);
  });

  it('opens what the session may, until it ends', async () => {
    const headers = await web.signIn('read');
    expect((await web.ask('/api/notes', { headers })).status).toBe(200);
    expect((await web.ask('/api/session', { headers })).json.name).toBe('read');
    expect((await web.ask('/api/notes/7', { headers: { ...headers, 'if-match': '*' }, method: 'DELETE' })).status).toBe(
      403,
    );
    const ended = await web.ask('/api/session', { method: 'DELETE', headers });
    expect([ended.status, ended.headers['set-cookie']]).toEqual([
      204,
      ['modcall=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict'],
    ]);
    expect((await web.ask('/api/notes', { headers })).status).toBe(401);
  });

  it('never takes over a session that the browser brings along (fixation)', async () => {
    const planted = await web.ask('/api/session', { body: login, headers: { ...own, cookie: 'modcall=planted' } });
    expect(planted.headers['set-cookie']?.[0]).not.toContain('planted');
    expect((await web.ask('/api/session', { headers: { cookie: 'modcall=planted' } })).status).toBe(401);
    const before = await web.signIn('member');
    const after = await web.signIn('admin', before);
    expect(after.cookie).not.toBe(before.cookie);
    expect((await web.ask('/api/session', { headers: before })).status).toBe(401);
    expect((await web.ask('/api/session', { headers: after })).json.name).toBe('admin');
  });

  it.each([
    [{ ok: false, reason: 'wrong' } as const, 401, 'request.wrongLogin', undefined],
    [{ ok: false, reason: 'codeNeeded' } as const, 401, 'request.secondFactorNeeded', undefined],
    [{ ok: false, reason: 'clockNotSet' } as const, 401, 'request.clockNotSet', undefined],
    [{ ok: false, reason: 'locked', waitSeconds: 12.3 } as const, 429, 'request.tooManyAttempts', '13'],
  ])('tells how it failed: %o', async (verdict, status, code, retryAfter) => {
    web.access.verdict = verdict;
    const answer = await web.ask('/api/session', { body: login, headers: own });
    expect([answer.status, answer.json.code, answer.headers['retry-after']]).toEqual([status, code, retryAfter]);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('makes the holder of the one-time code the admin, and signs them in', async () => {
    const wish = { name: 'Anna', password: 'a good one', language: 'de' };
    const ask = (code: string) =>
      web.ask('/api/session/claim', { body: { ...wish, code }, headers: { ...own, cookie: 'modcall=planted' } });
    expect((await ask('wrong')).json).toMatchObject({ status: 401, code: 'request.wrongOneTimeCode', path: ['code'] });
    const answer = await ask(oneTimeCode);
    expect(answer.json).toMatchObject({ name: 'Anna', roles: ['admin'] });
    const [cookie = ''] = [answer.headers['set-cookie']].flat();
    expect((await web.ask('/api/session', { headers: { cookie: cookie.replace(/;.*/, '') } })).json.name).toBe('Anna');
  });

  it('takes no more of a stranger than a login can be long', async () => {
    const answer = await web.ask('/api/session', { body: { ...login, password: 'x'.repeat(5000) }, headers: own });
    expect([answer.status, answer.json.code]).toEqual([413, 'request.tooLarge']);
    expect(web.access.attempts).toEqual([]);
  });

  it('never repeats what was sent', async () => {
    for (const body of [{ ...login, pasword: 'hunter2' }, `{"name":"admin","password":"hunter2`, { name: 'hunter2' }]) {
      const answer = await web.ask('/api/session', { body, headers: own });
      expect([400, 422]).toContain(answer.status);
      expect(answer.text).not.toContain('hunter2');
    }
  });
});

describe('a change in the name of who is signed in (CSRF)', () => {
  const here = () => `http://127.0.0.1:${web.port}`;
  const changes = (headers: Record<string, string>) => web.ask('/api/greetings', { body: { to: 'you' }, headers });

  it('is made by the page of the box', async () => {
    const { cookie } = await web.signIn('member');
    const headers = { cookie: String(cookie), ...own, origin: here(), 'sec-fetch-site': 'same-origin' };
    expect((await changes(headers)).status).toBe(200);
  });

  it.each([
    ['without the header of the page', { 'x-modcall': undefined }],
    ['from another site', { origin: 'https://evil.example' }],
    ['from a page without an origin', { origin: 'null' }],
    ['from the same host on another port', { origin: 'http://127.0.0.1:1' }],
    ['from the same host over TLS', { origin: 'https://127.0.0.1' }],
    ['as the browser says from elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['as the browser says from the same site', { 'sec-fetch-site': 'same-site' }],
    ['as the browser says by hand', { 'sec-fetch-site': 'none' }],
  ])('is refused %s', async (_, change) => {
    const { cookie } = await web.signIn('member');
    const all = { cookie: String(cookie), ...own, ...change };
    const headers = Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    );
    const answer = await changes(headers);
    expect([answer.status, answer.json.code]).toEqual([403, 'request.foreignOrigin']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'is refused as a form could send it, as "%s"',
    async (type) => {
      const { cookie } = await web.signIn('member');
      const answer = await changes({ cookie: String(cookie), 'content-type': type });
      expect(answer.status).toBe(403);
      expect((await changes({ cookie: String(cookie), ...own, 'content-type': type })).status).toBe(415);
    },
  );

  it('cannot sign anybody in to another account', async () => {
    const answer = await web.ask('/api/session', { body: login, headers: { ...own, origin: 'https://evil.example' } });
    expect([answer.status, web.access.attempts.length]).toEqual([403, 0]);
  });

  it('needs no header with a token, which no browser adds by itself', async () => {
    const answer = await web.ask('/api/greetings', {
      as: 'member',
      body: { to: 'x' },
      headers: { origin: 'https://a.example' },
    });
    expect(answer.status).toBe(200);
  });

  it('is not made by a session when the token beside it is wrong', async () => {
    const headers = await web.signIn('member');
    const answer = await web.ask('/api/greetings', {
      body: { to: 'x' },
      headers: { ...headers, authorization: 'Bearer x' },
    });
    expect(answer.status).toBe(401);
  });

  it('is never agreed to beforehand (CORS preflight)', async () => {
    const answer = await web.ask('/api/greetings', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(405);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the name that the box is asked by (DNS rebinding)', () => {
  it.each([
    '127.0.0.1',
    '192.168.1.5:8080',
    '[::1]',
    '[fe80::1]:443',
    'localhost:1',
    'modcall.local',
    'PBX:80',
    'pbx.',
  ])('can be %s', async (host) => {
    expect((await web.ask('/healthz', { headers: { host } })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'modcall.local.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:80',
    'pbx:x',
    'pbx@evil.example',
    'evil.example#pbx',
    '[::1].evil.example',
    '127.1',
    '2130706433',
  ])('cannot be "%s"', async (host) => {
    const answer = await web.ask('/healthz', { headers: { host } });
    expect([answer.status, answer.json.code]).toEqual([421, 'request.wrongHost']);
  });

  it('cannot be two at once', async () => {
    const connection = await web.raw();
    connection.send('GET /healthz HTTP/1.1', 'Host: pbx', 'Host: evil.example');
    await connection.closed;
    expect(connection.statuses).toEqual([421]);
  });

  it('has to be there', async () => {
    for (const lines of [['HTTP/1.0'], ['HTTP/1.1', 'Connection: close'], ['HTTP/1.1', 'Host:', 'Connection: close']]) {
      const connection = await web.raw();
      connection.send(`GET /healthz ${lines[0]}`, ...lines.slice(1));
      await connection.closed;
      expect(connection.received).toMatch(/^HTTP\/1\.1 4(00|21) /);
    }
  });
});

describe('what protects the page', () => {
  it.each(['/healthz', '/api/openapi.json', '/api/nothing', '/api//x', '/api/notes'])(
    'goes with every answer: %s',
    async (path) => {
      const { headers } = await web.ask(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.server ?? headers['x-powered-by']).toBeUndefined();
    },
  );
});
