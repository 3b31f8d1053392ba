import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backupOperations } from '../../../src/admin/backup-operations.js';
import { certificateOperations } from '../../../src/admin/certificate-operations.js';
import { mayRun, roles } from '../../../src/admin/operation.js';
import { usersOperations } from '../../../src/admin/users/users-operations.js';
import { Versioned } from '../../../src/store/versioned.js';
import { password, person, TestBox } from './box.js';

const all = [...usersOperations, ...certificateOperations, ...backupOperations];
let folder: string;
let box: TestBox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-operations-'));
  box = await TestBox.open(folder);
  await box.claim();
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(all.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  test('is described in both languages, takes a strict input, and names the fields of its path', () => {
    expect(Object.values(operation.about).every((text) => text.endsWith('.'))).toBe(true);
    expect(operation.input.safeParse({ unknown: 1 }).success).toBe(false);
    const fields = [...operation.http.path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field ?? '');
    for (const field of fields) expect(Object.keys(operation.input.shape)).toContain(field);
  });

  test('is for admins, and for others only if it is about themselves or shows nothing secret', () => {
    const others = roles.filter((role) => role !== 'admin' && mayRun(person('x', [role]), operation));
    const isOwn = operation.http.path.startsWith('/own/');
    const allowed = isOwn
      ? ['moderator', 'member', 'council', 'read']
      : operation.name === 'certificate show'
        ? ['read']
        : [];
    expect(others).toEqual(allowed);
    expect(mayRun(person('x', []), operation)).toBe(false);
  });
});

test('names and routes are there once', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(new Set(all.map(({ http }) => `${http.method} ${http.path}`)).size).toBe(all.length);
});

/** Runs one of them as the server does: input and output by their schemas. */
async function run(
  name: (typeof usersOperations)[number]['name'],
  input: unknown,
  caller = person('ada'),
): Promise<unknown> {
  const operation = usersOperations.find((each) => each.name === name);
  if (!operation) throw new Error('no such operation');
  const answer = await operation.run({ users: box.users }, operation.input.parse(input) as never, caller);
  return operation.output.parse(answer);
}

test('backups by the box are told to the record when they are switched on and off', async () => {
  const facts: unknown[] = [];
  const backups = {
    set: async () => {},
    check: async () => {},
    remove: async () => {},
    show: async () => ({ place: null, places: [], last: null }),
    versions: new Versioned(() => null),
  };
  const asked = { backups, record: (fact: unknown) => facts.push(fact) } as never;
  const ask = (name: string, input: object) =>
    backupOperations.find((each) => each.name === name)?.run(asked, input as never, person('ada'));
  await ask('backup-schedule set', { place: 'box', passphrase: 'a long passphrase', basis: null });
  await ask('backup-schedule set', { place: 'box', passphrase: 'a long passphrase', basis: null, dryRun: true });
  await ask('backup-schedule remove', { basis: null });
  const by = { by: 'ada', byKind: 'user' };
  expect(facts).toEqual([
    { type: 'backupScheduled', place: 'box', ...by },
    { type: 'backupScheduleRemoved', ...by },
  ]);
});

test('users, tokens and the own password by the table, from one end to the other', async () => {
  const bob = { name: 'bob', roles: ['read'], language: 'en', password };
  expect(await run('users set', bob)).toEqual({
    ...{ name: 'bob', roles: ['read'], extension: null, language: 'en' },
    ...{ hasPassword: true, hasSecondFactor: false, version: expect.any(Number), isNew: true },
  });
  expect(await run('users list', {})).toMatchObject({ entries: [{ name: 'ada' }, { name: 'bob' }] });
  const token = await run('tokens create', { name: 'metrics', owner: 'bob', roles: ['read'], days: 30 });
  const list = await run('tokens list', {});
  const { id, name } = Object(token);
  expect(list).toMatchObject({ entries: [{ id, name }] });
  expect(JSON.stringify(list)).not.toContain('modcall_');
  await run('password change', { present: password, next: 'a new long one' }, person('bob', ['read']));
  expect(await box.login('bob', 'a new long one')).toMatchObject({ ok: true });
  await run('users remove', { name: 'bob' });
  expect(await run('tokens list', {})).toEqual({ entries: [] });
});

test('users and tokens are only checked on demand, with the field that is wrong', async () => {
  const before = await run('users list', {});
  const bob = { name: 'bob', roles: ['read'], language: 'en', password, dryRun: true };
  expect(await run('users set', bob)).toMatchObject({ name: 'bob', hasPassword: true, isNew: true });
  expect(await run('users set', { ...bob, password: null })).toMatchObject({ hasPassword: false });
  expect(await run('users set', { ...bob, name: 'ada', roles: ['admin'], password: null })).toMatchObject({
    ...{ isNew: false, hasPassword: true },
  });
  await expect(run('users set', { ...bob, password: 'short' })).rejects.toMatchObject({ field: 'password' });
  await expect(run('users set', { ...bob, name: 'b\u200bb' })).rejects.toMatchObject({ field: 'name' });
  await expect(run('users set', { ...bob, name: 'ada' })).rejects.toMatchObject({ field: 'roles' });
  const token = { name: 'metrics', roles: ['read'], dryRun: true };
  expect(await run('tokens create', token)).toMatchObject({ name: 'metrics', token: null });
  await expect(run('tokens create', { ...token, name: '\u200b' })).rejects.toMatchObject({ field: 'name' });
  expect(await run('tokens list', {})).toEqual({ entries: [] });
  expect(await run('users list', {})).toEqual(before);
});

test('a user whom somebody else has changed meanwhile is not overwritten', async () => {
  const versionOf = async () => Object(await run('users list', {})).version;
  const bob = { name: 'bob', roles: ['read'], language: 'en', password };
  const basis = await versionOf();
  const { version } = Object(await run('users set', { ...bob, basis }));
  expect(await run('users set', { ...bob, password: null, basis: version })).toMatchObject({ isNew: false, version });
  expect(version).toBe(await versionOf());
  await expect(run('users set', { ...bob, roles: ['council'], basis })).rejects.toMatchObject({ kind: 'outdated' });
  await expect(run('users remove', { name: 'bob', basis })).rejects.toMatchObject({ kind: 'outdated' });
  await box.login('bob');
  await run('password change', { present: password, next: 'a new long one' }, person('bob', ['read']));
  await expect(run('users set', { ...bob, basis: version })).rejects.toMatchObject({ kind: 'outdated' });
  await run('users remove', { name: 'bob', basis: await versionOf() });
  expect(await versionOf()).toBe(basis);
});
