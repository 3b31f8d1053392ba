import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IdentityAdmin } from '../../../src/admin/identity-admin.js';
import { type IdentityBox, identityOperations } from '../../../src/admin/identity-operations.js';
import { identityPaths } from '../../../src/identity/identity.js';
import type { AccessFact } from '../../../src/store/users/access-fact.js';
import { person } from './box.js';
import { run as runIn } from './settings/settings-box.js';

const passphrase = 'four words in a row';

let folder: string;
let identity: IdentityAdmin;
let facts: AccessFact[];
let box: IdentityBox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-identity-operations-'));
  identity = new IdentityAdmin(identityPaths(folder, join(folder, 'no-ssh-server')), () => 0);
  facts = [];
  box = { identity, record: (fact) => facts.push(fact) };
});
afterEach(() => rm(folder, { recursive: true }));

const run = (name: string, input: object = {}, caller = person('ada')) =>
  runIn(identityOperations, box, name, input, caller);

test('a backup of the identity is the one that the command restores, and is recorded without the passphrase', async () => {
  const { hardwareId } = await identity.show();
  expect(await run('identity show')).toMatchObject({ hardwareId, hostKey: expect.stringContaining(folder) });
  const sealed = String(await run('identity backup', { passphrase }));
  expect(sealed).not.toContain(passphrase);
  expect(await identity.restore(sealed, passphrase)).toEqual({ hardwareId, backedUp: hardwareId, differs: [] });
  expect(facts).toEqual([{ type: 'identityBackedUp', by: 'ada', byKind: 'user' }]);
});

test('a short passphrase seals nothing', async () => {
  await expect(run('identity backup', { passphrase: 'short' })).rejects.toMatchObject({
    problem: { code: 'identity.weakPassphrase' },
  });
  expect(facts).toEqual([]);
});
