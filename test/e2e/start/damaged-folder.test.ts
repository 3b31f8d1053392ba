import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { OfficePhone, officeSettings, talk } from '../../support/office.js';
import { until } from '../../support/waiting.js';

const program = fileURLToPath(new URL('../../../dist/cli/modcall.js', import.meta.url));

const damages: readonly [string, (path: string) => unknown][] = [
  ['empty', (path) => writeFile(path, '')],
  ['zeroes', (path) => writeFile(path, '\0'.repeat(5000))],
  ['larger than the memory', (path) => writeFile(path, '').then(() => truncate(path, 2e10))],
  ['no text', (path) => writeFile(path, Buffer.from('fffec328'.repeat(300), 'hex'))],
  ['nested without end', (path) => writeFile(path, `{"fact":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a folder', (path) => mkdir(path)],
  ['a link in a circle', (path) => symlink(path, path)],
  ['a link to a device', (path) => symlink('/dev/zero', path)],
];

describe('a data folder in which every file is', () => {
  let appliance: Appliance;
  const phones: OfficePhone[] = [];

  beforeEach(async () => {
    appliance = await Appliance.start(await officeSettings());
    await appliance.stop();
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.close();
    await appliance.remove();
  });

  const answers = async () => expect(await appliance.command('state', 'show')).toMatchObject({ code: 0 });

  it('with a file in place of the history of the settings can be asked and changed', async () => {
    const history = join(appliance.folder, 'settings-history');
    await rm(history, { recursive: true });
    await writeFile(history, '');
    await appliance.run();
    await answers();
    const said = await until('what is wrong with it', () =>
      appliance.log.find(({ code }) => code === 'settingsHistoryBroken'),
    );
    expect(said).toMatchObject({ level: 'error' });
    expect(await appliance.command('exclusions', 'add', 'extensions', '104')).toMatchObject({ code: 0 });
  });

  it.each(damages)('%s keeps nobody from telephoning, closes monitoring, and is said', async (_what, damage) => {
    const { folder } = appliance;
    const files = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
    const paths = [...files.map(({ parentPath, name }) => join(parentPath, name)), join(folder, 'modcall.lock')];
    expect(paths.length).toBeGreaterThan(8);
    for (const path of paths.filter((each) => !each.endsWith('settings.last-good.json'))) {
      await rm(path, { force: true });
      await damage(path);
    }
    await appliance.run();
    expect(appliance.log.filter(({ level }) => level === 'error')).not.toEqual([]);
    await answers();
    for (const number of ['100', '101', '102']) phones.push(await OfficePhone.register(appliance, number));
    const [moderator, member, other] = phones as [OfficePhone, OfficePhone, OfficePhone];
    await talk(member, other);
    const refused = await moderator.call('*55');
    await until('the moderator to be turned away', () => refused.state === 'ended');
    expect(await appliance.stop()).toBe(0);
  });
});

const nobody = 65534;
/** Only root may start it as somebody else, who has to be let into the checkout. */
const runsAsNobody = spawnSync(program, ['--version'], { uid: nobody, gid: nobody }).status === 0;

describe.skipIf(!runsAsNobody)('a data folder that belongs to somebody else', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-e2e-'));
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'data'), 0o700);
    await writeFile(join(folder, 'data/settings.json'), JSON.stringify(await officeSettings()), { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['as a whole', async () => {}],
    ['file by file', () => chown(join(folder, 'data'), nobody, nobody)],
  ])('%s keeps telephony from nothing, closes monitoring, and is said', async (_what, give) => {
    await give();
    const words = ['start', '--no-panel', '--sip-port', '0', '--data', join(folder, 'data')];
    const child = spawn(program, words, {
      uid: nobody,
      gid: nobody,
      env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    try {
      await until(
        () => `the welcome:\n${said}`,
        () => said.includes('ATTENTION'),
      );
      expect(said).toMatch(/"settingsSalvaged".*monitoring is closed/);
      expect(said).toContain('"ready"');
    } finally {
      child.kill('SIGKILL');
    }
  });
});
