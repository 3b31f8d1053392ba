import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFile } from '../../../src/store/data-folder.js';
import { firstSettings, openSettings, readDemoNotes } from '../../../src/store/first-settings.js';
import { openPins } from '../../../src/store/pins.js';
import { parseSettings } from '../../../src/store/settings-file.js';
import { toDirectory, toMonitoringPolicy, toPinHashes } from '../../../src/store/settings-rules.js';
import { route } from '../../../src/switchboard/dial-plan.js';
import { extensionNumber, profileId } from '../../../src/switchboard/ids.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-first-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the first settings', () => {
  it.each(['de', 'en'] as const)('are valid and let the moderator reach the dialogue (%s)', async (language) => {
    const { settings, notes } = await firstSettings(language, 'de');
    expect(parseSettings('settings.json', JSON.stringify(settings))).toEqual(settings);
    const from = { kind: 'extension', number: extensionNumber(notes.moderator) } as const;
    expect(route(toDirectory(settings), from, '*55')).toEqual({ kind: 'service', profile: 'support' });
    expect(await openPins(toPinHashes(settings)).identify(notes.pin)).toBe(notes.moderator);
  });

  it('let both parties know', async () => {
    const { settings } = await firstSettings('de', 'de');
    expect(toMonitoringPolicy(settings).profiles.get(profileId('support'))?.notice).toEqual({
      member: { kind: 'toneAtStart' },
      other: { kind: 'announcement' },
    });
    expect(settings.extensions.map(({ consents }) => consents)).toEqual([false, true, true, true]);
  });

  it('have passwords and a PIN that nobody else has', async () => {
    const [one, other] = await Promise.all([firstSettings('de', 'de'), firstSettings('de', 'de')]);
    const passwords = [one, other].flatMap(({ settings }) => settings.extensions.map(({ password }) => password));
    expect(new Set(passwords).size).toBe(8);
    for (const password of passwords) expect(password).toMatch(/^[^\W_0O1lI2Z5S8B]{16}$/);
    expect(one.notes.pin).toMatch(/^\d{6}$/);
  });
});

describe('opening the settings of a folder', () => {
  it('makes the first ones once, with notes that fit', async () => {
    const { settings } = await openSettings(folder, 'en', 'gb');
    expect((await openSettings(folder, 'de', 'us')).settings).toEqual(settings);
    const notes = await readDemoNotes(folder, settings);
    expect(Object.keys(notes?.passwords ?? {})).toEqual(['100', '101', '102', '103']);
    expect((await stat(dataFile(folder, 'demo'))).mode & 0o777).toBe(0o600);
    expect(await readFile(dataFile(folder, 'settings'), 'utf8')).not.toContain(`"${notes?.pin}"`);
  });

  it('shows no password that the admin chose, and nothing once the PIN is another one', async () => {
    const file = await openSettings(folder, 'en', 'gb');
    await file.update((settings) => ({
      ...settings,
      extensions: settings.extensions.map((entry) =>
        entry.number === '101' ? { ...entry, password: 'my own password' } : entry,
      ),
    }));
    expect(Object.keys((await readDemoNotes(folder, file.settings))?.passwords ?? {})).toEqual(['100', '102', '103']);
    await file.update((settings) => ({
      ...settings,
      extensions: settings.extensions.map((entry) => ({ ...entry, pin: null })),
    }));
    expect(await readDemoNotes(folder, file.settings)).toBeNull();
  });
});
