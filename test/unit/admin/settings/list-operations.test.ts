import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listOperations } from '../../../../src/admin/settings/list-operations.js';
import { told } from '../../../../src/admin/settings/settings-change.js';
import { settingsLists } from '../../../../src/admin/settings/settings-lists.js';
import { settingsOperations } from '../../../../src/admin/settings/settings-operations.js';
import { settingsPartOperations } from '../../../../src/admin/settings/settings-part-operations.js';
import { type Settings, settingsSchema } from '../../../../src/store/settings/settings-schema.js';
import { SettingsConflict } from '../../../../src/store/settings/settings-store.js';
import { person } from '../box.js';
import { run as runIn, SettingsTestBox } from './settings-box.js';

const operations = [...listOperations, ...settingsPartOperations];
let box: SettingsTestBox;
beforeEach(async () => {
  box = await SettingsTestBox.open();
});
afterEach(() => box.close());

const run = (name: string, input: object = {}) => runIn(operations, box, name, input);
const extension = (number: string) => box.present.extensions.find((entry) => entry.number === number);

describe.each([
  ['extensions', { number: '101' }, { name: 'Anne' }],
  ['groups', { id: 'support' }, { name: 'Help', members: ['101'] }],
  ['profiles', { id: 'support' }, { enabled: false }],
  ['trunks', { id: 'old-pbx' }, { name: 'The old one' }],
  ['analog-phones', { fxs: 'phone1' }, { onLift: { kind: 'call', number: '200' } }],
  ['webhooks', { id: 'crm' }, { enabled: false }],
  ['phones', { id: '001565aabbcc' }, { name: 'Reception' }],
])('an entry of %s', (noun, key, change) => {
  test('is shown, changed by single fields, replaced as a whole, and removed', async () => {
    const before = await run(`${noun} show`, key);
    expect(before).toMatchObject({ version: 1, entry: key });
    expect(await run(`${noun} change`, { ...key, ...change, basis: 1 })).toEqual({
      ...(noun === 'extensions' ? { password: null } : {}),
      ...(noun === 'webhooks' || noun === 'phones' ? { secret: null } : {}),
      version: 2,
      afterRestart: [],
      entry: { ...Object(before).entry, ...change },
    });
    expect(await run(`${noun} set`, { ...Object(before).entry, basis: 2 })).toMatchObject({
      version: 3,
      entry: Object(before).entry,
    });
    expect(box.facts).toHaveLength(2);
    expect(box.applied.at(-1)).toEqual(box.present);
  });

  test('that is not there can be neither shown nor changed nor removed', async () => {
    const absent = Object.fromEntries(Object.keys(key).map((name) => [name, name === 'number' ? '199' : 'none']));
    for (const verb of ['show', 'change', 'remove'])
      await expect(run(`${noun} ${verb}`, absent)).rejects.toMatchObject({
        kind: 'missing',
        problem: { code: 'settings.noSuchEntry' },
      });
  });

  test('can be tried out: that tells what would come of it, and changes nothing', async () => {
    const before = box.present;
    const answer = await run(`${noun} change`, { ...key, ...change, dryRun: true });
    expect(answer).toMatchObject({ version: 1, entry: { ...key, ...change } });
    await run(`${noun} set`, { ...Object(answer).entry, dryRun: true });
    const misspelt = { ...key, [Object.keys(change)[0] ?? '']: 7, dryRun: true };
    await expect(run(`${noun} change`, misspelt)).rejects.toThrow();
    expect(box.present).toEqual(before);
    expect(box.facts).toEqual([]);
  });

  test('is refused against a version that is past', async () => {
    await run('settings change', { ringSeconds: 9 });
    await expect(run(`${noun} change`, { ...key, ...change, basis: 1 })).rejects.toThrow(SettingsConflict);
  });

  test('is listed, and no list shows a secret', async () => {
    const list = await run(`${noun} list`);
    expect(list).toMatchObject({ version: 1, entries: expect.arrayContaining([expect.objectContaining(key)]) });
    expect(JSON.stringify(list)).not.toMatch(/a long password|"password"|"pin"/);
  });
});

describe('an extension', () => {
  test('keeps its password and PIN where none are sent', async () => {
    const { password } = extension('101') ?? {};
    await run('extensions set', { number: '101', name: 'Anne' });
    expect(extension('101')).toMatchObject({ name: 'Anne', password, consents: false });
    await run('extensions change', { number: '101', password: 'another long one' });
    expect(extension('101')).toMatchObject({ name: 'Anne', password: 'another long one' });
  });

  test('that is new goes last, and needs a password', async () => {
    await expect(run('extensions set', { number: '105', name: 'Eva' })).rejects.toMatchObject({
      faults: [{ path: 'password', code: 'settings.fault.password' }],
    });
    expect(await run('extensions set', { number: '105', name: 'Eva', password: 'a very long one' })).toMatchObject({
      password: null,
    });
    expect(box.present.extensions.at(-1)).toMatchObject({ number: '105', pin: null });
  });

  test('gets a password from the box, which is shown once and recorded nowhere', async () => {
    const { password } = Object(await run('extensions set', { number: '105', name: 'Eva', password: 'generate' }));
    expect(password).toMatch(/^\w{16}$/);
    expect(extension('105')?.password).toBe(password);
    expect(JSON.stringify([box.facts, await run('extensions show', { number: '105' })])).not.toContain(password);
  });

  test('that others name is not removed, and the answer names them', async () => {
    await expect(run('extensions remove', { number: '101' })).rejects.toMatchObject({
      kind: 'conflict',
      problem: {
        code: 'settings.stillNamed',
        params: { name: '101', paths: ['groups support', 'phones 001565aabbcc', 'trunks old-pbx'] },
      },
    });
    await expect(run('extensions remove', { number: '102', cascade: true })).rejects.toMatchObject({
      problem: { params: { paths: ['analogPhones phone1'] } },
    });
    expect(box.settings.current.version).toBe(1);
  });

  test('is taken out of groups, exclusions and the keys of phones where that is asked for', async () => {
    await run('analog-phones remove', { fxs: 'phone1' });
    expect(await run('extensions remove', { number: '102', cascade: true })).toMatchObject({ version: 3 });
    expect(box.present.groups.find(({ id }) => id === 'support')?.members).toEqual(['101']);
    expect(box.present.exclusions.extensions).toEqual([]);
    expect(box.present.phones[0]?.buttons.map(({ kind }) => kind)).toEqual(['speedDial', 'monitoring']);
  });
});

describe('what else is named', () => {
  test.each([
    ['groups remove', { id: 'support' }, ['trunks provider', 'trunks exchange', 'profiles support']],
    ['profiles remove', { id: 'support' }, ['phones 001565aabbcc']],
    ['trunks remove', { id: 'provider' }, ['profiles support']],
  ])('is not removed by %s', async (name, input, paths) => {
    const refused = { problem: { code: 'settings.stillNamed', params: { paths: expect.any(Array) } } };
    const error = await run(name, input).catch((reason: unknown) => reason);
    expect(error).toMatchObject(refused);
    expect(Object(error).problem.params.paths.toSorted()).toEqual(paths.toSorted());
  });
});

describe('a trunk', () => {
  test('keeps its password as long as it registers', async () => {
    const { entry } = Object(await run('trunks show', { id: 'provider' }));
    await run('trunks set', { ...entry, host: 'sip.example.net' });
    expect(box.present.trunks[0]).toMatchObject({ host: 'sip.example.net', password: 'x' });
    const { username: _user, authName: _name, proxy: _proxy, proxyPort: _port, ...others } = entry;
    await run('trunks set', { ...others, kind: 'address', addresses: ['192.0.2.8'] });
    expect(box.present.trunks[0]).not.toHaveProperty('password');
  });

  test('has the fields of its kind, and of no other', async () => {
    const set = run('trunks set', {
      id: 'new',
      kind: 'analog',
      name: 'N',
      prefix: '9',
      inbound: { extension: '100' },
      host: 'x',
    });
    await expect(set).rejects.toMatchObject({
      faults: expect.arrayContaining([expect.objectContaining({ path: 'host' })]),
    });
  });
});

describe('single settings', () => {
  test('are changed by parts, also within a group, and say what waits for a restart', async () => {
    const change = { ringSeconds: 20, limits: { total: 9 }, sip: { realm: 'office' }, web: { port: 9443 } };
    expect(await run('settings change', { ...change, basis: 1 })).toEqual({ version: 2, afterRestart: ['sip.realm'] });
    expect(box.present).toMatchObject({
      ringSeconds: 20,
      limits: { perCall: 4, total: 9 },
      sip: { realm: 'office', port: 5060 },
      web: { port: 9443, plainPort: null },
    });
    await run('settings change', { web: null, privacyMinutes: 5 });
    expect([box.present.web, box.present.privacyMinutes, box.present.ringSeconds]).toEqual([null, 5, 20]);
  });

  test('say it of the version that is answered, whatever was changed after it', async () => {
    const by = person('ada');
    const withRealm = (realm: string) => (settings: Settings) => ({ ...settings, sip: { ...settings.sip, realm } });
    const { realm } = box.present.sip;
    const changed = await box.settings.change(withRealm('office'), null, by);
    const back = await box.settings.change(withRealm(realm), null, by);
    expect(told(box, changed)).toEqual({ version: 2, afterRestart: ['sip.realm'] });
    expect(told(box, back)).toEqual({ version: 3, afterRestart: [] });
  });

  test('say whether an entry was made or replaced', async () => {
    const input = { name: 'Help', members: ['101'] };
    expect(await run('groups set', { id: 'help', ...input })).toMatchObject({ isNew: true });
    expect(await run('groups set', { id: 'help', ...input })).toMatchObject({ isNew: false });
    expect(await run('groups change', { id: 'help', name: 'Aid' })).not.toHaveProperty('isNew');
  });

  test('go back to what they were before the last change, and forth again', async () => {
    const ring = () => box.present.ringSeconds;
    const before = ring();
    const undo = (basis: number | null = null) => runIn(settingsOperations, box, 'settings undo', { basis });
    await expect(undo()).rejects.toMatchObject({ kind: 'missing', problem: { code: 'settings.noSuchVersion' } });
    await run('settings change', { ringSeconds: before + 1 });
    expect([await undo(), ring()]).toMatchObject([{ version: 3 }, before]);
    await expect(undo(2)).rejects.toBeInstanceOf(SettingsConflict);
    expect([await undo(3), ring()]).toMatchObject([{ version: 4 }, before + 1]);
  });

  test('that are lists, unknown or not valid are refused', async () => {
    for (const input of [{ groups: [] }, { ring: 1 }, { sip: { colour: 1 } }, { ringSeconds: 1 }])
      await expect(run('settings change', input)).rejects.toThrow();
    expect(box.settings.current.version).toBe(1);
  });
});

describe('exclusions', () => {
  test('are added and removed one by one', async () => {
    expect(await run('exclusions add', { kind: 'extensions', number: '101' })).toMatchObject({
      version: 2,
      extensions: ['102', '101'],
    });
    expect(await run('exclusions add', { kind: 'extensions', number: '101' })).toMatchObject({ version: 2 });
    expect(await run('exclusions remove', { kind: 'numbers', number: '+4930110' })).toMatchObject({ numbers: [] });
    expect(await run('exclusions list')).toMatchObject({ version: 3, extensions: ['102', '101'], numbers: [] });
    await expect(run('exclusions add', { kind: 'extensions', number: '999' })).rejects.toMatchObject({
      faults: [{ path: 'number', code: 'settings.fault.unknownExtension' }],
    });
    await expect(run('exclusions add', { kind: 'numbers', number: 'anybody' })).rejects.toMatchObject({
      faults: [{ path: 'number', code: 'settings.fault.excludedNumber' }],
    });
  });
});

describe('the key of a webhook', () => {
  const crm = { id: 'crm', url: 'https://crm.example.com/other', events: ['monitors'] };
  const webhook = (id: string) => box.present.webhooks.find((each) => each.id === id);

  test('is made by the box and shown once, for one that is new and where it is asked for', async () => {
    const made = await run('webhooks set', { ...crm, id: 'new' });
    expect(made).toMatchObject({
      secret: webhook('new')?.secret,
      entry: { id: 'new', place: 'network', enabled: true },
    });
    expect(webhook('new')?.secret).toMatch(/^whsec_/);
    const { secret } = webhook('crm') ?? expect.fail();
    const renewed = await run('webhooks change', { id: 'crm', secret: 'generate' });
    expect(webhook('crm')?.secret).not.toBe(secret);
    expect(renewed).toMatchObject({ secret: webhook('crm')?.secret });
    expect(
      JSON.stringify([await run('webhooks list'), await run('webhooks show', { id: 'new' }), box.facts]),
    ).not.toContain('whsec_');
  });

  test('stays as it is where it is left out, and may be one that is known already', async () => {
    const { secret } = webhook('crm') ?? expect.fail();
    expect(await run('webhooks set', crm)).toMatchObject({ secret: null });
    expect(webhook('crm')).toMatchObject({ url: crm.url, secret });
    const own = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(await run('webhooks change', { id: 'crm', secret: own })).toMatchObject({ secret: null });
    expect(webhook('crm')?.secret).toBe(own);
    await expect(run('webhooks change', { id: 'crm', secret: 'whsec_c2hvcnQ=' })).rejects.toMatchObject({
      faults: [{ path: 'secret' }],
    });
  });
});

describe('the secret of a phone', () => {
  const phone = { id: '001565ddeeff', model: 'snom', extensions: ['101'] };
  const secretOf = (id: string) => box.present.phones.find((each) => each.id === id)?.secret;

  test('is made for a new one and shown once, and never anywhere else', async () => {
    const made = await run('phones set', phone);
    expect(made).toMatchObject({ isNew: true, secret: expect.stringMatching(/^[\w-]{43}$/) });
    expect(Object(made).secret).toBe(secretOf(phone.id));
    const shown = JSON.stringify([await run('phones list'), await run('phones show', { id: phone.id }), box.facts]);
    expect(shown).not.toContain(secretOf(phone.id));
  });

  test('stays while its phone is changed, is another where that is asked for, and does not come back once revoked', async () => {
    await run('phones set', phone);
    const first = secretOf(phone.id);
    expect(await run('phones set', { ...phone, name: 'Reception' })).toMatchObject({ secret: null });
    expect(secretOf(phone.id)).toBe(first);
    const renewed = await run('phones change', { id: phone.id, secret: 'generate' });
    expect(Object(renewed).secret).toBe(secretOf(phone.id));
    expect(secretOf(phone.id)).not.toBe(first);
    // The second phone of the sample is revoked.
    expect(await run('phones change', { id: '000b82aabbcc', name: 'Handset' })).toMatchObject({ secret: null });
    expect(secretOf('000b82aabbcc')).toBeNull();
  });
});

test('there is no setting that only the whole of them can change', () => {
  const change = settingsPartOperations.find(({ name }) => name === 'settings change');
  const single = Object.keys(change?.input.shape ?? {}).filter((name) => name !== 'basis' && name !== 'dryRun');
  const covered = [...single, ...Object.keys(settingsLists), 'exclusions', 'version'];
  expect(covered.toSorted()).toEqual(Object.keys(settingsSchema.shape).toSorted());
});
