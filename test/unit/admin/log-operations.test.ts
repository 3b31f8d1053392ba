import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogAdmin } from '../../../src/admin/log-admin.js';
import { logOperations } from '../../../src/admin/log-operations.js';
import { openLog } from '../../../src/log/log.js';
import { entriesOf, run } from './settings/settings-box.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-log-operations-'));
  path = join(folder, 'modcall.log');
});
afterEach(() => rm(folder, { recursive: true }));

const show = (input: object = {}) => entriesOf(run(logOperations, { log: new LogAdmin(path) }, 'log show', input));
const messages = async (input: object = {}) =>
  ((await show(input)) as { message: string }[]).map(({ message }) => message);
const open = () =>
  openLog({ level: 'trace', language: 'en', file: path, stdout: { write: () => true }, readable: false });

test('the latest lines are shown as they were logged, the oldest first', async () => {
  const { log, reopen } = open();
  for (const number of [1, 2, 3]) log.info({ number }, `line ${number}`);
  reopen();
  expect(await show({ lines: 2 })).toMatchObject([
    { level: 'info', message: 'line 2', fields: { number: 2 } },
    { level: 'info', message: 'line 3', fields: { number: 3 } },
  ]);
});

test('a level shows what is at least as severe', async () => {
  const { log, reopen } = open();
  log.debug('decided');
  log.warn('odd');
  log.error('bad');
  log.info('ready');
  reopen();
  expect(await messages({ level: 'warn' })).toEqual(['odd', 'bad']);
  expect(await messages()).toHaveLength(4);
});

test('lines go on in older files, and what is no line of the log is left out', async () => {
  await writeFile(`${path}.1`, '{"time":"a","level":"info","msg":"old"}\n');
  await writeFile(path, 'nonsense\n{"level":"odd"}\n{"time":"b","level":"info","msg":"new"}\n{"torn');
  expect(await messages()).toEqual(['old', 'new']);
});

test('a one-time code is for whoever is at the box, and without a log there are no lines', async () => {
  expect(await show()).toEqual([]);
  const { log, reopen } = open();
  log.warn(
    { code: '1234-5678-9012' },
    'nobody can sign in yet: this one-time code sets the password of the first admin',
  );
  reopen();
  expect(await show()).toMatchObject([{ fields: { code: '****-****-****' } }]);
});
