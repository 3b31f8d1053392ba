import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../src/admin/operations.js';
import { boxClient, textOf } from '../../../src/cli/box/box-client.js';
import { connectSocket } from '../../../src/store/files/unix-socket.js';
import { CommandLine } from '../../support/command-line.js';
import { OfficePhone, passwordOf, pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

const isRoot = process.getuid?.() === 0;
const nobody = 65534;

let office: RunningOffice;
let shell: CommandLine;
const socket = () => join(office.appliance.folder, 'modcall.sock');

beforeAll(async () => {
  office = await RunningOffice.open();
  shell = new CommandLine(office.appliance.folder);
});
afterEach(() => office.hangUp());
afterAll(() => office.close());

/** Changes the settings by a command, and takes that back when the test has seen what came of it. */
async function during(words: readonly string[], seen: () => Promise<void>, input = ''): Promise<void> {
  const { version } = await shell.ask('settings', 'show');
  expect(await shell.run(words, { input })).toMatchObject({ code: 0, err: '' });
  try {
    await seen();
  } finally {
    await shell.ask('settings', 'restore', String(version));
  }
}

describe('a command in the middle of a monitored call', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['withdraws the consent of a member', 'noConsent', ['extensions', 'change', '101', '--no-consents']],
    [
      'takes a member out of the group',
      'notInGroup',
      ['groups', 'change', 'support', '--members', '102', '--members', '103'],
    ],
    ['switches the profile off', 'profileOff', ['profiles', 'change', 'support', '--no-enabled']],
  ])('%s: the monitor ends with its reason, and the call goes on', async (_, reason, words) => {
    const { member, other, moderator } = await office.listening();
    await during(words, async () => {
      await office.untilMonitorEnded(reason);
      await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('102')] });
      await office.untilTalkingAlone(member, other);
    });
    expect(member.requestsReceived.concat(other.requestsReceived)).toEqual([]);
  });

  it('ends it with a note, and shows it before', async () => {
    const { member, other } = await office.listening();
    const {
      entries: [monitor],
    } = await shell.ask('monitors', 'list');
    expect(monitor).toMatchObject({ moderator: '100', member: '101' });
    const ended = await shell.run(['monitors', 'end', String(monitor.session), '--note', 'not today']);
    expect(ended).toEqual({ code: 0, out: 'Done.\n', err: '' });
    await office.untilMonitorEnded('endedByAdmin');
    await office.untilTalkingAlone(member, other);
    await until('the note in the record', async () =>
      (await office.recorded('monitorEnded')).some(({ by, note }) => by === 'console' && note === 'not today'),
    );
  });

  it('adds an extension whose phone registers and calls', async () => {
    const secret = join(office.appliance.folder, 'password');
    await writeFile(secret, `${passwordOf('105')}\n`);
    const { caller, callee } = await office.talk('101', '102');
    await during(['extensions', 'set', '105', '--name', 'Eva', '--password-file', secret], async () => {
      const phone = await OfficePhone.register(office.appliance, '105');
      const call = await phone.call('103');
      await until('the call of the new extension', () => office.phone('103').incoming.length > 0);
      call.hangUp();
      phone.close();
    });
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
  });

  it('gives a PIN that counts at once, and shows it nowhere', async () => {
    await office.talk('101', '102');
    const pin = '503917';
    const given = await shell.run(['pin', 'set', '100'], { input: `${pin}\n` });
    expect(given).toMatchObject({ code: 0, out: 'Extension 100 has a new PIN. It counts at once.\n', err: '' });
    const moderator = await office.moderate('100', `${pin}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    expect(JSON.stringify([await office.appliance.audit(), office.appliance.log])).not.toContain(pin);
    expect((await shell.run(['pins', 'set', '100'], { input: `${pins[100]}\n` })).code).toBe(0);
  });

  it('is told of by the events, line by line', async () => {
    const words = ['events', 'monitors', '--json', '--data', office.appliance.folder];
    const child = spawn(join(process.cwd(), 'dist/cli/modcall.js'), words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const events: { kind: string; type: string }[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line)));
    try {
      // Whoever watches from now on may still be on the way.
      await until('an event', async () => {
        await office.listening();
        await office.hangUp();
        return events.some(({ kind, type }) => kind === 'monitors' && type === 'started');
      });
    } finally {
      child.kill();
    }
  });
});

describe('the command line', () => {
  it('reaches every operation of the table', async () => {
    const box = boxClient(() => connectSocket(socket()), 'en');
    for (const { name, http } of operations) {
      const path = `/api${http.path.replaceAll(/\{\w+\}/g, 'x')}`;
      const hasBody = http.method !== 'GET' && http.method !== 'DELETE';
      const body = hasBody ? { body: '{"noSuchField":1}' } : {};
      const query = hasBody ? '' : '?noSuchField=1';
      const answer = await box.ask({
        method: http.method,
        path: `${path}${query}`,
        headers: { 'if-match': '*' },
        ...body,
      });
      const refusal = name.endsWith(' upload') ? 'request.notBytes' : 'request.invalidInput';
      expect({ name, answer: JSON.parse(await textOf(answer)).code }).toEqual({ name, answer: refusal });
    }
  });

  it('speaks the language of the terminal', async () => {
    const refused = await shell.run(['extensions', 'remove', '101'], { language: 'de' });
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Ändern Sie') });
    expect((await shell.run(['users', 'list'], { language: 'de' })).out).toContain('Da ist nichts zu zeigen.');
    expect((await shell.run(['extensions', 'list'])).out).toMatch(/^ {2}101 +Person 101 /m);
  });

  it('takes no secret from its arguments, and repeats none', async () => {
    const refused = await shell.run(['extensions', 'change', '101', '--password', 'hunter2hunter2']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('must not stand on the command line');
    expect(refused.out + refused.err).not.toContain('hunter2');
  });

  it('tells two who change the same thing at once what the other has changed', async () => {
    const { version } = await shell.ask('settings', 'show');
    const change = (name: string) =>
      shell.run(['extensions', 'change', '103', '--name', name, '--basis', String(version)]);
    const both = await Promise.all([change('Cora'), change('Clara')]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(both.find(({ code }) => code === 1)?.err).toMatch(/Extension 103, Name: Person 103, now (Cora|Clara)/);
    await shell.ask('settings', 'restore', String(version));
  });

  it('loses no change of many commands at once', async () => {
    const { version } = await shell.ask('settings', 'show');
    const numbers = ['101', '102', '103', '104'];
    const rename = (number: string) => shell.run(['extensions', 'change', number, '--name', `New ${number}`]);
    expect((await Promise.all(numbers.map(rename))).map(({ code }) => code)).toEqual(numbers.map(() => 0));
    const { entries } = await shell.ask('extensions', 'list');
    expect(entries).toEqual(
      expect.arrayContaining(numbers.map((number) => expect.objectContaining({ number, name: `New ${number}` }))),
    );
    await shell.ask('settings', 'restore', String(version));
  });
});

describe('a backup', () => {
  const passphrase = 'correct horse battery';
  const inQuiet = async (to: string, words: readonly string[]) =>
    new CommandLine(to).run(words, { input: `${passphrase}\n` });

  it('is made by the running box, and restores another folder', async () => {
    const root = await mkdtemp(join(tmpdir(), 'modcall-commands-'));
    const [file, other] = [join(root, 'box.backup'), join(root, 'other')];
    const { folder } = office.appliance;
    expect(await inQuiet(folder, ['backup', '--output', file])).toMatchObject({ code: 0, out: `Written: ${file}\n` });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await office.recorded('backupMade')).at(-1)).toMatchObject({ by: 'console' });
    expect((await inQuiet(other, ['restore', file])).code).toBe(0);
    const extensions = async (shell: CommandLine) => (await shell.ask('extensions', 'list')).entries;
    expect(await extensions(new CommandLine(other))).toEqual(await extensions(shell));
    expect((await inQuiet(folder, ['backup', '--output', file])).err).toContain('already');
    await rm(root, { recursive: true });
  });

  it('of the identity is made by the running box, and not put in place beside it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'modcall-commands-'));
    const identity = join(root, 'identity.json');
    const { folder } = office.appliance;
    expect((await inQuiet(folder, ['identity', 'backup', '--output', identity])).code).toBe(0);
    expect((await office.recorded('identityBackedUp')).at(-1)).toMatchObject({ by: 'console' });
    expect(await inQuiet(folder, ['identity', 'restore', identity])).toMatchObject({
      code: 3,
      err: expect.stringContaining('is in use by'),
    });
    await rm(root, { recursive: true });
  });
});

describe('the socket of the running box', () => {
  it('is for its owner alone', async () => {
    expect((await stat(socket())).mode & 0o777).toBe(0o600);
  });

  it.skipIf(!isRoot)('says to others that it is not theirs', async () => {
    await chmod(office.appliance.folder, 0o755);
    const { code, err } = await shell.run(['state', 'show'], { user: nobody });
    await chmod(office.appliance.folder, 0o700);
    expect(code).toBe(3);
    expect(err).toContain('Run the command as the user that Modcall runs as');
  });

  it('is left alone by a second start', async () => {
    expect((await shell.run(['start', '--no-panel', '--sip-port', '0'])).code).toBe(3);
    expect((await shell.run(['state', 'show'])).code).toBe(0);
  });

  it('is replaced after the box was killed; until then a command says so, or does it by itself', async () => {
    await office.appliance.kill();
    expect((await stat(socket())).isSocket()).toBe(true);
    expect(await shell.run(['calls', 'list'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('modcall start'),
    });
    const { version } = await shell.ask('settings', 'show');
    const changes = ['Dora', 'Doris'].map((name) => shell.run(['extensions', 'change', '104', '--name', name]));
    expect((await Promise.all(changes)).map(({ code }) => code)).toEqual([0, 0]);
    await office.powerCut();
    expect((await shell.run(['calls', 'list'])).code).toBe(0);
    expect((await shell.ask('settings', 'show')).version).toBe(version + 2);
    expect((await shell.ask('extensions', 'show', '104')).entry.name).toMatch(/^Dor/);
    expect((await office.recorded('settingsChanged')).at(-1)).toMatchObject({ by: 'console', version: version + 2 });
  });

  it('may be lost without a call noticing', async () => {
    const { caller, callee } = await office.talk('101', '102');
    await rm(socket());
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
    await office.hangUp();
    await office.talk('103', '104');
    await office.restart();
    expect((await shell.run(['state', 'show'])).code).toBe(0);
  });
});
