import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { officeSettings } from '../support/office.js';
import { RunningOffice } from '../support/running-office.js';
import { until } from '../support/waiting.js';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

function begin(folder: string, port: number) {
  return spawn(program, ['start', '--data', folder, '--no-panel', '--sip-port', String(port)], {
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '' },
  });
}

/** Runs `modcall start` on a folder where it should not start. */
async function failingStart(folder: string, port = 0): Promise<{ code: number | null; said: string }> {
  const child = begin(folder, port);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  await once(child, 'exit');
  return { code: child.exitCode, said };
}

describe('a start with wrong settings', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-e2e-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const startWith = async (text: string) => {
    await writeFile(join(folder, 'settings.json'), text, { mode: 0o600 });
    return failingStart(folder);
  };
  const changed = async (change: object) => startWith(JSON.stringify({ ...(await officeSettings()), ...change }));

  it.each<[string, object, string]>([
    ['a value out of range', { ringSeconds: 4 }, 'ringSeconds = 4'],
    ['a value of the wrong kind', { country: 7 }, 'country = 7'],
    ['a misspelt key, of which nobody knows whether it is secret', { ringSecond: 30 }, 'ringSecond = (hidden)'],
    ['a missing group', { groups: [] }, 'profiles[0].members = "support"'],
    ['an unknown member', { groups: [{ id: 'leads', name: 'L', members: ['999'] }] }, 'groups[0].members[0] = "999"'],
    [
      'a number used twice',
      { groups: [{ id: 'support', name: 'S', number: '101', members: [] }] },
      'groups[0].number = "101"',
    ],
  ])('%s stops it, with path, value, reason and remedy', async (_what, change, pathAndValue) => {
    const { code, said } = await changed(change);
    expect(code).toBe(3);
    const [, reason, remedy] = said.slice(said.indexOf(pathAndValue)).split('\n');
    expect(said).toContain(`${pathAndValue}\n`);
    expect(reason).toMatch(/^ {4}\S/);
    expect(remedy).toMatch(/^ {4}Remedy: \S/);
    expect(said).not.toContain('secret of');
  });

  it('a file that is no JSON stops it and is left as it is', async () => {
    const { code, said } = await startWith('{ "version": 1,');
    expect(code).not.toBe(0);
    expect(said).toContain('settings.json');
    expect(said).not.toMatch(/\n\s+at /);
  });
});

describe('a start without its address', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-e2e-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const startAt = async (address: string, port: number) => {
    const settings = { ...(await officeSettings()), sip: { address, port: 5060 } };
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
    return failingStart(folder, port);
  };

  it('ends, and says who has the port and what to do', async () => {
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address();
    const { code, said } = await startAt('127.0.0.1', port);
    expect(code).toBe(3);
    expect(said).toContain(`127.0.0.1:${port}`);
    expect(said).toContain('another program uses the port already');
    expect(said).toContain('--sip-port');
    other.close();
  });

  it.each([
    ['192.0.2.1', 'this machine does not have the address'],
    ['::1', 'sip.address = "::1"'],
  ])('%s ends, and says what is wrong with it', async (address, reason) => {
    const { code, said } = await startAt(address, 0);
    expect(code).toBe(3);
    expect(said).toContain(reason);
    expect(said).not.toMatch(/\n\s+at /);
  });
});

describe('a running appliance', () => {
  let office: RunningOffice;

  beforeEach(async () => {
    office = await RunningOffice.open();
  });
  afterEach(() => office.close());

  it('lets no second one into its data folder', async () => {
    const { code, said } = await failingStart(office.appliance.folder);
    expect(code).not.toBe(0);
    expect(said).toContain(office.appliance.folder);
    await office.talk('101', '102');
  });

  it('goes on in a new log file when it is hung up on, and calls do not notice', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const file = join(office.appliance.folder, 'log/modcall.log');
    await rename(file, `${file}.away`);
    office.appliance.signal('SIGHUP');
    const text = await until('a new log file', async () => (await readFile(file, 'utf8').catch(() => '')) || undefined);
    expect(text).toContain('SIGHUP');
    expect([caller.state, callee.state]).toEqual(['talking', 'talking']);
    expect(await office.appliance.stop()).toBe(0);
    expect(await office.recorded('boxStopped')).toHaveLength(1);
  });

  it('stays when nobody reads what it says any more', async () => {
    office.appliance.closeOutput();
    for (const number of ['101', '102']) await office.phone(number).agent.register();
    await office.talk('101', '102');
    expect(await office.appliance.stop()).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends by %s also while it starts', async (signal) => {
    expect(await office.appliance.stop()).toBe(0);
    const child = begin(office.appliance.folder, 0);
    const lock = join(office.appliance.folder, 'modcall.lock');
    await until('the folder to be taken', () =>
      stat(lock).then(
        () => true,
        () => false,
      ),
    );
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await expect(stat(lock)).rejects.toThrow('ENOENT');
  });

  it('ends all calls when it is stopped, and ends with 0', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const ringing = await office.call('103', '104');
    await until('the phone to ring', () => ringing.state === 'ringing');
    expect(await office.appliance.stop()).toBe(0);
    await until('all to be released', () => [caller, callee, ringing].every(({ state }) => state === 'ended'));
    expect(caller.end).toMatchObject({ by: 'them' });
    expect(callee.end).toMatchObject({ by: 'them' });
  });
});
