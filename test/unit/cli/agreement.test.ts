import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runAgreement } from '../../../src/cli/agreement.js';
import type { CommandContext } from '../../../src/cli/command.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { agreed } from '../agreement/documents.js';

let folder: string;
let typed: string[];
let out: string;
let errors: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-signer-'));
  [typed, out, errors] = [[], '', ''];
});
afterEach(() => rm(folder, { recursive: true }));

const terminal: Terminal = {
  isInteractive: true,
  width: 100,
  language: 'en',
  print(text) {
    out += `${text}\n`;
  },
  printError(text) {
    errors += `${text}\n`;
  },
  readInput: async () => '',
  readSecret: async () => typed.shift() ?? '',
};
const run = (...words: string[]) => runAgreement(words, { terminal } as CommandContext);
const passphrase = 'a passphrase of the council';

test('makes a key that only its owner can read, and signs a document with it', async () => {
  const [key, document] = [join(folder, 'key'), join(folder, 'document.json')];
  await writeFile(document, JSON.stringify({ proposal: { document: agreed } }));
  typed = [passphrase, passphrase, passphrase];
  expect(await run('make-key', '--output', key)).toBe(0);
  expect(out).toMatch(/names your public key: [0-9a-f]{64}\n$/);
  expect((await stat(key)).mode & 0o777).toBe(0o600);
  expect(await readFile(key, 'utf8')).not.toContain('PRIVATE');
  expect(await run('sign-document', document, key)).toBe(0);
  expect(out).toMatch(/no\. 1 with the hash [0-9a-f]{64}\. .*\n[0-9a-f]{128}\n$/);
  out = '';
  typed = [passphrase];
  expect(await run('sign-document', document, key, '--json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ version: 1, signature: expect.stringMatching(/^[0-9a-f]{128}$/) });
});

test('says what is wrong, and takes no passphrase from the words', async () => {
  expect(await run('make-key')).toBe(2);
  expect(await run('make-key', '--output', join(folder, 'key'), '--passphrase', 'x')).toBe(2);
  expect(await run('sign-document', 'one')).toBe(2);
  typed = [passphrase, 'another one'];
  expect(await run('make-key', '--output', join(folder, 'key'))).toBe(3);
  typed = ['short', 'short'];
  expect(await run('make-key', '--output', join(folder, 'key'))).toBeGreaterThan(0);
  expect(errors).toContain('too short');
});
