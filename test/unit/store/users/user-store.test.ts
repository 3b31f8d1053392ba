import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserStore } from '../../../../src/store/users/user-store.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-users-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a change that is not valid changes nothing', async () => {
  const store = await UserStore.open(join(folder, 'users.json'), () => 0);
  const user = { name: 'a', password: null, roles: [], extension: null, language: 'de' as const, secondFactor: null };
  await expect(store.change((all) => ({ ...all, users: [user, { ...user, name: 'A' }] }))).rejects.toThrow();
  await expect(store.change((all) => ({ ...all, users: [{ ...user, extension: 'x' }] }))).rejects.toThrow();
  expect(store.current.users).toEqual([]);
  expect(await store.change((all) => ({ ...all, users: [user] }))).toMatchObject({ users: [{ name: 'a' }] });
});
