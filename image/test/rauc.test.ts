import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rauc } from '../../src/update/rauc.js';
import { until } from '../../test/support/waiting.js';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const image = (name: string) => fileURLToPath(new URL(`../../build/image/${name}`, import.meta.url));
const board = 'modcall-pi4';

describe('RAUC as it is in the image', () => {
  const rauc = new Rauc('1.2.0');
  let folder: string;
  let service: ChildProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-rauc-'));
    await run('bash', [script('forge.sh'), folder]);
    await link(image('modcall.raucb'), join(folder, 'modcall.raucb')).catch(() =>
      run('cp', [image('modcall.raucb'), folder]),
    );
    await writeFile(join(folder, 'letter.raucb'), 'Dear box, this is no update.');
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
    expect(await rauc.inspect('/data/modcall.raucb')).toEqual({ board, version: expect.stringMatching(/^\d+\.\d+/) });
    expect(await rauc.inspect('/data/other.raucb')).toEqual({ board: 'modcall-pi5', version: '1.2.3' });
  });

  it.each([
    ['/data/forged.raucb', 'otherSigner'],
    ['/data/letter.raucb', 'unusable'],
    ['/data/none.raucb', 'gone'],
    ['https://127.0.0.1:9/modcall.raucb', 'unreachable'],
  ])('refuses %s as %s', async (source, code) => {
    await expect(rauc.inspect(source)).rejects.toMatchObject({ problem: { code: `update.${code}` } });
  });

  it('says why one could not be installed, until the next one is begun', async () => {
    await rauc.begin('/data/letter.raucb');
    await until('the end', async () => ((await rauc.progress()).isRunning ? undefined : true));
    expect(await rauc.progress()).toMatchObject({ fault: expect.stringContaining('Invalid bundle format') });
  });

  it('lets the user of the box look and install, and do nothing else', async () => {
    const asBox = (member: string, ...args: string[]) =>
      run('setpriv', [
        ...['--reuid=400', '--regid=400', '--clear-groups', 'busctl', '--system', 'call', 'de.pengutronix.rauc', '/'],
        ...['de.pengutronix.rauc.Installer', member, ...args],
      ]);
    await asBox('InspectBundle', 'sa{sv}', '/data/modcall.raucb', '0');
    await expect(asBox('Mark', 'ss', 'bad', 'other')).rejects.toThrow(/denied/i);
  });
});
