import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandInput, commands } from '../../../scripts/vendor/commands.js';
import { VendorOffice } from '../../../scripts/vendor/office.js';
import { readBlockList } from '../../../src/licensing/block-list.js';
import { hardwareIdText } from '../../../src/licensing/hardware-id.js';
import { type KeyReading, readLicenceKey, type Trust } from '../../../src/licensing/licence-key.js';
import { days, issued as now, otherId, ownId } from './vendor.js';

const own = hardwareIdText(ownId);
const other = hardwareIdText(otherId);

let folder: string;
let trust: Trust;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-vendor-'));
  await vendor('make-keys');
  trust = await new VendorOffice(join(folder, 'office')).trust();
});
afterAll(() => rm(folder, { recursive: true }));

async function vendor(
  name: string,
  options: Partial<CommandInput['options']> = {},
  words: string[] = [],
): Promise<string> {
  const command = commands.get(name);
  if (!command) throw new Error(`there is no ${name}`);
  return command({
    options: { office: join(folder, 'office'), output: join(folder, 'out'), language: 'en', ...options },
    words,
    now,
    passphrase: async () => 'a long passphrase',
  });
}

async function issue(options: Partial<CommandInput['options']>): Promise<{ reading: KeyReading; key: string }> {
  const output = await vendor('issue', { 'hardware-id': [own], tier: '40', major: '1', ...options });
  const [key = ''] = output.split('\n');
  return { reading: readLicenceKey(key, trust), key };
}

describe('the vendor’s tool', () => {
  it.each([
    ['bought', {}, { kind: 'bought' }],
    ['demo', {}, { kind: 'demo', expires: now + days(30) }],
    [
      'rented',
      { expires: '2027-12-31' },
      { kind: 'rented', expires: Date.UTC(2027, 11, 31, 23, 59, 59), graceDays: 14 },
    ],
    [
      'rented',
      { expires: '2027-12-31T12:00:00Z', grace: '0' },
      { kind: 'rented', expires: Date.UTC(2027, 11, 31, 12), graceDays: 0 },
    ],
    ['nfr', {}, { kind: 'nfr' }],
    ['nfr', { expires: '2027-01-01' }, { kind: 'nfr', expires: Date.UTC(2027, 0, 1, 23, 59, 59) }],
  ])('issues a licence that is %s %j', async (kind, options, term) => {
    const { reading } = await issue({ kind, ...options });
    expect(reading).toMatchObject({
      ok: true,
      licence: { product: 'modcall', term, members: 40, highestMajor: 1, issued: now },
    });
  });

  it('never gives a key number twice', async () => {
    const numbers: number[] = [];
    for (let count = 0; count < 3; count++) {
      const { reading } = await issue({ kind: 'bought' });
      if (reading.ok) numbers.push(reading.licence.keyNumber);
    }
    expect(new Set(numbers).size).toBe(3);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('binds to several boxes and to server keys', async () => {
    const { reading } = await issue({ kind: 'bought', 'hardware-id': [own, other], 'server-key': ['1001'] });
    expect(reading).toMatchObject({
      licence: {
        bindings: [
          { to: 'hardware', id: ownId },
          { to: 'hardware', id: otherId },
          { to: 'server', keyNumber: 1001 },
        ],
      },
    });
  });

  it('writes a licence file and a delivery note that can be entered', async () => {
    const { reading } = await issue({ kind: 'bought', holder: 'Müller <& Söhne>', language: 'de' });
    const number = reading.ok ? reading.licence.keyNumber : 0;
    const file = await readFile(join(folder, `out/licence-${number}.txt`), 'utf8');
    expect(readLicenceKey(file, trust)).toEqual(reading);
    const html = await readFile(join(folder, `out/delivery-note-${number}.html`), 'utf8');
    expect(html).toContain('Müller &lt;&amp; Söhne&gt;');
    expect(html).toContain('<svg');
    const note = await readFile(join(folder, `out/delivery-note-${number}.txt`), 'utf8');
    expect(note).toContain('Lieferschein');
    expect(readLicenceKey(note.slice(note.indexOf('ML1-'), note.indexOf('\n\nGeben')), trust)).toEqual(reading);
    await vendor('delivery-note', { output: join(folder, 'again'), language: 'de' }, [
      join(folder, `out/licence-${number}.txt`),
    ]);
    expect(await readFile(join(folder, `again/delivery-note-${number}.txt`), 'utf8')).toBe(note);
  });

  it('upgrades a key, naming the old one and keeping the rest', async () => {
    const { reading, key } = await issue({ kind: 'bought', holder: 'Example' });
    if (!reading.ok) throw new Error('the key must be good');
    const output = await vendor('upgrade', { tier: '150', major: '2' }, [key]);
    const upgraded = readLicenceKey(output.split('\n')[0] ?? '', trust);
    expect(upgraded).toMatchObject({
      licence: {
        ...reading.licence,
        keyNumber: expect.any(Number),
        members: 150,
        highestMajor: 2,
        replaces: reading.licence.keyNumber,
      },
    });
  });

  it('prolongs a rented key', async () => {
    const { key } = await issue({ kind: 'rented', expires: '2027-01-31' });
    const output = await vendor('upgrade', { expires: '2028-01-31' }, [key]);
    expect(readLicenceKey(output.split('\n')[0] ?? '', trust)).toMatchObject({
      licence: { term: { kind: 'rented', expires: Date.UTC(2028, 0, 31, 23, 59, 59), graceDays: 14 } },
    });
  });

  it('explains what is in a key, for whom, and whether it is valid there', async () => {
    const { key } = await issue({ kind: 'demo', holder: 'Example' });
    const said = await vendor('explain', { 'hardware-id': [own], version: '1.2.3', extensions: '41' }, [key]);
    expect(said).toContain('Issued for: Example');
    expect(said).toContain(own);
    expect(said).toContain('41 are set up');
    expect(await vendor('explain', {}, [key.replace(/.$/, '?')])).toContain('Typing mistake in group');
    expect(await vendor('explain', {}, ['nonsense'])).toContain('not a licence key');
  });

  it('signs a block list, and adds to it', async () => {
    const list = join(folder, 'list.ts');
    await vendor('block', { list, 'hardware-id': [own] });
    await vendor('block', { list, 'hardware-id': [other], product: 'faxbox' });
    const [, text = ''] = /= `(.*)`;/s.exec(await readFile(list, 'utf8')) ?? [];
    expect(readBlockList(text, trust)).toEqual({
      ok: true,
      list: {
        number: 2,
        issued: now,
        entries: [
          { product: 'modcall', id: ownId },
          { product: 'faxbox', id: otherId },
        ],
      },
    });
  });

  it('prints the source with the public keys', async () => {
    const [own] = (await readFile(join(folder, 'office/public-key.txt'), 'utf8')).split('\n');
    expect(await vendor('public-key')).toContain(`['${own}'];`);
    expect(await vendor('public-key', { also: 'ab'.repeat(32) })).toContain(`'${own}',\n  '${'ab'.repeat(32)}',\n];`);
  });
});

describe('the vendor’s tool does not', () => {
  const issued = { kind: 'bought', 'hardware-id': [own], tier: '40', major: '1' };
  it.each<[string, Partial<CommandInput['options']>, string]>([
    ['take a mistyped hardware ID', { 'hardware-id': [own.replace(/.$/, 'U')] }, 'group 6'],
    ['bind to nothing', { 'hardware-id': [] }, 'at least one'],
    ['sell another tier', { tier: '30' }, '20, 40, 80'],
    ['know another kind', { kind: 'gift' }, 'unknown'],
    ['let a bought one expire', { expires: '2027-01-01' }, 'never expires'],
    ['rent without an end', { kind: 'rented' }, '--expires is missing'],
    ['take any word for a date', { kind: 'rented', expires: 'soon' }, 'not a date'],
    ['take any word for a version', { major: 'one' }, 'not a whole number'],
  ])('%s', async (_name, changes, said) => {
    await expect(vendor('issue', { ...issued, ...changes })).rejects.toThrow(said);
  });

  it('make keys over others, or sign with a wrong passphrase', async () => {
    await expect(vendor('make-keys')).rejects.toThrow('already');
    await expect(new VendorOffice(join(folder, 'office')).sign('wrong passphrase')).rejects.toThrow(
      'passphrase is wrong',
    );
    await expect(new VendorOffice(join(folder, 'nowhere')).publicKey()).rejects.toThrow('make-keys');
    await expect(new VendorOffice(join(folder, 'new')).makeKeys('short')).rejects.toThrow('too short');
  });

  it('keep the private key in the clear', async () => {
    expect(await readFile(join(folder, 'office/private-key.json'), 'utf8')).not.toContain('PRIVATE KEY');
  });

  it('upgrade a key that another vendor signed', async () => {
    await expect(vendor('upgrade', { tier: '80' }, ['ML1-00000'])).rejects.toThrow();
  });
});
