import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entryLine, firstHash, makeEntry } from '../../../../src/store/audit/audit-entry.js';
import { type AuditQuery, auditPage } from '../../../../src/store/audit/audit-page.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-page-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = () => join(folder, 'audit.jsonl');
const page = (query: Partial<AuditQuery> = {}) =>
  auditPage(folder, { before: null, limit: 100, matches: () => true, ...query });
const numbers = async (query: Partial<AuditQuery> = {}) => (await page(query)).entries.map(({ seq }) => seq);

/** Entries whose lines are of very different lengths. */
async function write(count: number): Promise<void> {
  let previous = firstHash;
  const lines = Array.from({ length: count }, (_, index) => {
    const version = 'ü'.repeat(index % 97 === 0 ? 20_000 : index % 50);
    const fact = { type: 'boxStarted', version } as const;
    const entry = makeEntry(index + 1, { time: new Date(index).toISOString() }, previous, fact);
    previous = entry.hash;
    return entryLine(entry);
  });
  await writeFile(path(), lines.join(''));
}

test('a record is read from its end, page by page, with nothing left out and nothing twice', async () => {
  await write(1500);
  const seen: number[] = [];
  for (let before: number | null = null; ; ) {
    const { entries, next } = await page({ before, limit: 97 });
    seen.push(...entries.map(({ seq }) => seq));
    if (next === null) break;
    before = next;
  }
  expect(seen).toEqual(Array.from({ length: 1500 }, (_, index) => 1500 - index));
});

test.each([1, 2, 97, 98, 99, 750, 1499, 1500, 1501, 99_999])(
  'a page before %i begins with the entry before it',
  async (before) => {
    await write(1500);
    const first = Math.min(before - 1, 1500);
    expect(await numbers({ before, limit: 3 })).toEqual([first, first - 1, first - 2].filter((seq) => seq > 0));
  },
);

test('of a large record with few entries that match, a page looks at a bounded part, and says where to go on', async () => {
  await write(12_000);
  const matches = ({ seq }: { seq: number }) => seq === 1;
  expect(await page({ matches })).toEqual({ entries: [], next: 2001 });
  expect(await page({ matches, before: 2001 })).toMatchObject({ entries: [{ seq: 1 }], next: null });
});

test('a record that is not there has no entries, and lines that are none are left out', async () => {
  expect(await page()).toEqual({ entries: [], next: null });
  await write(5);
  const [first = '', ...others] = (await readFile(path(), 'utf8')).split('\n');
  await writeFile(path(), [first, 'nonsense', ...others].join('\n'));
  await appendFile(path(), '{"torn":');
  expect(await numbers()).toEqual([5, 4, 3, 2, 1]);
  expect(await numbers({ before: 3 })).toEqual([2, 1]);
});

test('a line without an end, however long, takes no more than a page', async () => {
  await write(3);
  await appendFile(path(), Buffer.alloc(5 * 1024 * 1024, 'x'));
  expect(await numbers()).toEqual([3, 2, 1]);
});
