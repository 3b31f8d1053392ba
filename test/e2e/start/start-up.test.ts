import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { sine } from '../../support/audio/tones.js';
import { writeWav } from '../../support/audio/wav.js';
import { deadDisk, slowDisk } from '../../support/disks/slow-disk.js';
import { OfficePhone, officeSettings, telephone, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { startPatienceMs, until } from '../../support/waiting.js';

const program = fileURLToPath(new URL('../../../dist/cli/modcall.js', import.meta.url));
const latePort = 18_508;
const lateTlsPort = 18_509;

/** @param port that of the settings where it is null. */
function begin(
  folder: string,
  port: number | null,
  environment: Readonly<Record<string, string>> = {},
  panel: readonly string[] = ['--no-panel'],
) {
  const sip = port === null ? [] : ['--sip-port', String(port)];
  return spawn(program, ['start', '--data', folder, ...panel, ...sip], {
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', ...environment },
  });
}

/** Another program at a port. */
async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Runs `modcall start` on a folder where it should not start. */
async function failingStart(
  folder: string,
  port: number | null = 0,
  environment: Readonly<Record<string, string>> = {},
  panel: readonly string[] = ['--no-panel'],
): Promise<{ code: number | null; signal: NodeJS.Signals | null; said: string }> {
  const child = begin(folder, port, environment, panel);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, signal: child.signalCode, said };
}

describe('a start with wrong settings', () => {
  let appliance: Appliance;

  afterEach(() => appliance.remove());

  const refusedMonitor = async () => {
    const call = await (await OfficePhone.register(appliance, '100')).call('*55');
    await until('the moderator to be turned away', () => call.state === 'ended');
  };

  it('names path, value, reason and remedy, telephones with what is sound, and keeps monitoring closed', async () => {
    appliance = await Appliance.start(await officeSettings({ ringSeconds: 4 }));
    const entry = appliance.log.find(({ code }) => code === 'settingsSalvaged');
    expect(entry?.level).toBe('error');
    const [pathAndValue, reason, remedy] = String(entry?.advice).split('\n').slice(-3);
    expect(pathAndValue).toBe('  ringSeconds = 4');
    expect(reason).toMatch(/^ {4}\S/);
    expect(remedy).toMatch(/^ {4}Remedy: \S/);
    await until('the person at the terminal to be told', () =>
      appliance.log.find(({ msg }) => msg.includes('ATTENTION')),
    );
    await telephone(appliance);
  });

  it.each([
    ['zeroes', (path: string) => writeFile(path, '\0'.repeat(2000))],
    ['gone', (path: string) => rm(path)],
  ])(
    'goes on with those of the last start where the file is %s, and keeps monitoring closed',
    async (_what, damage) => {
      appliance = await Appliance.start(await officeSettings());
      await appliance.stop();
      await damage(join(appliance.folder, 'settings.json'));
      await appliance.run();
      expect(appliance.log.find(({ code }) => code === 'settingsOfLastStart')).toMatchObject({ level: 'error' });
      await refusedMonitor();
      const refusals = (await appliance.audit()).map(({ fact }) => fact).filter(({ type }) => type === 'refused');
      expect(refusals).toMatchObject([{ reason: 'settingsLost' }]);
    },
  );
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

  it('ends, and names every port that another program has, each with what to do', async () => {
    const taken = await Promise.all([18_571, 18_573, 18_574].map((port) => listening(port)));
    const settings = await officeSettings({
      sip: { address: '127.0.0.1', port: 18_571, tlsPort: 18_572, transports: ['udp', 'tcp', 'tls'] },
      web: { address: '127.0.0.1', port: 18_573 },
    });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
    const start = () => failingStart(folder, null, {}, ['--panel-port', '18574']);
    const { code, said } = await start();
    expect(code).toBe(3);
    expect(said).toMatch(/127\.0\.0\.1:18574: .*--panel-port/);
    expect(said).toMatch(/127\.0\.0\.1:18571: .*--sip-port or sip\.port/);
    expect(said).toMatch(/web\.port = 18573\n.*another program/);
    expect(said.match(/18571/g)).toHaveLength(1);
    expect(said).not.toContain('18572');
    for (const server of taken) server.close();
    const tls = await listening(18_572);
    const second = await start();
    expect(second.said).toMatch(/127\.0\.0\.1:18572: .*--sip-port or sip\.tlsPort/);
    const words = second.said.split('\n').filter((line) => !line.startsWith('{'));
    expect(words.join('\n')).not.toMatch(/1857[134]/);
    tls.close();
  });

  it('ends, and says that the machine does not have the address', async () => {
    const { code, said } = await startAt('192.0.2.1', 0);
    expect(code).toBe(3);
    expect(said).toContain('this machine does not have the address');
    expect(said).not.toMatch(/\n\s+at /);
  });
});

describe('a start that is held up', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-e2e-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    [
      'as a whole, by a library that does not load,',
      'process.dlopen = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
      'load the program',
    ],
    [
      'by a disk that does not answer',
      `const files = require('node:fs/promises');
       const { open } = files;
       files.open = (path, ...more) => String(path).endsWith('audit.jsonl') ? new Promise(() => setInterval(() => {}, 1e6)) : open(path, ...more);
       require('node:module').syncBuiltinESMExports();`,
      'open the audit record',
    ],
  ])('%s says what it waits for, and ends', async (_what, hang, step) => {
    const planted = join(folder, 'planted.cjs');
    await writeFile(planted, hang);
    const { signal, said } = await failingStart(join(folder, 'data'), 0, { NODE_OPTIONS: `--require ${planted}` });
    expect(signal).toBe('SIGKILL');
    // On a busy machine it may not even have come to its first step.
    if (said.includes('the program could not be loaded for 10 seconds')) return;
    const words = `Modcall could not start: for 10 seconds, or a minute in all, it got no further than this step: ${step}.`;
    expect(said).toContain(words);
    expect(await readFile(join(folder, 'data/log/modcall.log'), 'utf8')).toContain(words);
  });

  it('heeds SIGHUP and SIGTERM from the first moment on', async () => {
    const child = begin(join(folder, 'data'), 0);
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    const hangUp = 1;
    await until('signals to be heeded', async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return (Number.parseInt(/SigCgt:\s+([0-9a-f]+)/.exec(status)?.[1]?.slice(-8) ?? '', 16) & hangUp) !== 0;
    });
    expect(await readFile(`/proc/${child.pid}/maps`, 'utf8')).not.toContain('pjsua');
    child.kill('SIGHUP');
    await until('the box to be ready', () => said.includes('"ready"'));
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});

/** A process of the box that answers to its order only once there is a file. */
const slowProcess = (program: string, file: string) => `
  if (process.argv[1]?.endsWith('${program}'))
    while (!require('node:fs').existsSync('${file}')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);`;

/** A process of the box that never answers to its order. */
const deadProcess = (program: string) => `
  if (process.argv[1]?.endsWith('${program}')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`;

describe('a start with a part that does not answer', () => {
  let appliance: Appliance | undefined;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-e2e-'));
  });
  afterEach(async () => {
    await appliance?.remove();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['the CPU', deadDisk('/proc/cpuinfo'), 'The hardware ID could not be read in time'],
    ['a licence file', deadDisk('/licence/licence.txt'), 'licence.txt could not be read'],
    ['the memory of the clock', deadDisk('/licence/clock.json'), 'clock.json could not be read'],
    ['prompts of one’s own', deadDisk('/prompts/de'), 'those of Modcall are used'],
    [
      'the history of the settings',
      deadDisk('/settings-history'),
      'cannot be reached by commands, browsers and programs',
    ],
    ['the users', deadDisk('/users.json'), 'cannot be reached by commands, browsers and programs'],
    ['the certificate', deadDisk('/tls-self-signed.pem'), 'cannot be reached by commands, browsers and programs'],
    ['TLS', deadDisk('/tls-self-signed.pem'), 'phones cannot register over TLS'],
    [
      'the schedule of the backups',
      deadDisk('/backup-schedule'),
      'cannot be reached by commands, browsers and programs',
    ],
    ['the simulated board', deadProcess('simulator/board/main.js'), 'The simulated board did not answer in time'],
  ])('goes on without %s, says so, and telephones', async (_what, hang, advice) => {
    const planted = join(folder, 'planted.cjs');
    await writeFile(planted, hang);
    appliance = await Appliance.start(await officeSettings({ sip: { transports: ['udp', 'tcp', 'tls'] } }), {
      environment: { NODE_OPTIONS: `--require ${planted}` },
      hasFrontPanel: true,
    });
    expect(appliance.log.filter(({ code }) => code === 'leftOut')).toContainEqual(
      expect.objectContaining({ level: 'error', advice: expect.stringContaining(advice) }),
    );
    await until('the person at the terminal to be told', () =>
      appliance?.log.find(({ msg }) => msg.includes('ATTENTION') && msg.includes(advice)),
    );
    await telephone(appliance);
  });

  it('is reached as soon as a disk has answered that took too long, and does not ask for anything then', async () => {
    const planted = join(folder, 'planted.cjs');
    await writeFile(planted, slowDisk('/settings-history', join(folder, 'answers')));
    const web = { address: '127.0.0.1', port: latePort };
    appliance = await Appliance.start(await officeSettings({ web }), {
      environment: { NODE_OPTIONS: `--require ${planted}` },
    });
    const { log } = appliance;
    expect(log.find(({ code }) => code === 'leftOut')).toMatchObject({
      advice: expect.stringContaining('cannot be reached by commands'),
    });
    await writeFile(join(folder, 'answers'), '');
    await until('the part that was left out', () => log.find(({ code }) => code === 'leftOutIsBack'));
    // The welcome could not say it yet.
    for (const line of [`in the browser: https://127.0.0.1:${latePort}`, 'with the one-time code '])
      await until(`the terminal to say ${line}`, () =>
        log.find(({ level, msg }) => level === 'text' && msg.includes(line)),
      );
    const { said } = await appliance.command('state', 'show', '--json');
    expect(JSON.parse(said)).toMatchObject({ faults: [] });
  });

  it.each([
    ['the hardware ID', (file: string) => slowDisk('/proc/cpuinfo', file), 'start.leftOut.hardwareId'],
    ['the memory of the clock', (file: string) => slowDisk('/licence/clock.json', file), 'start.leftOut.licence'],
    ['the block list', (file: string) => slowDisk('/licence/block-list.txt', file), 'start.leftOut.licence'],
    ['the board of the last start', (file: string) => slowDisk('/last-board.json', file), 'start.leftOut.licence'],
    ['TLS', (file: string) => slowDisk('/tls-self-signed.pem', file), 'start.leftOut.tls'],
    [
      'the simulated board',
      (file: string) => slowProcess('simulator/board/main.js', file),
      'start.leftOut.simulatedBoard',
    ],
  ])('has %s as soon as it has answered, and nothing is left to be done', async (_what, slow, part) => {
    const [planted, answers] = [join(folder, 'planted.cjs'), join(folder, 'answers')];
    await writeFile(planted, slow(answers));
    appliance = await Appliance.start(await officeSettings({ sip: { transports: ['udp', 'tcp', 'tls'] } }), {
      environment: { NODE_OPTIONS: `--require ${planted}` },
      hasFrontPanel: true,
    });
    const { log } = appliance;
    expect(log.filter(({ code }) => code === 'leftOut')).not.toEqual([]);
    await telephone(appliance);
    await writeFile(answers, '');
    await until(
      () => `${part} to be back:\n${appliance?.logTail()}`,
      () => log.find((entry) => entry.code === 'leftOutIsBack' && entry.part === part),
    );
    await until('nothing to be left out', async () => {
      const { said } = (await appliance?.command('state', 'show', '--json')) ?? {};
      return JSON.parse(said ?? '{}').faults?.length === 0;
    });
    await telephone(appliance);
  });

  it('lets phones register over TLS once the certificate has been read', async () => {
    const [planted, answers] = [join(folder, 'planted.cjs'), join(folder, 'answers')];
    await writeFile(planted, slowDisk('/tls-self-signed.pem', answers));
    const sip = { transports: ['udp', 'tls'], tlsPort: lateTlsPort };
    appliance = await Appliance.start(await officeSettings({ sip }), {
      environment: { NODE_OPTIONS: `--require ${planted}` },
    });
    const { log } = appliance;
    await writeFile(answers, '');
    const late = await until('TLS', () => log.find(({ msg }) => msg === 'phones can register over TLS'));
    const { port } = late.address as { readonly port: number };
    const presented = connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(presented, 'secureConnect');
    expect(presented.getPeerX509Certificate()?.subject).toContain('CN=');
    presented.destroy();
  });

  it('speaks prompts of one’s own once they have been checked', async () => {
    const [planted, answers] = [join(folder, 'planted.cjs'), join(folder, 'answers')];
    await writeFile(planted, slowDisk('/prompts/de', answers));
    const ownHertz = 1500;
    appliance = await Appliance.start(await officeSettings(), {
      environment: { NODE_OPTIONS: `--require ${planted}` },
      furnish: async (data) => {
        for (const language of ['de', 'en']) {
          await mkdir(join(data, 'prompts', language), { recursive: true });
          await writeWav(join(data, 'prompts', language, 'enter-pin.wav'), sine(ownHertz, -10, 2000));
        }
      },
    });
    const { log } = appliance;
    expect(log.find(({ code }) => code === 'leftOut')).toBeDefined();
    await writeFile(answers, '');
    await until('the prompts', () => log.find(({ code }) => code === 'leftOutIsBack'));
    const moderator = await OfficePhone.register(appliance, '100');
    const call = await moderator.call('*55');
    await untilHears('moderator', call, { present: [ownHertz], absent: [] });
    call.hangUp();
    moderator.close();
  });

  it.each([
    ['the phones of the demonstration', '', [0, null]],
    // What waits for a disk that does not answer is killed when the box stops.
    ['these and the history of the settings', deadDisk('/settings-history'), [null, 'SIGKILL']],
  ])('goes on without %s', async (_what, alsoDead, end) => {
    const planted = join(folder, 'planted.cjs');
    await writeFile(planted, deadProcess('demo/demo-phones.js') + alsoDead);
    const words = ['start', '--demo', '--data', join(folder, 'data'), '--no-panel', '--sip-port', '0'];
    const child = spawn(program, words, {
      env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', NODE_OPTIONS: `--require ${planted}` },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    await until('the welcome', () => said.includes('Modcall is running'), startPatienceMs);
    expect(said).toContain('ATTENTION: The two phones of the demonstration did not answer in time');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual(end);
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

  it('says nothing but the lines of its log to a program that reads them', async () => {
    expect(await office.appliance.stop()).toBe(0);
    const child = begin(office.appliance.folder, 0);
    const said = { out: '', err: '' };
    child.stdout.on('data', (text) => {
      said.out += text;
    });
    child.stderr.on('data', (text) => {
      said.err += text;
    });
    await until('the welcome', () => said.err.includes('Modcall is running'), startPatienceMs);
    child.kill('SIGTERM');
    await once(child, 'close');
    const lines = said.out.trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('msg');
    expect(lines.length).toBeGreaterThan(1);
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
