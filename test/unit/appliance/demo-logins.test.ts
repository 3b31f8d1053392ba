import { expect, test } from 'vitest';
import { openDemoLogins } from '../../../src/appliance/demo-logins.js';

const logins = ['admin', 'anna'].map((name) => ({ name, password: `of ${name}`, role: 'member', extension: null }));

/** What happens while those of the demonstration are let in, in its order. */
async function opened(hasAdmin: boolean) {
  const happened: string[] = [];
  const users = {
    set: async ({ name }: { name: string }) => happened.push(`set ${name}`),
    isPasswordOf: async (name: string) => happened.push(`check ${name}`) > 0,
  };
  const parts = { access: { hasAdmin }, users };
  await openDemoLogins(parts as never, { logins } as never, 'en', () => happened.push('further'));
  return happened;
}

test('each password, which takes a slow machine seconds, counts as a step of the start', async () => {
  expect(await opened(true)).toEqual(['further', 'check admin', 'further', 'check anna']);
  expect((await opened(false)).slice(0, 4)).toEqual(['further', 'set admin', 'further', 'set anna']);
});
