import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mayRun, roles } from '../../../src/admin/operation.js';
import { text } from '../../../src/locales/text.js';
import { callerOf } from '../../doubles/access.js';
import { noteOperations } from '../../doubles/operations.js';
import { NoteWeb, type Question } from '../../support/web.js';

let web: NoteWeb;

beforeAll(async () => {
  web = await NoteWeb.open();
});
afterAll(() => web.close());
beforeEach(() => {
  web.box.notes.clear();
  web.box.notes.set('7', { id: '7', text: 'hello', stars: 1, secret: 'kept in the box' });
  web.box.version = 12;
});

describe('an operation of the table by HTTP', () => {
  it('answers with its output, without what the schema does not know, and with the version as ETag', async () => {
    const answer = await web.ask('/api/notes', { as: 'read' });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ version: 12, notes: [{ id: '7', text: 'hello', stars: 1 }], asked: {} });
    expect(answer.headers.etag).toBe('"12"');
    expect(answer.headers['content-type']).toBe('application/json');
  });

  it('reads fields of the query by their types', async () => {
    const answer = await web.ask('/api/notes?limit=5&starred=true&ids=1&ids=2&after=9', { as: 'read' });
    expect(answer.json.asked).toEqual({ limit: 5, starred: true, ids: ['1', '2'], after: '9' });
  });

  it('takes a field of the path, decoded once', async () => {
    web.box.notes.set('ü%41', { id: 'ü%41', text: '', stars: 0 });
    expect((await web.ask('/api/notes/%C3%BC%2541', { as: 'read' })).json.id).toBe('ü%41');
  });

  it('prefers a path that is written out to one with a field', async () => {
    const answer = await web.ask('/api/notes/export', { as: 'council' });
    expect(answer.text).toBe('id;text\r\n7;hello');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  });

  it('sends a file piece by piece, and none of it where only its head is asked for', async () => {
    web.box.notes.set('8', { id: '8', text: ', world', stars: 1 });
    const answer = await web.ask('/api/notes/packed', { as: 'council' });
    expect([answer.text, answer.headers['content-type']]).toEqual(['hello, world', 'application/octet-stream']);
    expect(await web.ask('/api/notes/packed', { as: 'council', method: 'HEAD' })).toMatchObject({
      status: 200,
      text: '',
    });
  });

  it('takes a file as it is, of its type and up to its length', async () => {
    const send = (body: Buffer, headers: Question['headers'] = {}) =>
      web.ask('/api/notes/packed', {
        as: 'admin',
        body,
        headers: { 'content-type': 'application/octet-stream', ...headers },
      });
    expect((await send(Buffer.alloc(100_000, 1))).json).toEqual({ bytes: 100_000 });
    expect(await send(Buffer.alloc(100_001))).toMatchObject({ status: 413, json: { params: { limit: 100_000 } } });
    expect((await send(Buffer.from('{}'), { 'content-type': 'application/json' })).json).toMatchObject({
      code: 'request.notBytes',
      params: { type: 'application/octet-stream' },
    });
    expect((await send(Buffer.from('x'), { 'content-encoding': 'gzip' })).json.code).toBe('request.encoded');
    expect((await web.ask('/api/notes/packed', { as: 'read', body: Buffer.alloc(200_000) })).status).toBe(403);
    const { content } = (await web.ask('/api/openapi.json')).json.paths['/api/notes/packed'].post.requestBody;
    expect(content).toMatchObject({ 'application/octet-stream': { schema: { format: 'binary', maxLength: 100_000 } } });
  });

  it('answers with nothing where there is nothing to say', async () => {
    const answer = await web.ask('/api/notes/7', { method: 'DELETE', as: 'admin', headers: { 'if-match': '"12"' } });
    expect([answer.status, answer.text, web.box.notes.size]).toEqual([204, '', 0]);
  });

  it('answers HEAD like GET, without the body', async () => {
    const answer = await web.ask('/api/notes', { method: 'HEAD', as: 'read' });
    expect([answer.status, answer.text, answer.headers.etag]).toEqual([200, '', '"12"']);
  });
});

describe('the version that a change is made against', () => {
  const change = (headers: Question['headers']) =>
    web.ask('/api/notes/7', { method: 'PUT', as: 'admin', body: { text: 'new' }, headers });

  it('has to be said', async () => {
    const answer = await change({});
    expect([answer.status, answer.json.code]).toEqual([428, 'request.versionNeeded']);
    expect(web.box.notes.get('7')?.text).toBe('hello');
  });

  it('lets the change through when it is the present one, once', async () => {
    const [first, second] = [await change({ 'if-match': '"12"' }), await change({ 'if-match': '"12"' })];
    expect([first.status, first.json, first.headers.etag]).toEqual([200, { version: 13 }, '"13"']);
    expect(second.status).toBe(412);
    expect(second.json).toMatchObject({
      code: 'request.versionChanged',
      version: 13,
      changes: [{ path: ['notes', '7', 'text'], before: 'a', after: 'b' }],
    });
    expect(second.headers.etag).toBe('"13"');
  });

  it('can be whatever is there', async () => {
    expect((await change({ 'if-match': '*' })).status).toBe(200);
  });

  it.each(['12', 'W/"12"', '"12", "13"', '"-1"', '"x"', '""'])('cannot be %s', async (version) => {
    const answer = await change({ 'if-match': version });
    expect([answer.status, answer.json.code]).toEqual([400, 'request.badVersion']);
  });

  it('does not come in the body', async () => {
    const body = { text: 'new', basis: 12 };
    const answer = await web.ask('/api/notes/7', {
      method: 'PUT',
      as: 'admin',
      body,
      headers: { 'if-match': '"12"' },
    });
    expect([answer.status, answer.json.code, answer.json.path]).toEqual([400, 'request.fieldTwice', ['basis']]);
  });
});

describe('an input that is not valid', () => {
  const put = (body: unknown) =>
    web.ask('/api/notes/7', { method: 'PUT', as: 'admin', body, headers: { 'if-match': '*' } });

  it('is refused with every mistake, by path and code', async () => {
    const answer = await put({ text: 1, stars: 9, colour: 'red', __proto__x: 1 });
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({
      title: 'Unprocessable Entity',
      status: 422,
      code: 'request.invalidInput',
      path: ['text'],
    });
    expect(answer.json.faults.map(({ path, code }: { path: string[]; code: string }) => [path[0], code])).toEqual([
      ['text', 'input.text'],
      ['stars', 'input.large'],
      ['colour', 'input.unknown'],
      ['__proto__x', 'input.unknown'],
    ]);
    expect(web.box.notes.get('7')?.text).toBe('hello');
  });

  it('is refused when it brings a prototype along', async () => {
    const answer = await put('{"text":"x","__proto__":{"stars":5}}');
    expect([answer.status, answer.json.path]).toEqual([422, ['__proto__']]);
  });

  it.each([
    ['/api/notes?limit=x', ['limit'], 422],
    ['/api/notes?limit=0', ['limit'], 422],
    ['/api/notes?what=1', ['what'], 422],
    ['/api/notes?limit=1&limit=2', ['limit'], 400],
    ['/api/notes?toString=1', ['toString'], 422],
    [`/api/notes/${'x'.repeat(21)}`, ['id'], 422],
  ])('is refused in the address: %s', async (path, field, status) => {
    const answer = await web.ask(path, { as: 'admin' });
    expect([answer.status, answer.json.path]).toEqual([status, field]);
  });

  it('is refused where a field of the path comes in the body too', async () => {
    expect((await put({ text: 'x', id: '8' })).json.code).toBe('request.fieldTwice');
  });

  it('is refused where a change has a query, which logs on the way would keep', async () => {
    const answer = await web.ask('/api/greetings?to=you', { method: 'POST', as: 'member' });
    expect([answer.status, answer.json.code]).toEqual([400, 'request.badTarget']);
  });

  it.each(['null', '[]', '"text"', '12'])('is refused when the body is %s', async (body) => {
    expect((await put(body)).status).toBe(422);
  });

  it('reports no more mistakes than help', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1]));
    expect((await put(many)).json.faults).toHaveLength(50);
  });
});

describe('what goes wrong', () => {
  const fail = (kind: string) => web.ask('/api/failures', { as: 'admin', body: { kind } });

  it.each([
    ['invalid', 422],
    ['missing', 404],
    ['conflict', 409],
    ['forbidden', 403],
    ['tooMany', 429],
    ['unavailable', 503],
  ])('of the kind %s is told by status %i, and by its code', async (kind, status) => {
    const answer = await fail(kind);
    expect([answer.status, answer.json.code, answer.json.detail]).toEqual([
      status,
      'request.httpsNeeded',
      text('de', 'request.httpsNeeded'),
    ]);
  });

  it('in the box itself is reported to the log only', async () => {
    web.faults.length = 0;
    const answer = await fail('fault');
    expect([answer.status, answer.json.code]).toEqual([500, 'request.internal']);
    expect(answer.text).not.toContain('secret');
    expect(web.faults).toMatchObject([{ error: new Error('the secret reason'), request: 'POST /api/failures' }]);
  });

  it('reports every mistake of a file, and what else went wrong', async () => {
    const { json } = await fail('invalid');
    expect(json.faults).toEqual([
      {
        path: ['notes', 2, 'tags'],
        code: 'fault.json.list',
        params: {},
        text: text('de', 'fault.json.list.reason'),
        remedy: text('de', 'fault.json.list.remedy'),
      },
    ]);
    expect(json.further).toMatchObject([{ code: 'command.noDataFolder', detail: text('de', 'command.noDataFolder') }]);
  });

  it('shows its values', async () => {
    const { json } = await web.ask('/api/notes/8', { as: 'read' });
    expect(json).toMatchObject({ status: 404, code: 'command.cannotRead', path: [], params: { path: '8' } });
  });

  it.each([
    ['de', 'de'],
    ['en', 'en'],
    ['en-GB,de;q=0.5', 'en'],
    ['fr, de-CH;q=0.8, en;q=0.9', 'en'],
    ['fr, de-CH;q=0.9, en;q=0.8', 'de'],
    ['en;q=0, de', 'de'],
    ['fr', 'de'],
  ] as const)('is told in the language asked for: %s', async (asked, language) => {
    const { json, headers } = await web.ask('/api/notes/8', { as: 'read', headers: { 'accept-language': asked } });
    expect(json.detail).toBe(text(language, 'command.cannotRead', { path: '8' }));
    expect(headers['content-language']).toBe(language);
  });

  it('is worded in the language of the box for strangers, and so are the mistakes of an input', async () => {
    expect((await web.ask('/api/nothing')).json.detail).toBe('There is nothing at this address.');
    const asked = { 'accept-language': 'de' };
    expect((await web.ask('/api/nothing', { headers: asked })).json.detail).toBe(
      'Unter dieser Adresse gibt es nichts.',
    );
    const { json } = await web.ask('/api/notes?limit=x', { as: 'read', headers: asked });
    expect(json.faults[0].text).toBe('ist keine Zahl');
  });

  it('lets an operation know the language', async () => {
    const ask = (headers: Question['headers']) =>
      web.ask('/api/greetings', { as: 'member', body: { to: 'you' }, headers });
    expect((await ask({ 'accept-language': 'en' })).json.greeting).toBe('you: en');
    expect((await ask({})).json.greeting).toBe('you: de');
  });
});

describe('what the server does not do', () => {
  it.each(['/', '/api', '/api/', '/api/notes/', '/api/notes/7/more', '/index.html', '/API/notes'])(
    'has nothing at %s',
    async (path) => {
      const answer = await web.ask(path, { as: 'admin' });
      expect([answer.status, answer.json.code]).toEqual([404, 'request.notFound']);
    },
  );

  it.each(['POST', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'knows no %s of a path with other methods',
    async (method) => {
      const answer = await web.ask('/api/notes/7', { method, as: 'admin' });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'HEAD, GET, PUT, DELETE']);
    },
  );

  it.each(['text/html', 'application/xml', 'application/json;q=0', 'application/json;q=0, */*'])(
    'does not answer with JSON where only %s is accepted',
    async (accept) => {
      const answer = await web.ask('/api/notes', { as: 'read', headers: { accept } });
      expect([answer.status, answer.json.code]).toEqual([406, 'request.notAcceptable']);
    },
  );

  it.each(['*/*', 'application/*', 'text/html, application/json;q=0.1', 'APPLICATION/JSON'])(
    'answers where %s is accepted',
    async (accept) => {
      expect((await web.ask('/api/notes', { as: 'read', headers: { accept } })).status).toBe(200);
    },
  );
});

describe('every role with every operation of the table', () => {
  const cases = noteOperations.flatMap((operation) => roles.map((role) => ({ operation, role, name: operation.name })));

  it.each(cases)('$role: $name', async ({ operation, role }) => {
    const { method, path } = operation.http;
    const answer = await web.ask(`/api${path.replace('{id}', '7')}`, {
      method,
      as: role,
      headers: { 'if-match': '*' },
      ...(method === 'PUT' || method === 'POST' ? { body: { text: 'x' } } : {}),
    });
    if (mayRun(callerOf(role), operation)) expect([200, 204, 415, 422]).toContain(answer.status);
    else expect([answer.status, answer.json.code]).toEqual([403, 'request.notPermitted']);
  });

  it.each(noteOperations)('nobody: $name', async ({ http: { method, path } }) => {
    for (const authorization of [undefined, 'Bearer ', 'Bearer token-nobody', 'Basic YTpi', 'bearer token-admin x']) {
      const answer = await web.ask(`/api${path.replace('{id}', '7')}`, {
        method,
        headers: { ...(authorization === undefined ? {} : { authorization }), 'x-modcall': '1' },
      });
      expect([answer.status, answer.json.code]).toEqual([401, 'request.notSignedIn']);
    }
  });
});
