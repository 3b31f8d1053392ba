import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Encryption } from '../../../src/primitives/encryption.js';
import { modelFacts, phoneModels } from '../../../src/primitives/phone-models.js';
import { configurationName, configurationOf } from '../../../src/provisioning/configuration.js';
import type { Phone, PhoneOffice } from '../../../src/provisioning/phone.js';
import { timeZoneOf } from '../../../src/provisioning/time-zone.js';
import { textsOf, valuesIn, xmlIn } from './read-file.js';
import { adapter, app, deskPhone, office } from './sample-phones.js';

const samples: readonly Phone[] = [
  ...(['yealink', 'snom', 'grandstream'] as const).map(deskPhone),
  ...(['grandstream-ht', 'cisco-ata'] as const).map(adapter),
  app,
];
const read = (text: string) => (text.startsWith('<?xml') ? xmlIn(text) : valuesIn(text));
const contentOf = (phone: Phone, of: PhoneOffice = office) => configurationOf(phone, of).content;
const golden = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');

describe('the configuration of a phone', () => {
  it.each(samples)('says to a $model what its maker documents', (phone) => {
    const { content, contentType } = configurationOf(phone, office);
    const end = contentType === 'text/plain' ? 'cfg' : 'xml';
    expect(read(content)).toEqual(read(golden(`${phone.model}.${end}`)));
  });

  it('begins for a Yealink with the line without which the rest is ignored', () => {
    expect(contentOf(deskPhone('yealink')).split('\n')[0]).toBe('#!version:1.0.0.1');
  });

  it('is there for every model, by the name that its maker asks for', () => {
    expect(samples.map(({ model }) => model).toSorted()).toEqual([...phoneModels].toSorted());
    expect(phoneModels.map((model) => configurationName(model, '001565aabbcc'))).toEqual([
      '001565aabbcc.cfg',
      '001565aabbcc.xml',
      'cfg001565aabbcc.xml',
      'cfg001565aabbcc.xml',
      '001565aabbcc.xml',
      '001565aabbcc.xml',
    ]);
  });

  it('goes by TCP where the box listens to nothing else', () => {
    const byTcp = { ...office, transport: 'tcp' } as const;
    for (const phone of samples) expect(contentOf(phone, byTcp)).not.toEqual(contentOf(phone));
    expect(textsOf(xmlIn(contentOf(deskPhone('snom'), byTcp)), 'user_outbound')[0]).toBe('pbx.example.com:5062;tcp');
    expect(textsOf(xmlIn(contentOf(adapter('grandstream-ht'), byTcp)), 'P130')).toEqual(['1']);
  });

  describe.each<[Encryption, string, Readonly<Record<string, string>>]>([
    ['offered', '1', { user_srtp: 'on', user_savp: 'off', mandatory: '0' }],
    ['required', '2', { user_srtp: 'on', user_savp: 'mandatory', mandatory: '1' }],
  ])('of an extension whose sound is encrypted: %s', (encryption, mode, { mandatory = '', ...ofSnom }) => {
    const encrypted = (phone: Phone): Phone => ({
      ...phone,
      lines: phone.lines.map((line, index) => (index === 0 ? { ...line, encryption } : line)),
    });

    it('says so, and goes over TLS for that extension', () => {
      const values = new Map(valuesIn(contentOf(encrypted(deskPhone('yealink')))));
      const told = ['sip_server.1.port', 'sip_server.1.transport_type', 'srtp_encryption'];
      expect(told.map((key) => values.get(`account.1.${key}`))).toEqual(['5063', '2', mode]);
      expect(told.map((key) => values.get(`account.2.${key}`))).toEqual(['5062', '0', '0']);
      const snom = xmlIn(contentOf(encrypted(deskPhone('snom'))));
      expect(textsOf(snom, 'user_outbound')).toEqual(['pbx.example.com:5063;tls', 'pbx.example.com:5062;udp']);
      for (const [key, value] of Object.entries(ofSnom)) expect(textsOf(snom, key)).toEqual([value, 'off']);
      const linphone = xmlIn(contentOf(encrypted(app)));
      expect(textsOf(linphone, 'entry', { name: 'reg_proxy' })).toEqual(['<sip:pbx.example.com:5063;transport=tls>']);
      expect(textsOf(linphone, 'entry', { name: 'media_encryption' })).toEqual(['srtp']);
      expect(textsOf(linphone, 'entry', { name: 'media_encryption_mandatory' })).toEqual([mandatory]);
    });

    it('is as without where the box does not listen over TLS', () => {
      for (const phone of samples)
        expect(contentOf(encrypted(phone), { ...office, tlsPort: null })).toEqual(contentOf(phone));
    });
  });

  it('leaves the time of the phone alone where the zone is not known', () => {
    for (const phone of samples)
      expect(contentOf(phone, { ...office, timeZone: null })).not.toMatch(/time_?zone|utc_offset|<P64>/i);
  });

  it('gives a dial tone at an adapter without a number to call', () => {
    const silent = { ...adapter('cisco-ata'), hotline: null };
    expect(textsOf(xmlIn(contentOf(silent)), 'Dial_Plan_1_')).toEqual(['(*xx.|xx.)']);
    const other = { ...adapter('grandstream-ht'), hotline: null };
    expect(textsOf(xmlIn(contentOf(other)), 'P71')).toEqual(['']);
  });

  it('lets lifting call a number at the first telephone of an adapter only', () => {
    const both = { ...adapter('grandstream-ht'), lines: deskPhone('yealink').lines };
    const xml = xmlIn(contentOf(both));
    expect([textsOf(xml, 'P71'), textsOf(xml, 'P771'), textsOf(xml, 'P735')]).toEqual([['*55'], [''], ['110']]);
  });

  it('switches off every account that the phone may have had', () => {
    const values = new Map(valuesIn(contentOf(deskPhone('yealink'))));
    const accounts = Array.from({ length: modelFacts.yealink.lines }, (_, index) =>
      values.get(`account.${index + 1}.enable`),
    );
    expect(accounts).toEqual(['1', '1', ...Array.from({ length: 14 }, () => '0')]);
  });
});

const hostile = [
  `"><evil a='1'/>&amp;<!--`,
  ']]></config><x/>',
  'two\nlines\r\naccount.1.enable = 0',
  'a\u2028b\u0085c\u0000d',
  '\ud800 half a sign',
  '%NULL%',
  '" <sip:evil@example.com>',
];

describe.each(hostile)('a name such as %j', (name) => {
  const written = (phone: Phone): Phone => ({
    ...phone,
    lines: phone.lines.map((line) => ({ ...line, name, password: name })),
    buttons: phone.buttons.map((button) => ({ ...button, label: name })),
  });

  it.each(samples)('changes nothing else in the file of a $model', (phone) => {
    const content = contentOf(written(phone));
    const shape = (text: string) => (phone.model === 'yealink' ? keysOf(text) : elementsIn(xmlIn(text)));
    expect(shape(content)).toEqual(shape(contentOf(phone)));
    expect(content).not.toContain('\u0000');
  });
});

it('a name with quotation marks stays within those of the address in Linphone', () => {
  const lines = [{ number: '101', name: 'A "B" \\ C', password: 'correct horse 101', encryption: 'off' as const }];
  const identity = textsOf(xmlIn(contentOf({ ...app, lines })), 'entry', { name: 'reg_identity' });
  expect(identity).toEqual(['"A \\"B\\" \\\\ C" <sip:101@pbx.example.com>']);
});

const keysOf = (text: string) => valuesIn(text).map(([key]) => key);

/** The elements and their attributes but for labels, without their texts. */
function elementsIn(xml: unknown): unknown {
  if (Array.isArray(xml)) return xml.map(elementsIn);
  if (typeof xml !== 'object' || xml === null) return null;
  return Object.fromEntries(
    Object.entries(xml).map(([key, inner]) => [key, key === '@_label' ? '' : elementsIn(inner)]),
  );
}

describe('a time zone', () => {
  it.each([
    [
      'CET-1CEST,M3.5.0,M10.5.0/3',
      60,
      { month: 3, week: 5, weekday: 0, hour: 2 },
      { month: 10, week: 5, weekday: 0, hour: 3 },
    ],
    [
      'GMT0BST,M3.5.0/1,M10.5.0',
      0,
      { month: 3, week: 5, weekday: 0, hour: 1 },
      { month: 10, week: 5, weekday: 0, hour: 2 },
    ],
    [
      'EST5EDT,M3.2.0,M11.1.0',
      -300,
      { month: 3, week: 2, weekday: 0, hour: 2 },
      { month: 11, week: 1, weekday: 0, hour: 2 },
    ],
  ])('%s is read as the rule that it is', (posix, offsetMinutes, begins, ends) => {
    expect(timeZoneOf(posix)).toEqual({ posix, offsetMinutes, saving: { begins, ends } });
  });

  it.each([
    ['UTC0', 0],
    ['IST-5:30', 330],
    ['<-03>3', -180],
  ])('%s never changes its clocks', (posix, offsetMinutes) => {
    expect(timeZoneOf(posix)).toEqual({ posix, offsetMinutes, saving: null });
  });

  it.each(['', 'Europe/Berlin', 'CET-1CEST', 'WET0WEST,J60,J300', 'CET-1CEST,M3.5.0,M10.5.0/3\nx'])(
    '%j is none that phones can follow',
    (posix) => expect(timeZoneOf(posix)).toBeNull(),
  );

  it('is told to phones west of Greenwich with its sign', () => {
    const west = { ...office, timeZone: timeZoneOf('EST5EDT,M3.2.0,M11.1.0') };
    expect(textsOf(xmlIn(contentOf(deskPhone('snom'), west)), 'utc_offset')).toEqual(['-18000']);
    expect(valuesIn(contentOf(deskPhone('yealink'), west))).toContainEqual(['local_time.time_zone', '-5']);
    const half = { ...office, timeZone: timeZoneOf('IST-5:30') };
    expect(valuesIn(contentOf(deskPhone('yealink'), half))).toContainEqual(['local_time.time_zone', '+5:30']);
  });
});
