import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { officeSettings } from '../support/office.js';
import { canMount, SmallDisk } from '../support/small-disk.js';

const program = fileURLToPath(new URL('../../dist/cli/modcall.js', import.meta.url));

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

describe('every command', () => {
  it('tells how it is used, and does nothing else, where --help stands behind it', async () => {
    for (const words of commands) {
      const { code, out, err } = await run([...words, '--help']);
      expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
      expect(out).toContain('Usage:');
    }
  });

  it('names the word that it does not understand', async () => {
    for (const words of commands) {
      const { code, err } = await run([...words, '--nonsense']);
      expect({ words, code }).toEqual({ words, code: 2 });
      expect(err, words.join(' ')).toMatch(/--nonsense/);
    }
  });

  it('shows no stack where there is no data folder, or none can be', async () => {
    for (const words of complete) {
      for (const data of [join(folder, 'nowhere'), '/proc/nope', '/dev/null']) {
        const { code, out, err } = await run([...words, '--data', data], '7391\n');
        expect([0, 1, 2, 3], `${words} ${data} ${err}`).toContain(code);
        expect(out + err, `${words} ${data}`).not.toMatch(stack);
      }
    }
  }, 180_000);
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
        for (const words of complete) {
          const { out, err } = await run(words, '7391\n');
          expect(out + err, words.join(' ')).not.toMatch(stack);
        }
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

describe('a passphrase', () => {
  const backUp = (input: string | null) => run(['identity', 'backup', '--output', join(folder, 'backup')], input);

  it('is taken from a pipe', async () => {
    await run(['hardware-id']);
    expect(await backUp('correct horse battery staple\n')).toMatchObject({ code: 0 });
    const restored = await run(['identity', 'restore', join(folder, 'backup')], 'correct horse battery staple\n');
    expect(restored).toMatchObject({ code: 0 });
  });

  it.each([
    ['nothing is piped', ''],
    ['there is no terminal', null],
  ])('is asked for in words where %s', async (_what, input) => {
    await run(['hardware-id']);
    const { code, err } = await backUp(input);
    expect(code).toBe(2);
    expect(err).toContain('Nothing was entered');
  });
});
