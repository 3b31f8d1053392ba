import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LicenceAdmin } from '../../../../src/admin/licence/licence-admin.js';
import { type LicenceBox, licenceOperations } from '../../../../src/admin/licence/licence-operations.js';
import type { Caller } from '../../../../src/admin/operation.js';
import { LicenceDesk } from '../../../../src/licence-desk/licence-desk.js';
import { LicenceFiles } from '../../../../src/licence-desk/licence-files.js';
import { hardwareIdText } from '../../../../src/licensing/hardware-id.js';
import { serverProduct } from '../../../../src/licensing/licence.js';
import type { AccessFact } from '../../../../src/store/users/access-fact.js';
import { days, issued, keyOf, otherId, ownId, trust } from '../../licensing/vendor.js';
import { person } from '../box.js';
import { run as runIn } from '../settings/settings-box.js';

const id = hardwareIdText(ownId);

let folder: string;
let desk: LicenceDesk;
let extensions: number;
let facts: AccessFact[];
let box: LicenceBox;

async function open(hardwareId: typeof ownId | undefined): Promise<void> {
  const now = () => issued + days(1);
  const common = { hardwareId, productVersion: '1.4.2', extensionsSetUp: () => extensions, now };
  desk = await LicenceDesk.open({
    ...common,
    files: new LicenceFiles(join(folder, 'licence'), null),
    trust,
    blockList: '',
    formerIds: [],
    isSimulatedBoard: false,
    uptimeMs: () => 0,
    latestKnown: null,
    onError: (error) => {
      throw error;
    },
    onBack: () => {},
  });
  box = { licences: new LicenceAdmin({ ...common, desk }), record: (fact) => facts.push(fact) };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-licence-operations-'));
  extensions = 12;
  facts = [];
  await open(ownId);
});
afterEach(async () => {
  await desk.stop();
  await rm(folder, { recursive: true });
});

const run = (name: string, input: object = {}, caller?: Caller) => runIn(licenceOperations, box, name, input, caller);

describe('the licence of the box', () => {
  test('is in use from the answer on, and is recorded without the key', async () => {
    expect(await run('licence show')).toMatchObject({
      ...{ isAllowed: false, reason: 'licenceMissing', kind: null, members: null, extensionsSetUp: 12 },
      details: { hardwareId: id, refusal: 'noLicence', keyNumber: null },
    });
    const key = keyOf({ term: { kind: 'demo', expires: issued + days(30) }, holder: 'Office' });
    const shown = {
      isAllowed: true,
      reason: null,
      kind: 'demo',
      members: 40,
      details: { keyNumber: 1001, holder: 'Office' },
    };
    expect(await run('licence enter', { key })).toMatchObject(shown);
    expect(await run('licence show')).toMatchObject({ ...shown, expires: new Date(issued + days(30)).toISOString() });
    expect(desk.verdict().isAllowed).toBe(true);
    expect(facts).toEqual([{ type: 'licenceEntered', keyNumber: 1001, by: 'ada', byKind: 'user' }]);
  });

  test('tells those who are no admins what it allows, and neither hardware nor customer', async () => {
    await run('licence enter', { key: keyOf({ holder: 'Office' }) });
    for (const role of ['read', 'council', 'moderator'] as const) {
      const shown = await run('licence show', {}, person('eva', [role]));
      expect(shown).toMatchObject({ isAllowed: true, kind: 'bought', members: 40, details: null });
      expect(JSON.stringify(shown)).not.toMatch(/MH1|Office|1001/);
    }
  });

  test.each([
    [
      'a typing mistake, and where',
      () => keyOf().replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      'licence.mistake.mistyped',
    ],
    ['nothing', () => ' ', 'licence.keyProblem.empty'],
    ['the hardware ID', () => id, 'licence.keyProblem.ownHardwareId'],
    [
      'the key of another box',
      () => keyOf({ bindings: [{ to: 'hardware', id: otherId }] }),
      'licence.refusal.otherBox',
    ],
    ['a key for an older version', () => keyOf({ highestMajor: 0 }), 'licence.refusal.updateNotCovered'],
    ['one that has expired', () => keyOf({ term: { kind: 'demo', expires: issued } }), 'licence.refusal.demoExpired'],
    ['one for fewer extensions', () => keyOf({ members: 20 }), 'licence.refusal.tierTooSmall'],
    ['one for something else', () => keyOf({ product: 'other' }), 'licence.refusal.otherProduct'],
  ])('refuses %s, and leaves the one in use', async (_what, key, code) => {
    extensions = 40;
    await run('licence enter', { key: keyOf() });
    await expect(run('licence enter', { key: key() })).rejects.toMatchObject({ kind: 'invalid', problem: { code } });
    expect(await run('licence show')).toMatchObject({ isAllowed: true, details: { keyNumber: 1001 } });
    expect(facts).toHaveLength(1);
  });

  test('is explained without being taken', async () => {
    const foreign = keyOf({ bindings: [{ to: 'hardware', id: otherId }], keyNumber: 7 });
    expect(await run('licence explain', { key: foreign })).toMatchObject({
      isAllowed: false,
      kind: 'bought',
      details: { refusal: 'otherBox', keyNumber: 7, hardwareIds: [hardwareIdText(otherId)] },
    });
    expect(desk.licence()).toBeUndefined();
  });

  test('is taken out of use, and that is recorded once', async () => {
    await run('licence enter', { key: keyOf() });
    expect(await run('licence remove')).toMatchObject({ isAllowed: false, reason: 'licenceMissing' });
    await run('licence remove');
    expect(facts.map(({ type }) => type)).toEqual(['licenceEntered', 'licenceRemoved']);
  });

  test('is whole after two are entered at once, beside a server licence key', async () => {
    const bound = keyOf({ bindings: [{ to: 'server', keyNumber: 5 }], keyNumber: 9 });
    const keys = [keyOf(), keyOf({ keyNumber: 2002 }), keyOf({ product: serverProduct, keyNumber: 5 }), bound];
    await Promise.all(keys.map((key) => run('licence enter', { key })));
    expect(await run('licence show')).toMatchObject({ isAllowed: true, details: { keyNumber: 9, serverKeys: [5] } });
    expect(await readFile(join(folder, 'licence/licence.txt'), 'utf8')).toMatch(/^ML1-([0-9A-Z]{5}-?\n?)+$/);
  });
});

describe('the order sheet', () => {
  test('has the hardware ID as text and QR code, as data and as a page', async () => {
    await run('licence enter', { key: keyOf() });
    const order = { hardwareId: id, version: '1.4.2', extensionsSetUp: 12, presentLicence: 1001 };
    expect(await run('licence order')).toMatchObject({
      ...order,
      qrCode: expect.stringMatching(/^<svg/),
      sheet: expect.stringContaining(id),
    });
    const page = await run('licence order-sheet');
    expect(page).toMatch(/^<!doctype html>.*<svg/s);
    expect(page).toContain(id);
  });

  test('needs a hardware ID, and everything else can be asked without', async () => {
    await open(undefined);
    await expect(run('licence order')).rejects.toMatchObject({
      kind: 'unavailable',
      problem: { code: 'licence.refusal.hardwareIdUnknown' },
    });
    expect(await run('licence show')).toMatchObject({ isAllowed: false, details: { hardwareId: null } });
  });
});

test('a licence that somebody else has entered meanwhile is not replaced or removed', async () => {
  const { version: basis } = Object(await run('licence show'));
  const { version } = Object(await run('licence enter', { key: keyOf(), basis }));
  expect(version).not.toBe(basis);
  await expect(run('licence enter', { key: keyOf(), basis })).rejects.toMatchObject({ kind: 'outdated' });
  await expect(run('licence remove', { basis })).rejects.toMatchObject({ kind: 'outdated' });
  expect(await run('licence remove', { basis: version })).toMatchObject({ version: basis });
});
