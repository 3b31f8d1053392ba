import { afterEach, beforeEach, expect, test } from 'vitest';
import { PinsAdmin } from '../../../src/admin/pins-admin.js';
import { pinsOperations } from '../../../src/admin/pins-operations.js';
import { openPins } from '../../../src/store/settings/pins.js';
import { toPinHashes } from '../../../src/store/settings/settings-rules.js';
import { run as runIn, SettingsTestBox } from './settings-box.js';

let box: SettingsTestBox;
let pins: PinsAdmin;
beforeEach(async () => {
  box = await SettingsTestBox.open();
  pins = new PinsAdmin(box.settings);
});
afterEach(() => box.close());

const run = (name: string, input: object = {}) => runIn(pinsOperations, { pins }, name, input);
const ownerOf = (pin: string) => openPins(toPinHashes(box.present)).identify(pin);

test('a PIN counts from its answer on, until it is removed, and stands nowhere', async () => {
  expect(await run('pins set', { number: '100', pin: '739105' })).toEqual({ moderates: true });
  expect(await run('pins set', { number: '101', pin: '4711' })).toEqual({ moderates: false });
  expect([await ownerOf('739105'), await ownerOf('4711')]).toEqual(['100', '101']);
  expect(box.applied.at(-1)).toEqual(box.present);
  expect(await run('pins list')).toEqual([
    { number: '100', name: 'Lead', hasPin: true, moderates: true },
    { number: '101', name: 'Anna', hasPin: true, moderates: false },
  ]);
  expect(box.facts.at(-1)?.changes).toEqual([{ path: ['extensions', '101', 'pin'], secret: true }]);
  expect(JSON.stringify([box.facts, await run('pins list')])).not.toMatch(/739105|4711|scrypt/);
  await run('pins remove', { number: '100' });
  expect(await ownerOf('739105')).toBeNull();
  expect(await run('pins list')).toMatchObject([{ number: '100', hasPin: false }, { number: '101' }]);
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

test('nobody can take a PIN from an extension that is not there', async () => {
  await expect(run('pins remove', { number: '199' })).rejects.toMatchObject({ kind: 'missing' });
});
