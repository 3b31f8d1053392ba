import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mayRun } from '../../../src/admin/operation.js';
import { callerOf } from '../../doubles/access.js';
import { noteOperations } from '../../doubles/operations.js';
import { NoteWeb } from '../../support/web.js';

let web: NoteWeb;
let document: ReturnType<typeof JSON.parse>;

beforeAll(async () => {
  web = await NoteWeb.open();
  document = (await web.ask('/api/openapi.json')).json;
});
afterAll(() => web.close());

/** What the document says about an answer, as a check. */
function schemaOf(path: string, method: string, status: string, type = 'application/json'): z.ZodType {
  const { schema } = document.paths[path][method].responses[status].content[type];
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}

describe('the document of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
  });

  it('has every operation of the table, and says who may', () => {
    for (const operation of noteOperations) {
      const described = document.paths[`/api${operation.http.path}`]?.[operation.http.method.toLowerCase()];
      expect(described.summary).toBe(operation.about.en);
      const allowed = (['admin', 'moderator', 'member', 'council', 'read'] as const).filter((role) =>
        mayRun(callerOf(role), operation),
      );
      expect([...described['x-roles']].sort()).toEqual([...allowed].sort());
    }
  });

  it('names each operation once', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['notesList', 'sessionLogin', 'eventsWatch', 'metricsShow', 'apiShow']));
  });

  it('knows where each field belongs', () => {
    const { get: list } = document.paths['/api/notes'];
    expect(
      list.parameters.map(({ name, in: place, required }: Record<string, unknown>) => [name, place, required]),
    ).toEqual([
      ['limit', 'query', false],
      ['starred', 'query', false],
      ['ids', 'query', false],
      ['after', 'query', false],
    ]);
    const { put } = document.paths['/api/notes/{id}'];
    expect(
      put.parameters.map(({ name, in: place, required }: Record<string, unknown>) => [name, place, required]),
    ).toEqual([
      ['id', 'path', true],
      ['If-Match', 'header', true],
    ]);
    const { schema } = put.requestBody.content['application/json'];
    expect([Object.keys(schema.properties), schema.required, schema.additionalProperties]).toEqual([
      ['text', 'stars', 'tags'],
      ['text'],
      false,
    ]);
    expect(put.responses['200'].headers).toHaveProperty('ETag');
    expect(document.paths['/api/notes/{id}'].delete.responses).toHaveProperty('204');
    expect(document.paths['/api/notes/export'].get.responses['200'].content).toHaveProperty(['text/csv']);
  });

  it('is what the answers of the running server look like', async () => {
    web.box.notes.set('7', { id: '7', text: 'x', stars: 1 });
    const list = await web.ask('/api/notes', { as: 'read' });
    schemaOf('/api/notes', 'get', '200').parse(list.json);
    const note = await web.ask('/api/notes/7', { as: 'read' });
    schemaOf('/api/notes/{id}', 'get', '200').parse(note.json);
    expect(schemaOf('/api/notes/{id}', 'get', '200').safeParse({ id: 7 }).success).toBe(false);
    const problem = schemaOf('/api/notes/{id}', 'get', 'default', 'application/problem+json');
    for (const path of ['/api/notes/8', '/api/nothing', '/api/notes?limit=x', '/api//x']) {
      problem.parse((await web.ask(path, { as: 'read' })).json);
    }
    const conflict = await web.ask('/api/notes/7', { method: 'DELETE', as: 'admin', headers: { 'if-match': '"99"' } });
    expect(problem.parse(conflict.json)).toMatchObject({ code: 'request.versionChanged', version: 1 });
  });
});
