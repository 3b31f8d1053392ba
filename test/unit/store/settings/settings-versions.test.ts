import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { pathText } from '../../../../src/store/files/file-faults.js';
import { readSettings, settingsFaults } from '../../../../src/store/settings/settings-file.js';
import { currentVersion } from '../../../../src/store/settings/settings-schema.js';
import { type Migration, understood } from '../../../../src/store/settings/settings-versions.js';
import { sampleFile, sampleSettings } from './sample-settings.js';

const folder = new URL('./versions/', import.meta.url);
const fileOf = (version: number) => readFile(new URL(`settings-${version}.json`, folder), 'utf8');

describe('a settings file', () => {
  test('of every version that there was is kept here, as that version wrote it', async () => {
    const every = Array.from({ length: currentVersion }, (_, index) => `settings-${index + 1}.json`);
    expect((await readdir(folder)).sort()).toEqual(every);
  });

  test.each(Array.from({ length: currentVersion }, (_, index) => index + 1))(
    'of version %s says the same to this Modcall',
    async (version) => {
      expect(readSettings('settings.json', await fileOf(version))).toEqual({
        settings: sampleSettings(),
        newerKeys: [],
      });
    },
  );
});

describe('the way forward', () => {
  const steps: readonly Migration[] = [
    (raw) => ({ ...raw, version: 2, ringTime: raw.ringSeconds }),
    ({ ringTime, ...raw }) => ({ ...raw, version: 3, ring: { seconds: ringTime } }),
  ];

  test('goes through every version between', () => {
    expect(understood({ version: 1, ringSeconds: 7 }, steps, 3).raw).toMatchObject({
      version: 3,
      ring: { seconds: 7 },
    });
    expect(understood({ version: 2, ringTime: 8 }, steps, 3).raw).toMatchObject({ version: 3, ring: { seconds: 8 } });
    expect(understood({ version: 3, ring: 9 }, steps, 3).raw).toEqual({ version: 3, ring: 9 });
  });

  test('is not taken with what is not a settings file at all', () => {
    for (const raw of [null, [], 7, {}, { version: '1' }, { version: 0 }])
      expect(understood(raw, steps, 3)).toEqual({ raw, newerKeys: [], fault: null });
  });
});

/** As the next version might write it: `more` stands wherever there are keys. */
function ofNextVersion(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ofNextVersion);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([key, each]) => [key, key === 'inbound' ? each : ofNextVersion(each)]);
  return { ...Object.fromEntries(inner), more: { than: 'this version knows' } };
}

describe('the way back', () => {
  const next = currentVersion + 1;
  const read = (raw: object) => readSettings('settings.json', JSON.stringify({ ...raw, version: next }));

  test('leaves out what the next version added, names it, and listens to nobody meanwhile', () => {
    const { settings, newerKeys } = read(Object(ofNextVersion(sampleSettings())));
    const sample = sampleSettings();
    const profiles = sample.profiles.map((profile) => ({ ...profile, enabled: false }));
    expect(settings).toEqual({ ...sample, profiles });
    expect(newerKeys.map(pathText)).toEqual(
      expect.arrayContaining([
        'more',
        'sip.more',
        'extensions[0].more',
        'profiles[0].notice.member.more',
        'trunks[2].more',
      ]),
    );
    expect(settingsFaults(settings)).toEqual([]);
  });

  test.each(['sip', 'trunks', 'analogPhones', 'log', 'remoteLog', 'web', 'updateChannel'] as const)(
    'leaves the profiles on if nothing but %s has more, which permits nothing',
    (section) => {
      const sample = {
        ...sampleSettings(),
        remoteLog: { host: 'log.example', port: 6514, authorities: null, level: 'info' as const },
        web: { address: '0.0.0.0', port: 8443, encrypted: true, plainPort: null, names: [] },
        updateChannel: { address: 'https://example.com/modcall', channel: 'stable' as const },
      };
      const { settings, newerKeys } = read({ ...sample, [section]: ofNextVersion(sample[section]) });
      expect(settings).toEqual(sample);
      expect(newerKeys.length).toBeGreaterThan(0);
    },
  );

  test('leads back no further than one version, nor past a value that this one does not know', () => {
    const text = (raw: object) => JSON.stringify({ ...sampleFile(), ...raw });
    expect(() => readSettings('settings.json', text({ version: next + 1 }))).toThrow('settings.invalid');
    expect(() => readSettings('settings.json', text({ version: next, country: 'fr' }))).toThrow('settings.invalid');
  });
});
