import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemText } from '../../../../src/locales/problem-text.js';
import { closest } from '../../../../src/store/files/file-faults.js';
import { SettingsError } from '../../../../src/store/settings/settings-faults.js';
import { parseSettings } from '../../../../src/store/settings/settings-file.js';
import { sampleFile } from './sample-settings.js';

type Raw = Record<string, unknown>;

/** The report on a file, in English. */
function reportOn(text: string, language: 'de' | 'en' = 'en'): string {
  try {
    parseSettings('settings.json', text);
  } catch (error) {
    if (error instanceof SettingsError) return problemText(language, error);
    throw error;
  }
  return 'valid';
}

/** The report on the sample after setting the value at a path such as `extensions.1.password`. */
function reportWith(path: string, value: unknown): string {
  const file: Raw = JSON.parse(JSON.stringify(sampleFile()));
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const place = steps.reduce<Raw>((inner, step) => {
    const next = inner[step] ?? {};
    inner[step] = next;
    return next as Raw;
  }, file);
  place[last] = value;
  return reportOn(JSON.stringify(file));
}

const hash = (salt: string, pin: string) => `$scrypt$ln=14,r=8,p=1$${salt.repeat(22)}$${pin.repeat(43)}`;

describe('a wrong settings file', () => {
  it('is none whose page is in clear on this machine alone', () => {
    expect(reportWith('web', { address: '127.0.0.1', encrypted: false })).toBe('valid');
  });

  it('is none with a number that is older than the code for help', () => {
    expect([reportWith('profiles.0.service', '*9'), reportWith('groups.1.number', '*9')]).toEqual(['valid', 'valid']);
  });

  it('is not the sample', () => {
    expect(reportOn(JSON.stringify(sampleFile()))).toBe('valid');
  });

  it.each<[string, unknown, string]>([
    ['version', 3, 'version = 3\n    was written by a newer Modcall; this one knows versions up to 1'],
    ['version', 0, 'version = 0\n    is not a version'],
    ['version', '1', 'version = "1"\n    is not a version'],
    ['version', undefined, 'version\n    is missing\n    Remedy: Write "version": 1.'],
    ['language', 'fr', 'language = "fr"\n    is not a language of Modcall\n    Remedy: Write "de" or "en".'],
    ['country', 'fr', 'country = "fr"\n    is not a country'],
    ['sip.address', '1.2.3', 'sip.address = "1.2.3"\n    is not an IPv4 address'],
    ['sip.port', 70000, 'sip.port = 70000\n    is not a port number'],
    ['sip.port', '5060', 'sip.port = "5060"\n    is not a port number'],
    ['sip.transports', [], 'sip.transports = […]\n    does not name a transport'],
    ['sip.transports', ['udp', 'udp'], 'sip.transports[1] = "udp"\n    is the same as sip.transports[0]'],
    ['sip.digest', [], 'sip.digest = […]\n    does not name a digest algorithm'],
    ['sip.digest', ['SHA-1'], 'sip.digest[0] = "SHA-1"\n    does not name a digest algorithm'],
    ['web.encrypted', false, 'web.encrypted = false\n    would send passwords over the network unencrypted'],
    ['webhooks.0.url', 'ftp://crm.example.com/', 'is not an address for webhooks'],
    [
      'webhooks.0.url',
      'https://me:secret@crm.example.com/',
      'webhooks[0].url = (hidden)\n    is not an address for webhooks',
    ],
    ['webhooks.0.url', 'crm.example.com', 'is not an address for webhooks'],
    ['webhooks.0.url', 'https://127.1/', 'leads to the box itself, not to the network'],
    ['webhooks.0.url', 'http://[::ffff:127.0.0.1]:80/', 'leads to the box itself, not to the network'],
    ['webhooks.0.url', 'http://169.254.169.254/latest', 'leads to the box itself, not to the network'],
    ['webhooks.0.url', 'http://crm.localhost/', 'leads to the box itself, not to the network'],
    ['webhooks.0.place', 'cloud', 'webhooks[0].place = "cloud"\n    is no place'],
    ['webhooks.0.events', [], 'is not a kind of events for webhooks'],
    ['webhooks.0.events', ['log'], 'webhooks[0].events[0] = "log"\n    is not a kind of events for webhooks'],
    ['webhooks.0.events', ['calls', 'calls'], 'is the same as webhooks[0].events[0]'],
    ['webhooks.0.secret', 'whsec_c2hvcnQ=', 'webhooks[0].secret = (hidden)\n    is not the key of a webhook'],
    ['webhooks', Array.from({ length: 17 }, () => ({})), 'are too many webhooks'],
    ['phones.0.id', '00:15:65:AA:BB:CC', 'phones[0].id = "00:15:65:AA:BB:CC"\n    does not identify a phone'],
    ['phones.0.id', '000b82aabbcc', 'is the same as phones[0].id'],
    ['phones.0.id', 'reception', 'phones[0].id = "reception"\n    is not a MAC address'],
    ['phones.0.model', 'nokia', 'is not a model that the box can configure'],
    ['phones.0.extensions', [], 'has no extension'],
    ['phones.0.extensions', ['999'], 'is not an extension'],
    ['phones.0.extensions', ['101', '101'], 'is the same as phones[0].extensions[0]'],
    ['phones.1.extensions', ['100', '101', '102'], 'has more extensions than a phone of this model can be'],
    ['phones.0.onLift', { kind: 'call', number: '*55' }, 'is for adapters only'],
    ['phones.1.buttons', [{ kind: 'blf', extension: '102' }], 'are keys that this model does not have'],
    ['phones.0.buttons.0.extension', '999', 'is not an extension'],
    ['phones.0.buttons.1.number', 'x', 'is not a number that a key can call'],
    ['phones.0.buttons.1.label', '<b>', 'is not a name'],
    ['phones.0.buttons.2.profile', 'nothing', 'is not a profile'],
    ['phones.0.buttons.0.kind', 'url', 'does not say what a key does'],
    ['phones.0.buttons', Array.from({ length: 41 }, () => ({ kind: 'blf', extension: '102' })), 'are too many keys'],
    ['phones.0.secret', 'guess', 'phones[0].secret = (hidden)\n    is not the secret of a phone'],
    ['phones.1.secret', 'A'.repeat(43), 'phones[1].secret = (hidden)\n    is the same as phones[0].secret'],
    ['phones', Array.from({ length: 1001 }, () => ({})), 'are too many phones'],
    ['provisioning.inClear', 'yes', 'provisioning.inClear = "yes"'],
    ['sip.digest', ['MD5', 'MD5'], 'sip.digest[1] = "MD5"\n    is the same as sip.digest[0]'],
    ['sip.realm', 'a"b', 'sip.realm = "a\\"b"\n    is not a realm'],
    ['privacyMinutes', 0, 'privacyMinutes = 0\n    is not a time for the privacy button'],
    ['privacyMinutes', 1441, 'privacyMinutes = 1441\n    is not a time for the privacy button'],
    ['updateChannel', { address: 'http://updates.example/' }, 'is not the address of a folder with updates'],
    ['updateChannel', { address: 'https://ada:x@updates.example/' }, 'is not the address of a folder with updates'],
    ['updateChannel', { address: 'https://updates.example/', channel: 'nightly' }, 'is not a channel of updates'],
    ['ringSeconds', 4, 'ringSeconds = 4\n    is not a ringing time'],
    ['extensions', { 101: {} }, 'extensions = {…}\n    is not a list'],
    ['extensions.1', 'anna', 'extensions[1] = (hidden)\n    is not a group of keys'],
    ['extensions.1.number', 101, 'extensions[1].number = 101\n    is not an extension number'],
    ['extensions.0.number', '10a', 'extensions[0].number = "10a"\n    is not an extension number'],
    ['groups.1.number', '102', 'groups[1].number = "102"\n    is the same as extensions[2].number'],
    ['extensions.1.password', 'short', 'extensions[1].password = (hidden)\n    is not a usable password'],
    ['extensions.1.pin', '4711', 'extensions[1].pin = (hidden)\n    is not the hash of a PIN'],
    ['extensions.1.consents', 'yes', 'extensions[1].consents = "yes"\n    is neither true nor false'],
    [
      'extensions.1.pasword',
      'geheim',
      'extensions[1].pasword = (hidden)\n    is not a setting\n    Remedy: Did you mean "password"?',
    ],
    ['extensions.1.colour', 'red', 'extensions[1].colour = (hidden)\n    is not a setting\n    Remedy: Remove it.'],
    ['profils', [], 'profils = (hidden)\n    is not a setting\n    Remedy: Did you mean "profiles"?'],
    ['groups.0.id', 'Leads', 'groups[0].id = "Leads"\n    is not an identifier'],
    ['groups.0.members', ['999'], 'groups[0].members[0] = "999"\n    is not an extension'],
    ['groups.1.number', '101', 'groups[1].number = "101"\n    is the same as extensions[1].number'],
    ['groups.1.number', '112', 'groups[1].number = "112"\n    would catch the emergency number 112'],
    ['groups.1.number', '0110', 'groups[1].number = "0110"\n    would catch the emergency number 110'],
    ['groups.1.number', '0200', 'groups[1].number = "0200"\n    begins with the prefix of a trunk, "0"'],
    ['trunks.0.kind', 'other', 'trunks[0].kind = "other"\n    is not a kind of trunk'],
    ['trunks.0.password', '', 'trunks[0].password = (hidden)\n    is not a password'],
    [
      'extensions.1.encryption',
      'srtp',
      'extensions[1].encryption = "srtp"\n    does not say whether sound is encrypted',
    ],
    ['extensions.1.encryption', 'required', 'would let no call through: nothing can be encrypted while phones cannot'],
    ['trunks.0.encryption', true, 'trunks[0].encryption = true\n    does not say whether sound is encrypted'],
    ['trunks.0.encryption', 'required', 'would let no call through: without TLS, others could read the keys'],
    ['trunks.0.trusted', 1, 'trunks[0].trusted = 1\n    is neither true nor false'],
    ['trunks.0.identity', 'pai', 'trunks[0].identity = "pai"\n    does not say where the number of who calls is told'],
    ['trunks.2.identity', 'from', 'trunks[2].identity = (hidden)\n    is not a setting'],
    ['trunks.0.diversion', 'yes', 'trunks[0].diversion = "yes"\n    does not name a way to tell who has forwarded'],
    ['trunks.0.host', 'sip example', 'trunks[0].host = "sip example"\n    is neither a host name nor an IP address'],
    ['trunks.0.inbound', { phone: '101' }, 'trunks[0].inbound = {…}\n    does not say who is to ring'],
    ['trunks.0.inbound', { group: 'sales' }, 'trunks[0].inbound.group = "sales"\n    is not a group'],
    ['trunks.1.inbound', { extension: '900' }, 'trunks[1].inbound.extension = "900"\n    is not an extension'],
    ['trunks.1.addresses', ['pbx'], 'trunks[1].addresses[0] = "pbx"\n    is not an IP address'],
    ['trunks.1.id', 'provider', 'trunks[1].id = "provider"\n    is the same as trunks[0].id'],
    ['trunks.2.fxo', 'Line 1', 'trunks[2].fxo = "Line 1"\n    is not a port of a board'],
    ['trunks.2.fxo', 'phone1', 'trunks[2].fxo = "phone1"\n    is the same as analogPhones[1].fxs'],
    ['trunks.2.host', 'pbx', 'trunks[2].host = (hidden)\n    is not a setting'],
    ['analogPhones.0.extension', '999', 'analogPhones[0].extension = "999"\n    is not an extension'],
    ['analogPhones.1.fxs', 'handset', 'analogPhones[1].fxs = "handset"\n    is the same as analogPhones[0].fxs'],
    ['analogPhones.0.onLift', { kind: 'sing' }, 'analogPhones[0].onLift.kind = "sing"\n    does not say what lifting'],
    ['analogPhones.0.onLift.number', 'x', 'analogPhones[0].onLift.number = "x"\n    is not an internal number'],
    ['profiles.0.service', '55a', 'profiles[0].service = "55a"\n    is not an internal number'],
    ['profiles.0.service', '101', 'profiles[0].service = "101"\n    is the same as extensions[1].number'],
    ['profiles.0.service', '*8', 'profiles[0].service = "*8"\n    is a code that can be dialled at any telephone'],
    ['profiles.0.service', '*1', '  Remedy: Choose another number: *1, ***1, *8, *00 to *09'],
    ['profiles.0.external.trunk', 'isp', 'profiles[0].external.trunk = "isp"\n    is not a trunk'],
    ['profiles.0.moderators', 'bosses', 'profiles[0].moderators = "bosses"\n    is not a group'],
    [
      'profiles.0.interventions',
      ['spy'],
      'profiles[0].interventions[0] = "spy"\n    is not something a moderator can do',
    ],
    ['profiles.0.notice', undefined, 'profiles[0].notice\n    is missing'],
    [
      'profiles.0.notice.other',
      { kind: 'beep' },
      'profiles[0].notice.other.kind = "beep"\n    is not a kind of notice',
    ],
    [
      'profiles.0.notice.member.seconds',
      1,
      'profiles[0].notice.member.seconds = 1\n    is not a time between notice tones',
    ],
    ['profiles.0.encryptedCalls', 'never', 'does not say on which lines encrypted calls are listened to'],
    ['profiles.0.stereo', 'yes', 'profiles[0].stereo = "yes"\n    is neither true nor false'],
    ['profiles.0.windows.0.days', ['Mo'], 'profiles[0].windows[0].days[0] = "Mo"\n    does not name a weekday'],
    ['profiles.0.windows.0.from', '8:00', 'profiles[0].windows[0].from = "8:00"\n    is not a time of day'],
    ['profiles.0.windows.0.to', '07:59', 'profiles[0].windows[0].to = "07:59"\n    is not after the beginning, 08:00'],
    ['profiles.0.quota', 0, 'profiles[0].quota = 0\n    is not a quota'],
    ['exclusions.extensions', ['555'], 'exclusions.extensions[0] = "555"\n    is not an extension'],
    ['exclusions.numbers', ['12'], 'exclusions.numbers[0] = "12"\n    is not a number that can be excluded'],
    ['limits.perCall', 0, 'limits.perCall = 0\n    is not a number of moderators'],
    ['log.level', 'loud', 'log.level = "loud"\n    is not a log level'],
  ])('with %s = %j says where, what, why and how to mend it', (path, value, expected) => {
    const report = reportWith(path, value);
    expect(report).toContain(`  ${expected}`);
    expect(report).toMatch(/^The settings in settings\.json are not valid \(one mistake\)\./);
    expect(report.match(/Remedy: ./g)).toHaveLength(1);
  });

  it('lists every mistake at once', () => {
    const file = { ...sampleFile(), language: 'fr', country: 'fr', colour: 1 };
    expect(reportOn(JSON.stringify(file))).toContain('(3 mistakes)');
  });

  it('lists mistakes of shape together with those that only cross-checks show', () => {
    const { extensions, groups, profiles, ...file } = sampleFile();
    const report = reportOn(
      JSON.stringify({
        ...file,
        ringSeconds: 1,
        extensions: [...extensions, { ...extensions[1], password: 'short' }],
        groups: [...groups, { id: 'sales', name: '', number: '112', members: ['101', '999', '101'] }],
        profiles: profiles.map((profile) => ({
          ...profile,
          moderators: 'bosses',
          external: { trunk: 'isp', number: 1 },
        })),
      }),
    );
    expect(report).toContain('(10 mistakes)');
    for (const place of [
      'ringSeconds = 1\n',
      'extensions[3].password = (hidden)\n',
      'groups[2].name = ""\n',
      'profiles[0].external.number = 1\n',
      'extensions[3].number = "101"\n    is the same as extensions[1].number',
      'groups[2].members[2] = "101"\n    is the same as groups[2].members[0]',
      'groups[2].members[1] = "999"\n    is not an extension',
      'profiles[0].moderators = "bosses"\n    is not a group',
      'profiles[0].external.trunk = "isp"\n    is not a trunk',
      'groups[2].number = "112"\n    would catch the emergency number 112',
    ])
      expect(report).toContain(`  ${place}`);
  });

  it.each<[string, object]>([
    ['an extension whose number is none', { extensions: [{ ...sampleFile().extensions[0], number: 100 }] }],
    ['an entry that is none', { extensions: [...sampleFile().extensions.slice(1), '100'] }],
    ['a list that is none', { extensions: { 100: {} } }],
    ['a misspelt list', { extensions: undefined, extensoins: [] }],
    ['a trunk of no kind', { trunks: [{ ...sampleFile().trunks[0], kind: 'x', prefix: '1' }] }],
    [
      'a country that is none',
      { country: 'xx', groups: [...sampleFile().groups, { id: 'a', name: 'A', number: '110', members: [] }] },
    ],
  ])('reports %s, and not what refers to it', (_, change) => {
    expect(reportOn(JSON.stringify({ ...sampleFile(), ...change }))).toContain('(one mistake)');
  });

  it('speaks German', () => {
    expect(reportOn(JSON.stringify({ ...sampleFile(), ringSeconds: 1 }), 'de')).toBe(
      'Die Einstellungen in settings.json sind nicht gültig (ein Fehler).\n' +
        '  ringSeconds = 1\n    ist keine Klingeldauer\n    Abhilfe: Schreiben Sie 5 bis 180 (Sekunden), ohne Anführungszeichen.',
    );
  });

  it('names the keys of a group that is missing', () => {
    const { notice: _, ...rest } = sampleFile().profiles[0] ?? {};
    expect(reportOn(JSON.stringify({ ...sampleFile(), profiles: [rest] }))).toContain(
      '  profiles[0].notice\n    is missing\n    Remedy: Write { … } with what belongs here: "member" and "other".',
    );
  });

  it('finds the same PIN twice and PINs of another box', () => {
    const file = sampleFile();
    const extensions = file.extensions.map((entry, index) => ({
      ...entry,
      pin: [hash('a', 'x'), hash('a', 'x'), hash('b', 'y')][index],
    }));
    const report = reportOn(JSON.stringify({ ...file, extensions }));
    expect(report).toContain('extensions[1].pin = (hidden)\n    is the same PIN as extensions[0].pin');
    expect(report).toContain('extensions[2].pin = (hidden)\n    was made on another box than extensions[0].pin');
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'is empty\n    Remedy: Put an earlier version'],
    ['nothing but white space', ' \n\t', 'is empty\n    Remedy: Put an earlier version'],
    ['zeroes, as after a power cut', '\0\0\0', 'is empty\n    Remedy: Put an earlier version'],
    ['a missing comma', '{\n  "version": 1\n  "language": "de"\n}', 'line 3, column 3'],
    ['a surplus comma', '{\n  "version": 1,\n}', 'line 3, column 1'],
    ['a comment', '{\n  // version\n}', 'line 2, column 3'],
    ['an open text', '{ "version": "1 }', 'line 1, column 14'],
    ['an open bracket', '{ "extensions": [', 'line 1, column 18'],
    ['something behind the end', '{} {}', 'line 1, column 4'],
    ['a key twice', '{\n  "version": 1,\n  "version": 1\n}', 'has the key "version" twice in one group: line 3'],
  ])('of broken JSON with %s names the place', (_what, text, expected) => {
    expect(reportOn(text)).toContain(expected);
  });

  it('never shows a secret, whatever is wrong with the file', () => {
    const secret = 'TopSecret-0123456789';
    const damage = fc.record({
      at: fc.nat(),
      drop: fc.integer({ min: 0, max: 4 }),
      add: fc.constantFrom('', '"', ',', '}', '7', ':'),
    });
    fc.assert(
      fc.property(damage, ({ at, drop, add }) => {
        const file = sampleFile();
        const text = JSON.stringify({
          ...file,
          extensions: file.extensions.map((entry) => ({ ...entry, password: secret })),
        });
        const where = at % text.length;
        const report = reportOn(text.slice(0, where) + add + text.slice(where + drop));
        expect(report).not.toContain('TopSecret');
      }),
      { numRuns: 500 },
    );
  });

  it('only ever leads to a report: no input makes the check itself fail', () => {
    const reported = (text: string) => {
      expect(reportOn(text)).toMatch(/^The settings/);
    };
    fc.assert(fc.property(fc.json({ maxDepth: 4 }), reported));
    fc.assert(fc.property(fc.string(), reported));
    expect(reportOn('['.repeat(100_000))).toContain('line 1');
    expect(reportOn('{"__proto__": {"language": "de"}}')).toContain('__proto__');
  });
});

describe('the suggestion for a misspelt key', () => {
  it.each([
    ['pasword', 'password'],
    ['Number', 'number'],
    ['nmae', 'name'],
    ['xyz', undefined],
    ['na', undefined],
  ])('of %s is %s', (word, expected) => {
    expect(closest(word, ['number', 'name', 'password'])).toBe(expected);
  });
});
