import { expect, test } from 'vitest';
import { type SupportBox, supportOperations } from '../../../src/admin/support-operations.js';
import { type SupportBundle, supportParts } from '../../../src/store/support/support-bundle.js';
import type { AccessFact } from '../../../src/store/users/access-fact.js';
import { person } from './box.js';

const bundle = Object.fromEntries(supportParts.map((part) => [part, part])) as unknown as SupportBundle;

test('a support bundle that is made is recorded, and looking at one is not', async () => {
  const facts: AccessFact[] = [];
  const box: SupportBox = { support: async () => bundle, record: (fact) => facts.push(fact) };
  const run = (name: string, input: object) => {
    const operation = supportOperations.find((each) => each.name === name);
    return operation?.run(box, operation.input.parse(input), person('ada'));
  };
  await run('support show', { part: 'log' });
  expect(facts).toEqual([]);
  await run('support bundle', {});
  await run('support bundle', { numbers: 'shown' });
  const by = { by: 'ada', byKind: 'user' };
  expect(facts).toEqual([
    { type: 'supportBundleMade', numbersShown: false, ...by },
    { type: 'supportBundleMade', numbersShown: true, ...by },
  ]);
});
