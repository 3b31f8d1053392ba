import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { changeText } from '../../../src/admin/audit/audit-texts.js';
import { namesIn } from '../../../src/locales/settings-change.js';
import { hasText } from '../../../src/locales/text.js';
import { settingsDiff } from '../../../src/store/settings/settings-diff.js';
import { type Settings, settingsSchema } from '../../../src/store/settings/settings-schema.js';
import { sampleSettings } from '../store/settings/sample-settings.js';

const settings = sampleSettings();
const [lead, anna] = settings.extensions;

/** What is read of a change, with the names of the settings after it. */
function read(change: (all: Settings) => unknown, language: 'de' | 'en' = 'en'): readonly string[] {
  const after = settingsSchema.parse(change(settings));
  return settingsDiff(settings, after).map((each) => changeText(each, language, namesIn(after)));
}

describe('a change of the settings in words and names', () => {
  test('says what was and what is', () => {
    expect(read((all) => ({ ...all, ringSeconds: 45 }))).toEqual(['Seconds to ring: 30, now 45']);
    expect(read((all) => ({ ...all, ringSeconds: 45 }), 'de')).toEqual(['Klingeldauer in Sekunden: 30, jetzt 45']);
    expect(read((all) => ({ ...all, country: 'gb' }))).toEqual(['Country: Germany, now United Kingdom']);
    expect(read((all) => ({ ...all, sip: { ...all.sip, realm: 'office' } }))).toEqual([
      'SIP, Realm: modcall, now office',
    ]);
  });

  test('has words for what stands as a key in the file', () => {
    const [support] = settings.profiles;
    const change = (all: Settings) => ({ ...all, profiles: [{ ...support, encryptedCalls: 'anyLine' }] });
    expect(read(change)).toEqual([
      'Profile Support, Encrypted calls: only on a protected line of the moderator, now on any line, in clear as well',
    ]);
    const extensions = [{ ...lead, encryption: 'offered' }, ...settings.extensions.slice(1)];
    const inGerman = read((all) => ({ ...all, sip: { ...all.sip, transports: ['udp', 'tls'] }, extensions }), 'de');
    expect(inGerman.at(-1)).toBe('Nebenstelle 100 Lead, Verschlüsselung des Tons: aus, jetzt angeboten');
  });

  test('names whoever it is about', () => {
    const extensions = [lead, { ...anna, consents: false }, settings.extensions[2]];
    expect(read((all) => ({ ...all, extensions }))).toEqual(['Extension 101 Anna, Agreed: yes, now no']);
    const groups = settings.groups.map((group) => (group.id === 'support' ? { ...group, members: ['100'] } : group));
    expect(read((all) => ({ ...all, groups }))).toEqual([
      'Group Support, Members: now also 100 Lead; no longer 101 Anna, 102 Ben',
    ]);
    const profiles = settings.profiles.map((profile, at) => (at === 0 ? { ...profile, members: 'leads' } : profile));
    expect(read((all) => ({ ...all, profiles }))[0]).toMatch(/^Profile .+, Members: Support, now Leads$/);
  });

  test('tells of what is new and what is gone by what it is, without what is empty', () => {
    const nina = { number: '150', name: 'Nina', password: 'a long password 9' };
    expect(read((all) => ({ ...all, extensions: [...all.extensions, nina] }))).toEqual([
      'Extension 150 Nina: new: Name: Nina, Encryption of sound: off, Agreed: no',
    ]);
    expect(read((all) => ({ ...all, trunks: all.trunks.slice(0, 2) }))).toEqual([
      expect.stringMatching(/^Trunk Exchange: removed: kind: exchange line, Name: Exchange, Prefix: 8/),
    ]);
  });

  test('tells of a secret only that it changed, and of another order both orders', () => {
    const extensions = settings.extensions.with(1, {
      ...settings.extensions[1],
      password: 'another password',
    } as never);
    expect(read((all) => ({ ...all, extensions }))).toEqual(['Extension 101 Anna, Password: changed; it is secret']);
    expect(read((all) => ({ ...all, sip: { ...all.sip, digest: ['SHA-256', 'MD5'] } }))).toEqual([
      'SIP, How passwords are proven: MD5, SHA-256, now SHA-256, MD5',
    ]);
  });
});

/** Every key of the settings, wherever it stands. */
function keysIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, ...others } = schema as { readonly properties?: object };
  return [
    ...Object.keys(properties),
    ...Object.values(properties).flatMap(keysIn),
    ...Object.values(others).flatMap(keysIn),
  ];
}

test('there is a word for every key of the settings', () => {
  const keys = new Set(keysIn(z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' })));
  expect([...keys].filter((key) => !hasText(`page.setting.name.${key}`))).toEqual([]);
});
