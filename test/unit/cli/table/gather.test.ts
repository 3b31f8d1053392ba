import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArguments } from '../../../../src/cli/table/arguments.js';
import { gather } from '../../../../src/cli/table/gather.js';
import { usageNamed } from '../../../../src/cli/table/named-usage.js';
import type { Terminal } from '../../../../src/cli/terminal.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-gather-'));
});
afterAll(() => rm(folder, { recursive: true }));

const unasked = async (): Promise<never> => {
  throw new Error('nobody is asked');
};
const terminal: Terminal = {
  language: 'en',
  isInteractive: false,
  width: 100,
  print: () => {},
  printError: () => {},
  readInput: unasked,
  readSecret: unasked,
};

const gathered = (name: string, words: readonly string[]) =>
  gather(readArguments(usageNamed(name), words, 'en'), terminal);

test('a file of any bytes goes as base64', async () => {
  const sound = Buffer.from([0x52, 0x49, 0xff, 0x00, 0x0a, 0xfe]);
  const path = join(folder, 'goodbye.wav');
  await writeFile(path, sound);
  expect(await gathered('prompts set', ['en', 'goodbye', '--wav-file', path])).toEqual({
    language: 'en',
    name: 'goodbye',
    wav: sound.toString('base64'),
  });
});

test('a secret is the first line of its file', async () => {
  const path = join(folder, 'pin');
  await writeFile(path, '490173\n');
  expect(await gathered('pins set', ['100', '--pin-file', path])).toMatchObject({ number: '100', pin: '490173' });
});

test('a table is read as a spreadsheet has saved it', async () => {
  const path = join(folder, 'phones.csv');
  await writeFile(path, Buffer.from('number;name\r\n101;Jörg\r\n', 'latin1'));
  expect(await gathered('extensions import', ['--table-file', path])).toMatchObject({
    table: 'number;name\r\n101;Jörg\r\n',
  });
});
