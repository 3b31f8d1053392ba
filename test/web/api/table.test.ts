import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayRun, roles } from '../../../src/admin/operation.js';
import { operations } from '../../../src/admin/operations.js';
import { fileIn, jsonSchema } from '../../../src/admin/schema.js';
import { AdminError } from '../../../src/store/admin-error.js';
import { callerOf } from '../../doubles/access.js';
import { NoteWeb, type Question } from '../../support/web.js';

/** The table of the box without a box behind it: who may ask is decided before anything is done. */
const doingNothing = operations.map((operation) => ({
  ...operation,
  run: async (): Promise<never> => {
    throw new AdminError({ code: 'command.noDataFolder' }, { kind: 'unavailable' });
  },
}));

let web: NoteWeb;
beforeAll(async () => {
  web = await NoteWeb.open({}, {}, doingNothing);
});
afterAll(() => web.close());

const ask = (operation: (typeof operations)[number], { as, headers = {} }: Pick<Question, 'as' | 'headers'> = {}) => {
  const { method, path } = operation.http;
  const isFile = fileIn(jsonSchema(operation.input, 'input')) !== null;
  return web.ask(`/api${path.replaceAll(/\{\w+\}/g, '1')}`, {
    method,
    headers: {
      ...{ 'if-match': '*', accept: '*/*', ...headers },
      ...(isFile ? { 'content-type': 'application/octet-stream' } : {}),
    },
    ...(as === undefined ? {} : { as }),
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
  });
};

it('the whole table is described by a valid document', async () => {
  const document = (await web.ask('/api/openapi.json')).json;
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
  for (const { http, about } of operations)
    expect(document.paths[`/api${http.path}`]?.[http.method.toLowerCase()]?.summary).toBe(about.en);
});

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  it.each(roles)('is done for %s only where the table says so', async (role) => {
    const person = await ask(operation, { headers: await web.signIn(role) });
    const program = await ask(operation, { as: role });
    for (const [{ status }, kind] of [
      [person, 'user'],
      [program, 'token'],
    ] as const) {
      // What is sent is mostly no valid input, which is looked at only then.
      if (mayRun(callerOf(role, kind), operation)) expect([422, 503]).toContain(status);
      else expect(status).toBe(403);
    }
  });

  it('is done for nobody else', async () => {
    expect((await ask(operation)).status).toBe(401);
    expect((await ask(operation, { as: 'nobody' })).status).toBe(401);
  });
});

it('a program by its token gets nowhere near users, tokens, the certificate, backups, and sheets', async () => {
  const forPersons = operations.filter(({ isForPersons }) => isForPersons);
  const least = [
    'backup make',
    'backup restore',
    'backup upload',
    'backup-schedule remove',
    'backup-schedule set',
    'certificate install',
    'certificate remove',
    'identity backup',
    'password change',
    'second-factor begin',
    'second-factor confirm',
    'second-factor remove',
    'sheets list',
    'sheets show',
    'tokens create',
    'tokens revoke',
    'users remove',
    'users set',
  ];
  expect(forPersons.map(({ name }) => name)).toEqual(expect.arrayContaining(least));
  for (const operation of forPersons) {
    const { status, json } = await ask(operation, { as: 'admin' });
    expect([status, json.code]).toEqual([403, 'access.personOnly']);
  }
});
