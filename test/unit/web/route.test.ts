import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { networkDoor } from '../../../src/web/access/door.js';
import { appOf } from '../../../src/web/app.js';
import { planOf, type Route } from '../../../src/web/route.js';
import { noSite } from '../../../src/web/site/site.js';
import { AccessDouble } from '../../doubles/access.js';

const route = (change: Partial<Route> = {}): Route => ({
  id: 'notesShow',
  method: 'GET',
  path: '/api/notes/{id}',
  about: { de: 'Zeigt.', en: 'Shows.' },
  roles: ['read'],
  input: z.strictObject({ id: z.string() }),
  output: z.void(),
  longestBody: 0,
  answer: async () => ({ value: undefined }),
  ...change,
});

describe('a route', () => {
  it('knows the fields of its path, and whether it is a change against a version', () => {
    expect(planOf(route())).toMatchObject({ pathFields: ['id'], isVersioned: false, hasBody: false });
    const input = z.strictObject({ id: z.string(), basis: z.int().nullable() });
    expect(planOf(route({ method: 'PUT', input }))).toMatchObject({ isVersioned: true, hasBody: true });
  });

  it.each([
    ['an object that takes any field', z.looseObject({ id: z.string() })],
    ['an object that drops fields', z.object({ id: z.string() })],
    ['such an object inside', z.strictObject({ id: z.string(), inner: z.object({ a: z.string() }) })],
    ['such an object in a list', z.strictObject({ id: z.string(), list: z.array(z.object({ a: z.string() })) })],
    ['such an object as an option', z.strictObject({ id: z.string(), either: z.object({ a: z.string() }).nullable() })],
    [
      'such an object by name',
      z.strictObject({ id: z.string(), named: z.object({ a: z.string() }).meta({ id: 'Named' }) }),
    ],
    ['no object', z.string()],
  ])('cannot be made of %s', (_, input) => {
    expect(() => planOf(route({ input }))).toThrow('strict');
  });

  it('may take a table of any keys', () => {
    const input = z.strictObject({ id: z.string(), table: z.record(z.string(), z.int()) });
    expect(planOf(route({ input })).pathFields).toEqual(['id']);
  });

  it('cannot be made of a path with a field that the input lacks', () => {
    expect(() => planOf(route({ path: '/api/{group}/{id}' }))).toThrow('group');
  });

  it('is the only one with its method and path', () => {
    const parts = {
      site: noSite,
      door: networkDoor(new AccessDouble()),
      language: () => 'en' as const,
      onFault: () => {},
    };
    expect(() => appOf({ ...parts, routes: [route(), route({ id: 'other' })] })).toThrow('two operations');
    expect(() => appOf({ ...parts, routes: [route(), route({ id: 'other', method: 'DELETE' })] })).not.toThrow();
  });
});
