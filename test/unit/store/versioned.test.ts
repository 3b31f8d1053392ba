import { expect, test } from 'vitest';
import { Versioned } from '../../../src/store/versioned.js';

test('of two changes that are made against the same version, the second is refused', async () => {
  let content = { names: ['ada'] };
  const versioned = new Versioned(async () => content);
  const add = (name: string, basis: number | null) =>
    versioned.change(basis, async () => {
      content = { names: [...content.names, name] };
    });
  const seen = await versioned.version();
  const made = await Promise.allSettled([add('bob', seen), add('eve', seen)]);
  expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const version = await versioned.version();
  expect(made[1]).toMatchObject({ reason: { kind: 'outdated', problem: { params: { version } } } });
  expect(content.names).toEqual(['ada', 'bob']);
  await add('eve', version);
  await add('joe', null);
  expect(content.names).toEqual(['ada', 'bob', 'eve', 'joe']);
});

test('the version is that of the content, and tells nothing of it', async () => {
  let content: unknown = { passphrase: 'a secret' };
  const versioned = new Versioned(() => content);
  const first = await versioned.version();
  content = undefined;
  expect(await versioned.version()).not.toBe(first);
  content = { passphrase: 'a secret' };
  expect(await versioned.version()).toBe(first);
  expect(await new Versioned(() => content).version()).not.toBe(first);
  expect(String(first)).toMatch(/^[1-9]\d{0,14}$/);
});
