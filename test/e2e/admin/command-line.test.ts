import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { canMount, SmallDisk } from '../../support/disks/small-disk.js';
import { officeSettings, telephone } from '../../support/office.js';
import { startPatienceMs, until } from '../../support/waiting.js';

const program = fileURLToPath(new URL('../../../dist/cli/modcall.js', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs a command as a shell does. @param input of a pipe; null for /dev/null. */
async function run(words: readonly string[], input: string | null = null) {
  const child = spawn(program, words, {
    stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', MODCALL_DATA: join(folder, 'data') },
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (text) => {
    said.out += text;
  });
  child.stderr?.on('data', (text) => {
    said.err += text;
  });
  child.stdin?.end(input);
  await once(child, 'close');
  return { code: child.exitCode, ...said };
}

/** What a start says to whoever sits at the terminal, up to the given words; then it is stopped. */
async function welcome(data: string, words: string): Promise<string> {
  const child = spawn(program, ['start', '--no-panel', '--sip-port', '0', '--data', data], {
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '' },
  });
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (text) => {
    said += text;
  });
  try {
    await until('the welcome', () => said.includes(words), startPatienceMs);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    return said;
  } finally {
    child.kill('SIGKILL');
  }
}

const commands = [
  'start',
  'settings',
  'settings check',
  'pin',
  'pin set 100',
  'audit',
  'audit verify',
  'audit show',
  'licence',
  'licence show',
  'licence enter',
  'licence remove',
  'licence explain',
  'licence order-sheet',
  'hardware-id',
  'identity',
  'identity backup',
  'identity restore',
].map((words) => words.split(' '));

/** All that end by themselves, with what they need. */
const complete = [
  'settings check',
  'pin set 100',
  'audit verify',
  'audit show',
  'licence show',
  'licence enter MC1-0000',
  'licence remove',
  'licence order-sheet',
  'hardware-id',
].map((words) => words.split(' '));

const stack = /\n\s+at .*:\d+:\d+/;

/** As many at a time as a small machine bears: each start of Node is mostly waiting. */
const atATime = 4;

async function forEach<T>(items: readonly T[], check: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await check(item);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

describe('every command', () => {
  it('tells how it is used, and does nothing else, where --help stands behind it', async () => {
    await forEach(commands, async (words) => {
      const { code, out, err } = await run([...words, '--help']);
      expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
      expect(out).toContain('Usage:');
      const [own = ''] = words;
      const others = ['start', 'settings', 'pin', 'audit', 'licence'].filter((one) => one !== own);
      expect(out).toContain(`${own} `);
      for (const other of others) expect(out, own).not.toMatch(new RegExp(`^ +(modcall )?${other} `, 'm'));
    });
  }, 60_000);

  it('names the word that is missing', async () => {
    for (const [command, next] of [
      ['audit', 'verify | show'],
      ['pin', 'set'],
      ['settings', 'check'],
    ] as const) {
      const { code, err } = await run([command]);
      expect(code).toBe(2);
      expect(err).toContain(`A word is missing: modcall ${command} ${next}`);
    }
    for (const words of [['help'], ['-h'], ['audit', '-h']])
      expect(await run(words)).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
    expect((await run(['pin', 'set'])).err).toMatch(/^Usage:\n {2}modcall pin set EXTENSION/);
  });

  it('names the word that it does not understand', async () => {
    await forEach(commands, async (words) => {
      const { code, err } = await run([...words, '--nonsense']);
      expect({ words, code }).toEqual({ words, code: 2 });
      expect(err, words.join(' ')).toMatch(/--nonsense/);
    });
  }, 60_000);

  it('says that there is no data folder, and makes none', async () => {
    const data = join(folder, 'nowhere');
    const identities = [
      ['identity', 'backup', '--output', join(folder, 'backup')],
      ['identity', 'restore', program],
    ];
    for (const words of [...complete, ...identities]) {
      const { code, out, err } = await run([...words, '--data', data], 'correct horse battery staple\n');
      expect({ words, code, out }).toEqual({ words, code: 3, out: '' });
      expect(err, words.join(' ')).toContain(`There is no data folder ${data}.`);
    }
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);

  it('shows no stack where there is no data folder, or none can be', async () => {
    const places = [join(folder, 'nowhere'), '/proc/nope', '/dev/null'];
    const cases = complete.flatMap((words) => places.map((data) => ({ words, data })));
    await forEach(cases, async ({ words, data }) => {
      const { code, out, err } = await run([...words, '--data', data], '7391\n');
      expect([0, 1, 2, 3], `${words} ${data} ${err}`).toContain(code);
      expect(out + err, `${words} ${data}`).not.toMatch(stack);
    });
  }, 180_000);
});

describe('beside a running box', () => {
  let appliance: Appliance;

  beforeEach(async () => {
    appliance = await Appliance.start(await officeSettings());
  });
  afterEach(() => appliance.remove());

  it('every command does its work or says why not, and the box goes on', async () => {
    const { folder: data } = appliance;
    const backup = join(folder, 'backup');
    const secret = 'correct horse battery staple\n';
    const expected: readonly (readonly [words: string, code: number, input: string | null])[] = [
      ['start --no-panel --sip-port 0', 3, null],
      ['settings', 2, null],
      ['settings check', 0, null],
      ['pin', 2, null],
      ['pin set 100', 0, '739146\n'],
      ['audit', 2, null],
      ['audit verify', 0, null],
      ['audit show', 0, null],
      ['licence', 2, null],
      ['licence show', 0, null],
      ['licence enter MC1-0000', 1, null],
      ['licence remove', 0, null],
      ['licence explain MC1-0000', 1, null],
      ['licence order-sheet', 0, null],
      ['hardware-id', 0, null],
      ['identity', 2, null],
      [`identity backup --output ${backup}`, 0, secret],
    ];
    await forEach(expected, async ([words, code, input]) => {
      const ran = await run([...words.split(' '), '--data', data], input);
      expect({ words, said: ran.out + ran.err, code: ran.code }).toMatchObject({ words, code });
      expect(ran.out + ran.err, words).not.toMatch(stack);
    });
    expect(await run(['identity', 'restore', backup, '--data', data], secret)).toMatchObject({ code: 3 });
    await telephone(appliance);
    expect(await appliance.stop()).toBe(0);
    expect(await run(['audit', 'verify', '--data', data])).toMatchObject({ code: 0 });
  }, 120_000);
});

describe.skipIf(!canMount)('a command that writes', () => {
  it.each(['read-only', 'full'] as const)(
    'says what to do where the disk is %s',
    async (fault) => {
      const data = join(folder, 'data');
      await mkdir(data);
      await writeFile(join(data, 'settings.json'), JSON.stringify(await officeSettings()), { mode: 0o600 });
      await run(['hardware-id']);
      const disk = await SmallDisk.under(data);
      try {
        if (fault === 'full') disk.fill();
        else disk.makeReadOnly();
        await forEach(complete, async (words) => {
          const { out, err } = await run(words, '7391\n');
          expect(out + err, words.join(' ')).not.toMatch(stack);
        });
        const { code, err } = await run(['pin', 'set', '100'], '739146\n');
        expect(code).toBe(3);
        expect(err).toContain(`Check that the data folder ${data}`);
      } finally {
        disk.remove();
      }
    },
    120_000,
  );
});

it.skipIf(!canMount)(
  'a start in an empty folder that can only be read shows no PIN, but what is the matter',
  async () => {
    const data = join(folder, 'data');
    await mkdir(data);
    const disk = await SmallDisk.under(data);
    disk.makeReadOnly();
    try {
      const said = await welcome(data, 'ATTENTION');
      expect(said).toContain('Nobody can listen at the moment: the audit record cannot be written');
      expect(said).toContain(`ATTENTION: The data folder ${data} cannot be written to`);
      expect(said).not.toMatch(/the PIN \d/);
    } finally {
      disk.remove();
    }
  },
);

describe('a start with settings that cannot be used', () => {
  const office = async () => {
    const data = join(folder, 'data');
    await mkdir(data);
    await writeFile(join(data, 'settings.json'), JSON.stringify(await officeSettings()));
    return data;
  };

  it('says that those of the last good start are in use, and that nobody can listen', async () => {
    const data = await office();
    await cp(join(data, 'settings.json'), join(data, 'settings.last-good.json'));
    await writeFile(join(data, 'settings.json'), '{ "version": 1, }');
    const said = await welcome(data, 'line 1, column 17');
    expect(said).toContain('Nobody can listen at the moment: monitoring is closed until the settings are corrected');
    expect(said).toMatch(/ATTENTION: .*The last good ones are in use; monitoring is closed/);
    expect(said).not.toContain('*55');
  });

  it('is no demonstration, and says why', async () => {
    const data = await office();
    await writeFile(join(data, 'settings.json'), '{ "version": 1, }');
    const { code, err } = await run(['start', '--demo', '--no-panel', '--sip-port', '0']);
    expect(code).toBe(3);
    expect(err).toContain('The demonstration cannot run, since the settings in this data folder cannot be used.');
    expect(err).toContain('line 1, column 17');
  });
});

describe('a passphrase', () => {
  const backUp = (input: string | null) => run(['identity', 'backup', '--output', join(folder, 'backup')], input);

  beforeEach(() => mkdir(join(folder, 'data')));

  it('is taken from a pipe', async () => {
    expect(await backUp('correct horse battery staple\n')).toMatchObject({ code: 0 });
    const restored = await run(['identity', 'restore', join(folder, 'backup')], 'correct horse battery staple\n');
    expect(restored).toMatchObject({ code: 0 });
  });

  it.each([
    ['nothing is piped', ''],
    ['there is no terminal', null],
  ])('is asked for in words where %s', async (_what, input) => {
    const { code, err } = await backUp(input);
    expect(code).toBe(2);
    expect(err).toContain('Nothing was entered for "Passphrase"');
  });
});
