import { expect, test } from 'vitest';
import { remembered } from '../../../src/primitives/remembered.js';

test('an answer is worked out once for each value, also where it is undefined', () => {
  const asked: object[] = [];
  const ask = remembered((value: { readonly answer?: string }) => {
    asked.push(value);
    return value.answer;
  });
  const [one, other] = [{ answer: 'yes' }, {}];
  expect([ask(one), ask(other), ask(one), ask(other), ask({ answer: 'yes' })]).toEqual([
    'yes',
    undefined,
    'yes',
    undefined,
    'yes',
  ]);
  expect(asked).toHaveLength(3);
});
