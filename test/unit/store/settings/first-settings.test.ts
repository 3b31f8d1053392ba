import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { firstNames } from '../../../../src/appliance/first-names.js';
import type { Country } from '../../../../src/primitives/country.js';
import { extensionNumber, profileId, trunkId } from '../../../../src/primitives/ids.js';
import type { Language } from '../../../../src/primitives/language.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import {
  type BoardPorts,
  type FirstStart,
  firstSettings,
  readDemoNotes,
} from '../../../../src/store/settings/first-settings.js';
import { openPins } from '../../../../src/store/settings/pins.js';
import { parseSettings, SettingsFile } from '../../../../src/store/settings/settings-file.js';
import { settingsInUse } from '../../../../src/store/settings/settings-in-use.js';
import {
  toAnalogSettings,
  toDirectory,
  toMonitoringPolicy,
  toPinHashes,
  toTrunkAccounts,
} from '../../../../src/store/settings/settings-rules.js';
import { route } from '../../../../src/switchboard/dial-plan.js';

const board: BoardPorts = {
  lines: [
    { port: 'phone1', kind: 'fxs' },
    { port: 'handset', kind: 'fxs' },
    { port: 'line1', kind: 'fxo' },
  ],
  handset: 'handset',
};

const start = (language: Language, country: Country, ports: BoardPorts): FirstStart => ({
  language,
  country,
  board: ports,
  names: firstNames(language),
  isDemo: true,
});

async function demonstration(first: FirstStart) {
  const { settings, notes } = await firstSettings(first);
  if (!notes) throw new Error('a demonstration has notes');
  return { settings, notes };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-first-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the first settings of a demonstration', () => {
  it.each(['de', 'en'] as const)('are valid and let the moderator reach the dialogue (%s)', async (language) => {
    const { settings, notes } = await demonstration(start(language, 'de', board));
    expect(parseSettings('settings.json', JSON.stringify(settings))).toEqual(settings);
    const from = { kind: 'extension', number: extensionNumber(notes.moderator) } as const;
    expect(route(toDirectory(settings), from, '*55')).toEqual({ kind: 'service', profile: 'support' });
    expect(await openPins(toPinHashes(settings)).identify(notes.pin)).toBe(notes.moderator);
  });

  it('have both parties told', async () => {
    const { settings } = await firstSettings(start('de', 'de', board));
    expect(toMonitoringPolicy(settings).profiles.get(profileId('support'))?.notice).toEqual({
      member: { kind: 'toneAtStart' },
      other: { kind: 'announcement' },
    });
    expect(settings.extensions.map(({ consents }) => consents)).toEqual([false, true, true, true, false, false]);
  });

  it('have passwords and a PIN that nobody else has', async () => {
    const [one, other] = await Promise.all([
      demonstration(start('de', 'de', board)),
      demonstration(start('de', 'de', board)),
    ]);
    const passwords = [one, other].flatMap(({ settings }) => settings.extensions.map(({ password }) => password));
    expect(new Set(passwords).size).toBe(12);
    for (const password of passwords) expect(password).toMatch(/^[^\W_0O1lI2Z5S8B]{16}$/);
    expect(one.notes.pin).toMatch(/^\d{6}$/);
    const ofLogins = [one, other].flatMap(({ notes }) => notes.logins.map(({ password }) => password));
    expect(new Set(ofLogins).size).toBe(6);
  });
});

test('a new box leaves the country to a person, whatever the server speaks: until then 112 goes out all the same', async () => {
  const { settings } = await firstSettings({ ...start('en', 'gb', board), isDemo: false });
  expect(settings.country).toBe('unknown');
  const caller = { kind: 'extension', number: extensionNumber('121') } as const;
  expect(route(toDirectory(settings), caller, '112')).toMatchObject({ kind: 'emergency', trunks: ['line1'] });
});

describe('the first settings of the analog ports', () => {
  it('make the handset ask for the PIN, give other telephones a dial tone, and lines ring the members', async () => {
    const { settings } = await firstSettings(start('en', 'gb', board));
    expect(settings.analogPhones).toEqual([
      { fxs: 'handset', extension: '120', onLift: { kind: 'call', number: '*55' } },
      { fxs: 'phone1', extension: '121', onLift: { kind: 'dialTone' } },
    ]);
    expect(settings.extensions.slice(-2).map(({ name }) => name)).toEqual(['Handset', 'Phone 1']);
    const { phones, trunks } = toAnalogSettings(settings, () => false);
    expect(phones.map(({ port, country }) => [port, country])).toEqual([
      ['handset', 'gb'],
      ['phone1', 'gb'],
    ]);
    expect(trunks).toEqual([{ port: 'line1', trunk: 'line1', country: 'gb' }]);
    expect(toTrunkAccounts(settings)).toEqual([]);
    const from = { kind: 'trunk', trunk: trunkId('line1') } as const;
    expect(route(toDirectory(settings), from, '')).toEqual({ kind: 'group', group: 'support' });
    const caller = { kind: 'extension', number: extensionNumber('121') } as const;
    expect(route(toDirectory(settings), caller, '0301')).toEqual({ kind: 'trunk', trunks: ['line1'], number: '301' });
  });

  it('take *00 for the whole number unless private calls are agreed on, which may change while the box runs', async () => {
    const { settings } = await firstSettings(start('en', 'gb', board));
    let isAgreedOn = false;
    const [phone] = toAnalogSettings(settings, () => isAgreedOn).phones;
    const complete = () => ['*00', '*0012', '*00120'].map((number) => phone?.isComplete(number));
    expect(complete()).toEqual([true, false, false]);
    isAgreedOn = true;
    expect(complete()).toEqual([false, false, true]);
  });

  it('are none on a board without any', async () => {
    const { settings } = await firstSettings(start('en', 'gb', { lines: [], handset: null }));
    expect([settings.analogPhones, settings.trunks]).toEqual([[], []]);
    expect(settings.extensions).toHaveLength(4);
  });
});

describe('the first settings of a box that somebody sets up', () => {
  const bare = (ports: BoardPorts) => firstSettings({ ...start('de', 'de', ports), isDemo: false });

  it('let nobody listen, and have no phones but those at the box, no PIN and nothing to be noted', async () => {
    const { settings, notes } = await bare(board);
    expect(notes).toBeNull();
    expect(parseSettings('settings.json', JSON.stringify(settings))).toEqual(settings);
    expect([settings.groups, settings.profiles]).toEqual([[], []]);
    expect(settings.extensions.map(({ number, consents, pin }) => [number, consents, pin])).toEqual([
      ['120', false, null],
      ['121', false, null],
    ]);
    expect(settings.analogPhones.map(({ fxs, onLift }) => [fxs, onLift.kind])).toEqual([
      ['handset', 'dialTone'],
      ['phone1', 'dialTone'],
    ]);
  });

  it('have an exchange line ring the handset, and serve the page on all addresses, encrypted', async () => {
    const { settings } = await bare(board);
    const from = { kind: 'trunk', trunk: trunkId('line1') } as const;
    expect(route(toDirectory(settings), from, '')).toEqual({ kind: 'extension', number: '120' });
    expect(settings.web).toMatchObject({ address: '0.0.0.0', encrypted: true });
  });

  it('are none on a board without ports', async () => {
    const { settings } = await bare({ lines: [{ port: 'line1', kind: 'fxo' }], handset: null });
    expect([settings.extensions, settings.analogPhones, settings.trunks]).toEqual([[], [], []]);
  });

  it('leave no notes in the folder', async () => {
    const { settings } = await settingsInUse(folder, { ...start('en', 'gb', board), isDemo: false });
    expect(await readDemoNotes(folder, settings)).toBeNull();
    await expect(stat(dataFile(folder, 'demo'))).rejects.toThrow('ENOENT');
  });
});

describe('opening the settings of a folder', () => {
  it('makes the first ones once, with notes that fit', async () => {
    const { settings } = await settingsInUse(folder, start('en', 'gb', board));
    expect((await settingsInUse(folder, start('de', 'us', board))).settings).toEqual(settings);
    const notes = await readDemoNotes(folder, settings);
    expect(Object.keys(notes?.passwords ?? {})).toEqual(['100', '101', '102', '103']);
    expect((await stat(dataFile(folder, 'demo'))).mode & 0o777).toBe(0o600);
    expect(await readFile(dataFile(folder, 'settings'), 'utf8')).not.toContain(`"${notes?.pin}"`);
  });

  it('shows no password that the admin chose, and nothing once the PIN is another one', async () => {
    await settingsInUse(folder, start('en', 'gb', board));
    const file = await SettingsFile.open(dataFile(folder, 'settings'));
    if (!file) throw new Error('no settings were made');
    const { settings } = file;
    const own = settings.extensions.map((entry) =>
      entry.number === '101' ? { ...entry, password: 'my own password' } : entry,
    );
    await file.write({ ...settings, extensions: own }, 0);
    expect(Object.keys((await readDemoNotes(folder, file.settings))?.passwords ?? {})).toEqual(['100', '102', '103']);
    await file.write({ ...settings, extensions: own.map((entry) => ({ ...entry, pin: null })) }, 0);
    expect(await readDemoNotes(folder, file.settings)).toBeNull();
  });
});
