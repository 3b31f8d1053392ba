import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { HandlingFile } from '../../../../src/store/records/handling-file.js';
import { usualHandling } from '../../../../src/switchboard/handling/call-handling.js';
import { orderedTarget } from '../../../../src/switchboard/handling/ordered-target.js';
import { anna, Desk } from '../../switchboard/office.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-handling-'));
  path = join(folder, 'call-handling.json');
});
afterEach(() => rm(folder, { recursive: true }));

const of = new Map([[extensionNumber('102'), { ...usualHandling, always: '0170', doNotDisturb: true }]]);

it('call handling is found again after a restart', async () => {
  const file = await HandlingFile.open(path);
  expect(file).toMatchObject({ found: new Map(), loss: null });
  await file.save({ of });
  expect(await HandlingFile.open(path)).toMatchObject({ found: of, loss: null });
});

it('whoever waits for what was saved last learns that it could not be', async () => {
  const file = await HandlingFile.open(join(path, 'nowhere', 'call-handling.json'));
  await writeFile(path, 'a file in the way');
  await expect(file.save({ of })).rejects.toThrow();
  await expect(file.saved).rejects.toThrow();
});

it.each([
  ['half a file', '{"102": {"alw'],
  ['a list', '[]'],
  ['nothing', ''],
])('%s is set aside, and the calls ring as usual', async (_what, text) => {
  await writeFile(path, text);
  const { found, loss } = await HandlingFile.open(path);
  expect(found.size).toBe(0);
  expect(loss).toEqual({ keptAs: expect.stringContaining('.broken-'), places: null });
  expect(await readdir(folder)).toEqual([loss?.keptAs]);
});

it.each([
  ['a number that nobody could dial', { 103: { ...usualHandling, always: 'sip:eve@example.com' } }, ['103.always']],
  ['a missing field', { 103: { always: null, busy: null, noAnswer: null } }, ['103.doNotDisturb']],
  ['no call handling', { 103: 'mine' }, ['103']],
  ['no extension', { anna: usualHandling }, ['anna']],
])('an entry with %s costs only itself, and is kept beside the others', async (_what, bad, places) => {
  const text = JSON.stringify({ ...bad, ...Object.fromEntries(of) });
  await writeFile(path, text);
  const { found, loss } = await HandlingFile.open(path);
  expect(found).toEqual(of);
  expect(loss?.places).toEqual(places);
  expect(await readFile(join(folder, loss?.keptAs ?? ''), 'utf8')).toBe(text);
  expect(await HandlingFile.open(path)).toMatchObject({ found: of, loss: null });
});

it('what a later version keeps besides is left out', async () => {
  await writeFile(path, JSON.stringify({ 102: { ...of.get(extensionNumber('102')), onHolidays: '0171' } }));
  expect(await HandlingFile.open(path)).toMatchObject({ found: of, loss: null });
});

it.each([`0${'7'.repeat(31)}`, `*31#0${'7'.repeat(27)}`])(
  'the longest number that can be ordered is found again: %s',
  async (to) => {
    const { state } = new Desk();
    expect(orderedTarget(state, anna, 'always', `${to}7`)).toEqual({ cause: 'notFound', isEndless: false });
    expect(orderedTarget(state, anna, 'always', to)).toMatchObject({ kind: 'trunk' });
    const file = await HandlingFile.open(path);
    const ordered = new Map([[anna, { ...usualHandling, always: to }]]);
    await file.save({ of: ordered });
    expect(await HandlingFile.open(path)).toMatchObject({ found: ordered, loss: null });
  },
);
