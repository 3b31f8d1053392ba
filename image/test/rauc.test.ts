import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rauc } from '../../src/update/rauc.js';
import { UpdateSources } from '../../src/update/sources.js';
import { UpdateChannel } from '../../src/update/update-channel.js';
import { Updates } from '../../src/update/updates.js';
import { until } from '../../test/support/waiting.js';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const image = (name: string) => fileURLToPath(new URL(`../../build/image/${name}`, import.meta.url));
const board = 'modcall-pi4';

describe('RAUC as it is in the image', () => {
  const rauc = new Rauc('1.2.0');
  let folder: string;
  /** With all updates on it. */
  let stick: string;
  let service: ChildProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-rauc-'));
    stick = join(folder, 'sticks', 'sda1');
    await mkdir(stick, { recursive: true });
    await run('bash', [script('forge.sh'), stick]);
    await link(image('modcall.raucb'), join(stick, 'modcall.raucb')).catch(() =>
      run('cp', [image('modcall.raucb'), stick]),
    );
    await writeFile(join(stick, 'letter.raucb'), 'Dear box, this is no update.');
    service = spawn('bash', [script('rauc.sh'), folder], { stdio: ['pipe', 'ignore', 'inherit'] });
    process.env.DBUS_SYSTEM_BUS_ADDRESS = `unix:path=${folder}/run/dbus/system_bus_socket`;
    await until('RAUC', () => rauc.running().catch(() => undefined), 10 * 60_000);
  });
  afterAll(async () => {
    service.stdin?.end();
    if (service.exitCode === null) await once(service, 'exit');
    await rm(folder, { recursive: true });
  });

  it('says for which board the system is, and from which slot it runs', async () => {
    expect(await rauc.running()).toMatchObject({ board, slot: 'A', version: '1.2.0' });
    expect(await rauc.progress()).toEqual({ isRunning: false, percent: 0, fault: null });
  });

  it('looks into an update, for whichever board it is', async () => {
    expect(await rauc.inspect(join(stick, 'modcall.raucb'))).toEqual({
      board,
      version: expect.stringMatching(/^\d+\.\d+/),
    });
    expect(await rauc.inspect(join(stick, 'other.raucb'))).toEqual({ board: 'modcall-pi5', version: '1.2.3' });
  });

  it.each([
    ['forged.raucb', 'otherSigner'],
    ['letter.raucb', 'unusable'],
    ['none.raucb', 'gone'],
  ])('refuses %s as %s', async (name, code) => {
    await expect(rauc.inspect(join(stick, name))).rejects.toMatchObject({ problem: { code: `update.${code}` } });
  });

  it('says of an address that it cannot be reached', async () => {
    const asked = rauc.inspect('https://127.0.0.1:9/modcall.raucb');
    await expect(asked).rejects.toMatchObject({ problem: { code: 'update.unreachable' } });
  });

  it('is told to install neither an update for another board, nor one of an older major version', async () => {
    const updates = await Updates.open({
      installer: rauc,
      sources: new UpdateSources(join(folder, 'uploaded'), [join(folder, 'sticks')]),
      channel: new UpdateChannel({ running: '1.2.0', choice: () => null, now: Date.now }),
      note: join(folder, 'update.json'),
      restart: () => Promise.reject(new Error('nothing was installed')),
      record() {},
      onError() {},
    });
    for (const [name, code] of [
      ['other.raucb', 'otherBoard'],
      ['older.raucb', 'olderMajor'],
      ['forged.raucb', 'otherSigner'],
    ] as const) {
      const installing = updates.install(join(stick, name), { when: 'idle', at: null }, { name: 'ada', kind: 'user' });
      await expect(installing, name).rejects.toMatchObject({ problem: { code: `update.${code}` } });
    }
    expect(updates.state.latest).toBeNull();
    // Looking into one is progress, too.
    expect(await rauc.progress()).toMatchObject({ isRunning: false, fault: null });
  });

  it('says why one could not be installed, until the next one is begun', async () => {
    await rauc.begin(join(stick, 'letter.raucb'));
    await until('the end', async () => ((await rauc.progress()).isRunning ? undefined : true));
    expect(await rauc.progress()).toMatchObject({ fault: expect.stringContaining('Invalid bundle format') });
  });

  it('lets the user of the box look and install, and do nothing else', async () => {
    const asBox = (member: string, ...args: string[]) =>
      run('setpriv', [
        ...['--reuid=400', '--regid=400', '--clear-groups', 'busctl', '--system', 'call', 'de.pengutronix.rauc', '/'],
        ...['de.pengutronix.rauc.Installer', member, ...args],
      ]);
    await asBox('InspectBundle', 'sa{sv}', join(stick, 'modcall.raucb'), '0');
    await expect(asBox('Mark', 'ss', 'bad', 'other')).rejects.toThrow(/denied/i);
  });
});
