import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../../src/admin/operations.js';
import { findCommand } from '../../../../src/cli/find-command.js';
import { Signals } from '../../../../src/cli/signals.js';

const run = promisify(execFile);
let script = '';

beforeAll(async () => {
  const { run: complete, args } = findCommand(['completion', 'bash']);
  const signals = new Signals();
  await complete(args, {
    terminal: {
      language: 'en',
      isInteractive: false,
      width: 100,
      print: (text) => {
        script = text;
      },
      printError: () => {},
      readInput: async () => '',
      readSecret: async () => '',
    },
    environment: {},
    dataFolder: '/nowhere',
    boards: 'board',
    version: '1.0.0',
    signals,
    watch: null,
    manager: null,
    loadAppliance: () => Promise.reject(new Error('nothing is started')),
    loadStoppedBox: () => Promise.reject(new Error('nothing is asked')),
  });
  signals.release();
});

/** What a real bash offers behind these words; the last one is the one that is being typed. */
async function offered(...words: string[]): Promise<readonly string[]> {
  const ask = `COMP_WORDS=(modcall "$@"); COMP_CWORD=$#; _modcall; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await run('bash', ['--norc', '-uc', `set +u\n${script}\n${ask}`, 'bash', ...words]);
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('bash', () => {
  it('offers every noun, and every verb of it', async () => {
    const nouns = await offered('');
    for (const { name } of operations) expect(nouns).toContain(name.split(' ')[0]);
    expect(nouns).toEqual(expect.arrayContaining(['start', 'help', 'events', 'log', 'completion']));
    expect(new Set(nouns).size).toBe(nouns.length);
    expect(await offered('pins', '')).toEqual(['list', 'set', 'remove']);
    expect(await offered('ext')).toEqual(['extensions']);
  });

  it('offers the options of a command, and what they may be', async () => {
    expect(await offered('extensions', 'set', '101', '--na')).toEqual(['--name']);
    expect(await offered('extensions', 'set', '101', '--language', '')).toEqual(['de', 'en']);
    expect(await offered('profiles', 'set', 'x', '--notice.member.kind', 'tone')).toEqual(['toneAtStart', 'toneEvery']);
    expect(await offered('users', 'set', 'bob', '--password-')).toEqual(['--password-file']);
    expect(await offered('start', '--sip')).toEqual(['--sip-port']);
    expect(await offered('events', 'mon')).toEqual(['monitors']);
    expect(await offered('audit', 'verify', '--')).toEqual(['--checkpoint', '--json', '--help']);
  });

  it('offers files where a file is meant, and looks past the data folder', async () => {
    expect(await offered('users', 'set', 'bob', '--password-file', 'package.js')).toEqual(['package.json']);
    expect(await offered('--data', '/tmp', 'pins', 'l')).toEqual(['list']);
  });

  it('offers nothing where it knows nothing', async () => {
    expect(await offered('nonsense', '')).toEqual([]);
    expect(await offered('extensions', 'frob', '')).toEqual([]);
  });
});
