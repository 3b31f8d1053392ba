import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhoneFiles, type PhonePlace } from '../../../../src/admin/phones/phone-files.js';
import { timeZoneOf } from '../../../../src/provisioning/time-zone.js';
import { PhoneFetches } from '../../../../src/store/phones/phone-fetches.js';
import { type Settings, settingsSchema } from '../../../../src/store/settings/settings-schema.js';
import { textsOf, valuesIn, xmlIn } from '../../provisioning/read-file.js';
import { sampleFile } from '../../store/settings/sample-settings.js';

const secret = 'A'.repeat(43);
const adapterSecret = 'B'.repeat(43);
const request = {
  ...{ secret, file: '001565aabbcc.cfg', source: '192.0.2.20', host: '192.0.2.1', isSecure: true },
  userAgent: 'Yealink SIP-T46S 66.86.0.15 00:15:65:aa:bb:cc',
};

const failed = (error: unknown): never => {
  throw error;
};

let folder: string;
let settings: Settings;
let fetches: PhoneFetches;
let now: number;
let facts: unknown[];
let events: unknown[];
let guesses: string[];
let files: PhoneFiles;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phones-'));
  const file = sampleFile();
  settings = settingsSchema.parse({
    ...file,
    phones: file.phones.map((phone) => ({ secret: adapterSecret, ...phone })),
  });
  fetches = await PhoneFetches.open(join(folder, 'fetches.json'), failed);
  [now, facts, events, guesses] = [1_000_000, [], [], []];
  files = new PhoneFiles(place());
});
afterEach(async () => {
  await fetches.written();
  await rm(folder, { recursive: true });
});

const place = (): PhonePlace => ({
  settings: {
    current: {
      get settings() {
        return settings;
      },
    },
  },
  facts: { sipPort: 5060, sipTlsPort: () => null, codecs: ['PCMA'], timeZone: timeZoneOf('UTC0') },
  fetches,
  clock: {
    get now() {
      return now;
    },
    wall: { time: Date.UTC(2026, 10, 29) },
  },
  record: (fact) => facts.push(fact),
  publish: (data) => events.push(data),
  onGuess: (source) => guesses.push(source),
});

const contentFor = (asked: Partial<typeof request> = {}): string => {
  const answer = files.answer({ ...request, ...asked });
  if (answer.kind !== 'file') throw new Error(answer.kind);
  return answer.content;
};

describe('a phone with its secret', () => {
  it('gets what it is to be: its extension, its keys, and the box as it reaches it', () => {
    const values = new Map(valuesIn(contentFor()));
    expect(Object.fromEntries(values)).toMatchObject({
      'account.1.user_name': '101',
      'account.1.display_name': 'Anna',
      'account.1.password': 'a long password 1',
      'account.1.sip_server.1.address': '192.0.2.1',
      'linekey.2.value': '102',
      'linekey.2.label': 'Ben',
      'linekey.3.label': 'Taxi',
      'linekey.4.value': '*55',
      'linekey.4.label': 'Support',
    });
  });

  it('calls the service number when the handset at an adapter is lifted', () => {
    const xml = xmlIn(contentFor({ secret: adapterSecret, file: 'cfg000b82aabbcc.xml' }));
    expect([textsOf(xml, 'P35'), textsOf(xml, 'P71')]).toEqual([['100'], ['*55']]);
  });

  it('is told the one address at which the box listens, whatever name it came by', () => {
    settings = { ...settings, sip: { ...settings.sip, address: '192.0.2.9' } };
    expect(contentFor()).toContain('sip_server.1.address = 192.0.2.9');
  });

  it('may write the name of its file in capitals', () => {
    expect(contentFor({ file: '001565AABBCC.cfg' })).toBe(contentFor());
  });

  it('is recorded when it gets something new, without a secret, and told to those who watch each time', () => {
    contentFor();
    contentFor();
    settings = { ...settings, language: 'de' };
    contentFor();
    const configured = {
      type: 'phoneConfigured',
      phone: '001565aabbcc',
      model: 'yealink',
      extensions: '101',
      source: '192.0.2.20',
    };
    expect(facts).toEqual([configured, configured]);
    expect(events).toMatchObject([{ isNew: true }, { isNew: false }, { isNew: true }]);
    expect(JSON.stringify([facts, events])).not.toMatch(/AAAA|a long password/);
  });

  it('is remembered beyond a restart, with what it says of itself as one line', async () => {
    contentFor({ userAgent: `Yealink\r\n${'x'.repeat(500)}` });
    await fetches.written();
    const again = await PhoneFetches.open(join(folder, 'fetches.json'), failed);
    expect(again.of('001565aabbcc')).toMatchObject({ at: '2026-11-29T00:00:00.000Z', address: '192.0.2.20' });
    expect(again.of('001565aabbcc')?.userAgent).toMatch(/^Yealink x{112}$/);
    expect(await readFile(join(folder, 'fetches.json'), 'utf8')).not.toMatch(/AAAA|a long password/);
  });

  it('is forgotten once it is gone from the settings', () => {
    contentFor();
    contentFor({ secret: adapterSecret, file: 'cfg000b82aabbcc.xml' });
    fetches.keep(new Set(['000b82aabbcc']));
    expect([fetches.of('001565aabbcc'), fetches.of('000b82aabbcc')]).toEqual([null, expect.anything()]);
  });

  it('is out of date as soon as it would get something else', () => {
    contentFor();
    const [phone] = settings.phones;
    const isOutdated = () => files.isOutdated(phone ?? expect.fail(), fetches.of('001565aabbcc') ?? expect.fail());
    expect(isOutdated()).toBe(false);
    settings = { ...settings, extensions: settings.extensions.map((each) => ({ ...each, name: `${each.name} X` })) };
    expect(isOutdated()).toBe(true);
  });
});

describe('nothing is told', () => {
  const nothing = { kind: 'nothing' };

  it.each([
    ['a wrong secret', { secret: 'C'.repeat(43) }],
    ['an empty one', { secret: '' }],
    ['the secret of another phone', { secret: adapterSecret }],
    ['the file of another phone', { file: 'cfg000b82aabbcc.xml' }],
    ['a file of the maker', { file: 'y000000000028.cfg' }],
    ['an unknown MAC address', { file: '001565000000.cfg' }],
    ['a name that is none', { file: '__proto__' }],
  ])('to %s', (_, asked) => {
    expect(files.answer({ ...request, ...asked })).toEqual(nothing);
    expect([facts, events]).toEqual([[], []]);
  });

  it('to a phone whose secret was revoked', () => {
    settings = { ...settings, phones: settings.phones.map((phone) => ({ ...phone, secret: null })) };
    expect(files.answer(request)).toEqual(nothing);
    expect(files.guesses).toBe(1);
  });

  it('in clear, unless the settings allow that or it stays on this machine; the secret is not even looked at', () => {
    expect(files.answer({ ...request, isSecure: false })).toEqual({ kind: 'inClear' });
    expect(files.answer({ ...request, isSecure: false, secret: 'wrong' })).toEqual({ kind: 'inClear' });
    expect(files.guesses).toBe(0);
    expect(files.answer({ ...request, isSecure: false, source: '127.0.0.1' })).toMatchObject({ kind: 'file' });
    settings = { ...settings, provisioning: { inClear: true } };
    expect(files.answer({ ...request, isSecure: false })).toMatchObject({ kind: 'file' });
  });
});

describe('whoever guesses', () => {
  const guess = (source: string) => files.answer({ ...request, source, secret: `guess ${files.guesses}` });

  it('waits longer and longer, is counted, and is told to the log a few times an hour', () => {
    while (guess('198.51.100.7').kind === 'nothing');
    expect(guess('198.51.100.7')).toEqual({ kind: 'wait', seconds: 2 });
    expect(files.guesses).toBe(5);
    expect(guesses).toEqual(Array.from({ length: 5 }, () => '198.51.100.7'));
    now += 2000;
    expect(guess('198.51.100.7')).toEqual({ kind: 'nothing' });
    expect(guess('198.51.100.7')).toEqual({ kind: 'wait', seconds: 4 });
  });

  it('keeps no phone elsewhere from its configuration, and is not told that a guess was right meanwhile', () => {
    while (guess('198.51.100.7').kind === 'nothing');
    expect(files.answer({ ...request, source: '198.51.100.7' })).toMatchObject({ kind: 'wait' });
    expect(contentFor()).toContain('account.1.user_name = 101');
  });

  it('is no phone that asks for files of its maker, however often', () => {
    for (let round = 0; round < 50; round += 1) files.answer({ ...request, file: 'y000000000028.cfg' });
    expect(files.guesses).toBe(0);
    expect(contentFor()).not.toBe('');
  });
});
