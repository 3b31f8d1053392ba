import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { CommandLine } from '../../support/command-line.js';
import { toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { sealedBackup } from '../../support/sealed-backup.js';
import { until } from '../../support/waiting.js';

const port = 18_461;
const passphrase = 'a passphrase for backups';
const exitForRestart = 75;
const before = { ringSeconds: 41, users: ['ada'] };
const after = { ringSeconds: 42, users: ['ada', 'bob'] };

describe('a backup that the running box restores', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let shell: CommandLine;
  let file: string;

  beforeAll(async () => {
    const { ringSeconds } = before;
    ({ office, admin } = await officeWithAdmin(port, { ringSeconds }, ['101', '102']));
    shell = new CommandLine(office.appliance.folder);
    file = join(office.appliance.folder, 'box.backup');
    expect(await shell.run(['backup', '--output', file], { input: `${passphrase}\n` })).toMatchObject({ code: 0 });
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    admin.close();
    await office.close();
  });

  /** What has changed since the backup was made is in two files at least. */
  async function change(): Promise<void> {
    const { ringSeconds } = after;
    expect((await shell.run(['settings', 'change', '--ring-seconds', String(ringSeconds)])).err).toBe('');
    const bob = { password: 'correct horse battery', roles: ['read'], language: 'en' };
    expect(await admin.ask('PUT', '/api/users/bob', bob, '*')).toMatchObject({ status: 200 });
    expect(await found()).toEqual(after);
  }
  const found = async () => ({
    ringSeconds: (await shell.ask('settings', 'show')).settings.ringSeconds,
    users: (await shell.ask('users', 'list')).entries.map(({ name }: { name: string }) => name),
  });
  const ownFile = (name: string) => readFile(join(office.appliance.folder, name));
  const restore = (...words: readonly string[]) => shell.run(['restore', file, ...words], { input: `${passphrase}\n` });
  async function watchFor(name: string): Promise<void> {
    const watcher = watch(office.appliance.folder);
    await new Promise<void>((resolve) => watcher.on('change', (_, seen) => seen === name && resolve()));
    watcher.close();
  }
  const waiting = async () => (await shell.ask('state', 'show')).restart;
  async function untilEnded(): Promise<void> {
    await until(
      () => `the box to end:\n${office.appliance.logTail()}`,
      () => office.appliance.exitCode !== null,
    );
    expect(office.appliance.exitCode).toBe(exitForRestart);
  }
  async function startAgain(): Promise<void> {
    await office.restart();
    await admin.signIn(office.appliance);
  }

  it('waits for the call that runs, can be called off, and is what the box starts with when the call has ended', async () => {
    await change();
    const { caller, callee } = await office.talk('101', '102');
    expect((await restore()).code).toBe(0);
    expect(await waiting()).toMatchObject({ when: 'idle', restores: true, waitsFor: 1 });
    expect((await restore()).err).toContain('cancel-restart');
    expect(await shell.ask('box', 'cancel-restart')).toMatchObject({ when: 'idle', restores: true });
    expect(await waiting()).toBeNull();
    expect((await shell.run(['box', 'cancel-restart'])).err).toContain('No restart is waiting');
    expect((await restore()).code).toBe(0);
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
    expect(await found()).toEqual(after);
    caller.hangUp();
    await untilEnded();
    await startAgain();
    expect(await found()).toEqual(before);
    const ofRestore = /^(restoreOrdered|restart|backupRestored)/;
    const told = (await office.appliance.audit())
      .map(({ fact }) => fact)
      .filter(({ type }) => ofRestore.test(`${type}`));
    const ordered = ['restoreOrdered', 'restartOrdered'];
    expect(told.map(({ type }) => type)).toEqual([...ordered, 'restartCalledOff', ...ordered, 'backupRestored']);
    for (const fact of told) expect(fact).toMatchObject({ by: 'console', byKind: 'console' });
    expect((await shell.run(['audit', 'verify'])).code).toBe(0);
  });

  it('comes by the API, and at once if it is to be now', async () => {
    await change();
    await office.talk('101', '102');
    const sent = await admin.ask('POST', '/api/backup/upload', await readFile(file));
    expect(sent).toMatchObject({ status: 200, body: { bytes: expect.any(Number) } });
    const order = (typed: string) => admin.ask('POST', '/api/backup/restore', { passphrase: typed, when: 'now' });
    expect(await order('another passphrase')).toMatchObject({ body: { code: 'backup.wrongPassphrase' } });
    expect(await waiting()).toBeNull();
    expect(await order(passphrase)).toMatchObject({ status: 200, body: { when: 'now', waitsFor: 0 } });
    await untilEnded();
    await startAgain();
    expect(await found()).toEqual(before);
    expect((await office.recorded('backupRestored')).at(-1)).toMatchObject({ by: 'ada', byKind: 'user' });
  });

  it('is ordered by one of two who ask at once, and has the last word over settings that are changed meanwhile', async () => {
    await change();
    const { caller } = await office.talk('101', '102');
    const orderedBefore = (await office.recorded('restoreOrdered')).length;
    await admin.ask('POST', '/api/backup/upload', await readFile(file));
    const orders = [1, 2].map(() => admin.ask('POST', '/api/backup/restore', { passphrase }));
    const changes = [43, 44, 45, 46].map((ringSeconds) => admin.ask('PATCH', '/api/settings', { ringSeconds }, '*'));
    const [ordered, changed] = await Promise.all([Promise.all(orders), Promise.all(changes)]);
    expect(ordered.toSorted((one, other) => one.status - other.status)).toMatchObject([
      { status: 200, body: { when: 'idle', waitsFor: 1 } },
      { status: 409, body: { code: 'backup.restoreWaits' } },
    ]);
    expect(changed.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    caller.hangUp();
    await untilEnded();
    await startAgain();
    expect(await found()).toEqual(before);
    expect(await office.recorded('restoreOrdered')).toHaveLength(orderedBefore + 1);
    // No number of a version is given again.
    const latest = Math.max(...changed.map(({ body }) => Object(body).version));
    const next = await admin.ask('PATCH', '/api/settings', { ringSeconds: 47 }, '*');
    expect(Object(next.body).version).toBeGreaterThan(latest);
    expect((await shell.run(['audit', 'verify'])).code).toBe(0);
  });

  it.each([{ backup: 2 }, { settings: 2 }, { users: 2 }])(
    'of a newer Modcall (%o) is refused with words',
    async (claims) => {
      const present = await found();
      const newer = await sealedBackup({ 'settings.json': await ownFile('settings.json') }, passphrase, claims);
      await admin.ask('POST', '/api/backup/upload', newer);
      expect(await admin.ask('POST', '/api/backup/restore', { passphrase, when: 'now' })).toMatchObject({
        status: 422,
        body: { code: 'backup.newer', detail: expect.stringContaining('Update this box first') },
      });
      expect([await waiting(), await found()]).toEqual([null, present]);
    },
  );

  it('of the oldest Modcall that it knows is restored', async () => {
    await change();
    const settings = { ...JSON.parse(`${await ownFile('settings.json')}`), ringSeconds: before.ringSeconds };
    const { version, users, tokens } = JSON.parse(`${await ownFile('users.json')}`);
    const ada = users.filter(({ name }: { name: string }) => name === 'ada');
    const oldest = {
      'settings.json': Buffer.from(JSON.stringify(settings)),
      'users.json': Buffer.from(JSON.stringify({ version, users: ada, tokens })),
      'identity/ssh_host_ed25519_key': await ownFile('identity/ssh_host_ed25519_key'),
    };
    const { hardwareId } = await shell.ask('state', 'show');
    await admin.ask('POST', '/api/backup/upload', await sealedBackup(oldest, passphrase));
    expect(await admin.ask('POST', '/api/backup/restore', { passphrase, when: 'now' })).toMatchObject({ status: 200 });
    await untilEnded();
    await startAgain();
    expect([await found(), (await shell.ask('state', 'show')).hardwareId]).toEqual([before, hardwareId]);
    expect((await office.recorded('backupRestored')).at(-1)).toMatchObject({ modcall: '0.1.0' });
  });

  it('is there as a whole, whenever the power fails while the box starts with it', async () => {
    await change();
    expect((await restore('--now')).code).toBe(0);
    await untilEnded();
    for (const changes of [1, 3, 5, 8, 12]) await office.appliance.cutWhileStarting(changes);
    await startAgain();
    expect(await found()).toEqual(before);
    expect((await shell.run(['audit', 'verify'])).code).toBe(0);
  });

  it.each([
    ['not at all, if the power fails before it is ordered', 'restore.staged', after],
    ['as a whole, if the power fails once it is ordered', 'restore.json', before],
  ])('is there %s', async (_, sign, expected) => {
    await change();
    const cut = watchFor(sign).then(() => office.appliance.kill());
    await Promise.all([restore(), cut]);
    await startAgain();
    expect(await found()).toEqual(expected);
  });
});
