import { describe, expect, test } from 'vitest';
import { type Box, operations } from '../../../src/admin/operations.js';
import { jsonSchema } from '../../../src/admin/schema.js';
import { planOf, routeOf } from '../../../src/web/route.js';
import { exampleCalls } from '../../support/example-calls.js';

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  test('can be reached by HTTP, and is described in both languages', () => {
    expect(() => planOf(routeOf(operation, {} as Box))).not.toThrow();
    for (const text of Object.values(operation.about)) expect(text).toMatch(/^\p{Lu}[^\n]*\.$/u);
    expect(operation.input.safeParse({ unheardOf: 1 }).success).toBe(false);
  });
});

test('every name and every route of the table is there once', () => {
  const routes = operations.map(({ http: { method, path } }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(routes.toSorted()).toEqual([...new Set(routes)].toSorted());
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
});

/** Take what only a browser can say: test/web/page/listen-here.test.ts lets a real one do so. */
const byBrowser = ['monitors answer', 'monitors stay'];

/** Take several people, each of whom sees something else: test/web/page/sheets.test.ts and test/e2e/monitoring/sheets.test.ts let them do so. */
const bySeveral = ['make', 'show', 'comment', 'object', 'talk', 'ask-second', 'give-second'].map(
  (verb) => `sheets ${verb}`,
);

test('every row of the table has an example, which a test makes on a running box', () => {
  const examples = new Set([...exampleCalls.map(({ name }) => name), ...byBrowser, ...bySeveral]);
  expect([...examples].toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
});

/** Changes that overwrite nothing of somebody else's. */
const withoutVersion = new Set([
  // Each document names the one that it replaces.
  'agreement put',
  'agreement withdraw',
  // Each says what it changes, and the rest stays as somebody at the telephone may have ordered it meanwhile.
  'call-handling change',
  'call-handling change-own',
  'demo-call end',
  'password change',
  'periods withdraw',
  'second-factor confirm',
  'second-factor remove',
  // Whoever is asked says something of their own, which nobody else changes.
  'sheets ask-second',
  'sheets comment',
  'sheets give-second',
  'sheets object',
  'sheets talk',
  'tokens revoke',
]);

test('whoever replaces or removes something can say which version of it they have seen', () => {
  const changes = operations.filter(({ http }) => ['PUT', 'PATCH', 'DELETE'].includes(http.method));
  const unversioned = changes.filter((operation) => !planOf(routeOf(operation, {} as Box)).isVersioned);
  expect(new Set(unversioned.map(({ name }) => name))).toEqual(withoutVersion);
});

test('whatever lists something has it in entries, so that more can be said beside it', () => {
  const lists = operations.filter(({ output }) => jsonSchema(output, 'output').type === 'array');
  expect(lists.map(({ name }) => name)).toEqual([]);
});
