import { expect, test } from 'vitest';
import type { Caller } from '../../../../src/admin/operation.js';
import { providersOperations } from '../../../../src/admin/settings/providers-operations.js';
import { providers } from '../../../../src/primitives/providers.js';

const [list] = providersOperations;

const listFor = async (language: 'de' | 'en') => {
  const caller: Caller = {
    kind: 'console',
    name: 'x',
    roles: new Set(['read']),
    extension: null,
    language,
    rights: [],
  };
  return list?.output.parse(await list.run({}, {}, caller)).entries ?? [];
};

test('whoever may read is told in their language what is known of each provider', async () => {
  const [english, german] = [await listFor('en'), await listFor('de')];
  for (const entries of [english, german]) expect(entries.map(({ provider }) => provider)).toEqual([...providers]);
  const vodafone = { provider: 'vodafone', ways: ['registering'], host: null, port: null, encryption: 'off' };
  expect(english).toContainEqual(expect.objectContaining({ ...vodafone, hint: expect.stringMatching(/MeinVodafone/) }));
  expect(english.at(-1)?.name).toBe('Another Modcall');
  expect(german.at(-1)?.name).toBe('Ein anderes Modcall');
});
