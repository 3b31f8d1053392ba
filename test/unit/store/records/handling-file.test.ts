import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { HandlingFile } from '../../../../src/store/records/handling-file.js';
import { usualHandling } from '../../../../src/switchboard/call-handling.js';

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
  expect(file).toMatchObject({ found: new Map(), damaged: null });
  await file.save({ serial: 1, of });
  expect(await HandlingFile.open(path)).toMatchObject({ found: of, damaged: null });
});

it('whoever waits for what was saved last learns that it could not be', async () => {
  const file = await HandlingFile.open(join(path, 'nowhere', 'call-handling.json'));
  await writeFile(path, 'a file in the way');
  await expect(file.save({ serial: 1, of })).rejects.toThrow();
  await expect(file.saved).rejects.toThrow();
});

it.each([
  ['half a file', '{"102": {"alw'],
  ['a number that nobody could dial', JSON.stringify({ 102: { ...usualHandling, always: 'sip:eve@example.com' } })],
  ['a field that does not belong there', JSON.stringify({ 102: { ...usualHandling, never: '0170' } })],
])('%s is set aside, and the calls ring as usual', async (_what, text) => {
  await writeFile(path, text);
  const { found, damaged } = await HandlingFile.open(path);
  expect(found.size).toBe(0);
  expect(await readdir(folder)).toEqual([damaged]);
});
