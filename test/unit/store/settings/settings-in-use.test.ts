import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstNames } from '../../../../src/appliance/first-names.js';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import type { FirstStart } from '../../../../src/store/settings/first-settings.js';
import { settingsFaults } from '../../../../src/store/settings/settings-file.js';
import { SettingsHistory } from '../../../../src/store/settings/settings-history.js';
import { settingsInUse } from '../../../../src/store/settings/settings-in-use.js';
import { toDirectory } from '../../../../src/store/settings/settings-rules.js';
import { route } from '../../../../src/switchboard/dial-plan.js';
import { sampleSettings } from './sample-settings.js';

const first: FirstStart = {
  language: 'en',
  country: 'gb',
  board: {
    lines: [
      { port: 'phone1', kind: 'fxs' },
      { port: 'line1', kind: 'fxo' },
    ],
    handset: null,
  },
  names: firstNames('en'),
  isDemo: true,
};

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-settings-'));
  file = dataFile(folder, 'settings');
});
afterEach(() => rm(folder, { recursive: true }));

const start = () => settingsInUse(folder, first);
const write = (settings: object) => writeFile(file, JSON.stringify(settings));

describe('the settings of a start', () => {
  it('are made in a new folder', async () => {
    const made = await start();
    expect(made).toMatchObject({ from: 'firstStart', trouble: null, unwritten: null });
    expect(await start()).toMatchObject({ from: 'file', settings: made.settings, trouble: null });
  });

  it('are those of a demonstration in memory where a new folder cannot be written', async () => {
    await rm(folder, { recursive: true });
    const made = await start();
    expect(made).toMatchObject({ from: 'firstStart', unwritten: expect.any(Error), notes: { moderator: '100' } });
    await writeFile(folder, '');
  });

  it.each<[string, () => Promise<void>]>([
    ['gone', () => rm(file)],
    ['empty', () => writeFile(file, '')],
    ['zeroes after a power cut', () => writeFile(file, '\0'.repeat(4096))],
    ['cut off', async () => writeFile(file, (await readFile(file, 'utf8')).slice(0, 100))],
    ['at fault', () => write({ ...sampleSettings(), ringSeconds: 1 })],
  ])('are those of the last start if the file is %s, which is reported', async (_what, damage) => {
    await write(sampleSettings());
    const { settings } = await start();
    await damage();
    expect(await start()).toMatchObject({
      from: 'lastGood',
      settings,
      trouble: { message: expect.stringContaining(file) },
    });
  });

  it('are never those of a demonstration in a folder that was set up, even where their copy is gone too', async () => {
    await write(sampleSettings());
    await start();
    await rm(file);
    await rm(dataFile(folder, 'lastGoodSettings'));
    await writeFile(dataFile(folder, 'audit'), '');
    const found = await start();
    expect(found).toMatchObject({ from: 'salvaged', settings: { profiles: [] } });
    expect(found.settings.extensions.map(({ name }) => name)).toEqual(['phone1']);
  });

  it('keep the copy for the owner only', async () => {
    await write(sampleSettings());
    await chmod(file, 0o600);
    await start();
    await expect(readFile(dataFile(folder, 'lastGoodSettings'), 'utf8')).resolves.toBe(await readFile(file, 'utf8'));
  });
});

it('the settings of a start with a broken file are the latest version, if they were changed since the last start', async () => {
  await write(sampleSettings());
  await start();
  const history = await SettingsHistory.open(dataFile(folder, 'settingsHistory'));
  const settings = { ...sampleSettings(), ringSeconds: 44 };
  await history.append({ version: 1, at: '', by: { kind: 'file', name: '' }, changes: [], more: null, settings });
  await writeFile(file, 'rubbish');
  expect(await start()).toMatchObject({ from: 'lastGood', settings });
});

it('the settings of a newer Modcall are read as far as they are understood, which is reported', async () => {
  await write({ ...sampleSettings(), version: 2, fax: { port: 1 } });
  const found = await start();
  expect(found).toMatchObject({
    from: 'file',
    trouble: null,
    newer: { problem: { params: { path: file, keys: 'fax' } } },
  });
  expect(found.settings.profiles.map(({ enabled }) => enabled)).toEqual([false]);
});

describe('the remains of broken settings', () => {
  const salvage = async (text: string) => {
    await writeFile(file, text);
    const { from, settings } = await start();
    expect(from).toBe('salvaged');
    expect(settingsFaults(settings)).toEqual([]);
    expect(settings.profiles).toEqual([]);
    return settings;
  };

  it('keeps all valid entries', async () => {
    const sample = sampleSettings();
    const settings = await salvage(
      JSON.stringify({ ...sample, ringSecond: 30, extensions: [{ number: 'x' }, ...sample.extensions, 7] }),
    );
    expect(settings.extensions).toEqual(sample.extensions);
    expect(settings.trunks).toEqual(sample.trunks);
    expect(settings.groups).toEqual(sample.groups);
  });

  it('keeps a trunk without a place for its calls, for emergency calls', async () => {
    const sample = sampleSettings();
    const trunks = sample.trunks.map((trunk) => ({ ...trunk, inbound: { extension: '9999' } }));
    const settings = await salvage(JSON.stringify({ ...sample, trunks }));
    expect(settings.trunks.map(({ id }) => id)).toEqual(sample.trunks.map(({ id }) => id));
  });

  it('is of the country that the file names, and emergency calls go out by the line of an exchange', async () => {
    const settings = await salvage('{ "country": "de", "extensions": [');
    const [caller = ''] = settings.extensions.map(({ number }) => number);
    const origin = { kind: 'extension', number: extensionNumber(caller) } as const;
    expect(route(toDirectory(settings), origin, '110')).toMatchObject({ kind: 'emergency', trunks: ['line1'] });
  });

  it.each([
    '',
    '\0\0\0',
    '[]',
    'null',
    '{}',
    '{"version":9}',
    '{"extensions":{"a":1},"sip":7,"country":null,"log":[]}',
  ])('can be started with, whatever the file says: %s', async (text) => {
    await salvage(text);
  });
});

it.each(['lastGoodSettings', 'boxKey'] as const)(
  'a box knows by its %s alone that it was started before, and misses what it remembered',
  async (trace) => {
    await write(sampleSettings());
    await mkdir(dirname(dataFile(folder, trace)), { recursive: true });
    await writeFile(dataFile(folder, trace), '');
    expect((await start()).wasStarted).toBe(true);
  },
);

it('a box with settings and nothing else starts for the first time', async () => {
  await write(sampleSettings());
  expect((await start()).wasStarted).toBe(false);
});
