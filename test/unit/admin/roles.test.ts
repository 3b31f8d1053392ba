import { expect, test } from 'vitest';
import { mayRun, type Role, roles } from '../../../src/admin/operation.js';
import { operations } from '../../../src/admin/operations.js';
import { person } from './box.js';

const mayAsk = (name: string) => {
  const operation = operations.find((each) => each.name === name);
  return roles.filter((role) => operation && mayRun(person('x', [role]), operation));
};

test.each(['extensions', 'phones', 'calls'])('the table of %s is for whoever may see them one by one', (noun) => {
  expect(mayAsk(`${noun} export`)).toEqual(mayAsk(noun === 'calls' ? 'calls records' : `${noun} list`));
});

/** What somebody with this role alone can order, besides what is about themselves. */
const orders = (role: Role) =>
  operations
    .filter(({ http }) => http.method !== 'GET' && !http.path.startsWith('/own/'))
    .filter((operation) => mayRun(person('x', [role]), operation))
    .map(({ name }) => name)
    .sort();

test.each<readonly [Role, readonly string[]]>([
  ['read', []],
  ['member', ['agreement verify', 'monitors end']],
  ['moderator', ['monitors answer', 'monitors begin', 'monitors end', 'monitors press', 'monitors stay']],
  [
    'council',
    [
      ...['agreement propose', 'agreement put', 'agreement sign', 'agreement verify', 'agreement withdraw'],
      ...['audit verify', 'monitors end', 'periods withdraw'],
    ],
  ],
])('%s orders nothing but what the role is for', (role, expected) => {
  expect(orders(role)).toEqual(expected);
});
