import { afterEach, beforeEach, expect, test } from 'vitest';
import { listOperations } from '../../../../src/admin/settings/list-operations.js';
import { PinsAdmin } from '../../../../src/admin/settings/pins-admin.js';
import { pinsOperations } from '../../../../src/admin/settings/pins-operations.js';
import { openPins } from '../../../../src/store/settings/pins.js';
import { toPinHashes } from '../../../../src/store/settings/settings-rules.js';
import { SettingsConflict } from '../../../../src/store/settings/settings-store.js';
import { entriesOf, run as runIn, SettingsTestBox } from './settings-box.js';

let box: SettingsTestBox;
let pins: PinsAdmin;
beforeEach(async () => {
  box = await SettingsTestBox.open();
  pins = new PinsAdmin(box.settings);
});
afterEach(() => box.close());

const run = (name: string, input: object = {}) => runIn(pinsOperations, { pins, settings: box.settings }, name, input);
const ownerOf = (pin: string) => openPins(toPinHashes(box.present)).identify(pin);

test('a PIN counts from its answer on, until it is removed, and stands nowhere', async () => {
  expect(await run('pins set', { number: '100', pin: '739105' })).toEqual({
    version: 2,
    afterRestart: [],
    moderates: true,
  });
  expect(await run('pins set', { number: '101', pin: '4711' })).toEqual({
    version: 3,
    afterRestart: [],
    moderates: false,
  });
  expect([await ownerOf('739105'), await ownerOf('4711')]).toEqual(['100', '101']);
  expect(box.applied.at(-1)).toEqual(box.present);
  expect(await entriesOf(run('pins list'))).toEqual([
    { number: '100', name: 'Lead', hasPin: true, moderates: true },
    { number: '101', name: 'Anna', hasPin: true, moderates: false },
  ]);
  expect(box.facts.at(-1)?.changes).toEqual([{ path: ['extensions', '101', 'pin'], secret: true }]);
  expect(JSON.stringify([box.facts, await run('pins list')])).not.toMatch(/739105|4711|scrypt/);
  await run('pins remove', { number: '100' });
  expect(await ownerOf('739105')).toBeNull();
  expect(await entriesOf(run('pins list'))).toMatchObject([{ number: '100', hasPin: false }, { number: '101' }]);
});

test('of two that are the same and set at once, one is refused', async () => {
  const both = await Promise.allSettled(['100', '101'].map((number) => run('pins set', { number, pin: '739105' })));
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(both[1]).toMatchObject({ reason: { kind: 'conflict', problem: { code: 'command.pinFault.taken' } } });
  await run('pins set', { number: '100', pin: '739105' });
});

test.each([
  ['123', '100', 'invalid', 'wrongLength'],
  ['12345678901', '100', 'invalid', 'wrongLength'],
  ['12a4', '100', 'invalid', 'wrongLength'],
  ['1111', '100', 'invalid', 'tooSimple'],
  ['4711', '199', 'missing', 'noSuchExtension'],
])('%s is no PIN for %s', async (pin, number, kind, fault) => {
  const refused = { kind, problem: { code: `command.pinFault.${fault}` } };
  await expect(run('pins set', { number, pin })).rejects.toMatchObject(refused);
  expect(box.settings.current.version).toBe(1);
});

test('a change against an older version is refused, whoever was faster', async () => {
  await run('pins set', { number: '101', pin: '4711', basis: 1 });
  await expect(run('pins set', { number: '100', pin: '739105', basis: 1 })).rejects.toThrow(SettingsConflict);
  await expect(run('pins remove', { number: '101', basis: 1 })).rejects.toThrow(SettingsConflict);
  expect(await run('pins remove', { number: '101', basis: 2 })).toEqual({ version: 3, afterRestart: [] });
});

test('an extension that is removed while its PIN is hashed gets none, and whoever sets it is told', async () => {
  const change = (verb: string, input: object) => runIn(listOperations, { settings: box.settings }, verb, input);
  await change('extensions set', { number: '103', name: 'Cleo', password: 'generate' });
  const set = run('pins set', { number: '103', pin: '739105' });
  const refused = expect(set).rejects.toMatchObject({ problem: { code: 'command.pinFault.noSuchExtension' } });
  await change('extensions remove', { number: '103' });
  await refused;
});

test('nobody can take a PIN from an extension that is not there', async () => {
  await expect(run('pins remove', { number: '199' })).rejects.toMatchObject({ kind: 'missing' });
});
