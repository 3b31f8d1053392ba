import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserStore } from '../../../../src/store/users/user-store.js';
import { compiled } from '../../../support/compiled.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-users-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('killed at any moment, the users are those of the last confirmed change, or of the one that was under way', async () => {
  const path = join(folder, 'users.json');
  const script = await compiled(new URL('endless-users.ts', import.meta.url), folder);
  for (let round = 0; round < 12; round += 1) {
    const writer = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    writer.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const closed = once(writer, 'close');
    await once(writer.stdout, 'data');
    setTimeout(() => writer.kill('SIGKILL'), Math.random() * 60);
    await closed;
    const confirmed = Number(said.trimEnd().split('\n').at(-1));
    const store = await UserStore.open(path, () => 0);
    expect(store.isFileBroken).toBe(false);
    expect([confirmed, (confirmed + 1) % 50]).toContain(store.current.users.length);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  }
});

test('a change that is not valid changes nothing', async () => {
  const store = await UserStore.open(join(folder, 'users.json'), () => 0);
  const user = { name: 'a', password: null, roles: [], extension: null, language: 'de' as const, secondFactor: null };
  await expect(store.change((all) => ({ ...all, users: [user, { ...user, name: 'A' }] }))).rejects.toThrow();
  await expect(store.change((all) => ({ ...all, users: [{ ...user, extension: 'x' }] }))).rejects.toThrow();
  expect(store.current.users).toEqual([]);
  expect(await store.change((all) => ({ ...all, users: [user] }))).toMatchObject({ users: [{ name: 'a' }] });
});
