import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NumbersFile } from '../../../../src/store/records/numbers.js';

let folder: string;
let errors: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-numbers-'));
  errors = [];
});
afterEach(() => rm(folder, { recursive: true }));

const path = () => join(folder, 'numbers.json');
const open = (given = { call: 1, session: 1 }) =>
  NumbersFile.open(
    path(),
    async () => given,
    (error) => errors.push(error),
  );
const kept = async () => JSON.parse(await readFile(path(), 'utf8'));

test('a box that was stopped goes on with the next numbers', async () => {
  const numbers = await open();
  expect(numbers.first).toEqual({ call: 1, session: 1 });
  numbers.reach({ call: 5 });
  await numbers.close({ call: 6, session: 3 });
  expect((await open({ call: 900, session: 900 })).first).toEqual({ call: 6, session: 3 });
});

test('one that lost its power gives no number again, however many it gave', async () => {
  const numbers = await open();
  for (let call = 1; call <= 1000; call += 1) {
    numbers.reach({ call });
    if (call % 100 === 0) numbers.reach({ session: call / 100 });
    // Whatever is on its way to the disk when the power fails may not get there.
    if (call % 50 !== 0) continue;
    await expect.poll(async () => (await kept()).call).toBeGreaterThan(call);
  }
  const { first } = await open();
  expect(first.call).toBeGreaterThan(1000);
  expect(first.session).toBeGreaterThan(10);
  expect(first.call).toBeLessThan(1600);
});

test('where the file is lost or damaged, it begins after all that may have been given', async () => {
  const given = { call: 77, session: 88 };
  for (const text of [null, '', '{}', '{"call":0,"session":1}', '{"call":1e99,"session":1}']) {
    if (text !== null) await writeFile(path(), text);
    const numbers = await open(given);
    expect(numbers.first).toEqual(given);
    await numbers.close(given);
  }
  expect((await readdir(folder)).some((name) => name.includes('.broken-'))).toBe(true);
});

test('a folder in its place is set aside', async () => {
  await mkdir(path());
  await writeFile(join(path(), 'in-the-way'), '');
  const numbers = await open({ call: 7, session: 7 });
  await numbers.close({ call: 9, session: 9 });
  expect([await kept(), errors]).toEqual([{ call: 9, session: 9 }, []]);
});

test('a disk that does not take it is told, and ends nothing', async () => {
  await rm(folder, { recursive: true });
  const numbers = await open({ call: 7, session: 7 });
  await numbers.close({ call: 9, session: 9 });
  expect(errors).toHaveLength(2);
  await mkdir(folder);
});
