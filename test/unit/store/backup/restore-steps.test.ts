import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupContent } from '../../../../src/store/backup/make-backup.js';
import { completeRestore, HalfRestored, orderContent } from '../../../../src/store/backup/restore.js';
import { removePendingFiles } from '../../../../src/store/files/durable-file.js';
import type { Mishap, SteppedDisk } from '../../../support/disks/stepped-disk.js';
import { by, fillFolder, source } from './samples.js';

vi.setConfig({ testTimeout: 180_000 });

const disk = vi.hoisted(() => ({ steps: undefined as unknown as SteppedDisk }));
vi.mock('node:fs/promises', async (original) => {
  const { SteppedDisk } = await import('../../../support/disks/stepped-disk.js');
  disk.steps = new SteppedDisk();
  return disk.steps.wrapped(await original());
});

const ofBox = /^(?:audit|log|restore|settings-history\/recorded|identity\/box-key|licence\/clock)|\.before-restore-/;
let root: string;
let content: Buffer;
let former: State;
let restored: State;
type State = Readonly<Record<string, string>>;

beforeAll(async () => {
  // In memory: what a real disk does with each step is not what is tested, and there are thousands of them.
  root = mkdtempSync('/dev/shm/modcall-steps-');
  for (const [name, mark] of [
    ['former', 9],
    ['backed up', 7],
  ] as const)
    await fillFolder(join(root, name), mark, 1);
  const parts: Uint8Array[] = [];
  for await (const part of backupContent(source(join(root, 'backed up')))) parts.push(part);
  content = Buffer.concat(parts);
  former = stateOf(join(root, 'former'));
  restored = stateOf(join(root, 'backed up'));
  cpSync(join(root, 'former'), join(root, 'ordered'), { recursive: true });
  await order(join(root, 'ordered'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** The digest of each file. */
function stateOf(folder: string): State {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  return Object.fromEntries(
    paths
      .filter((path) => !ofBox.test(path))
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
  );
}
async function* inOnePiece() {
  yield content;
}
const order = (folder: string) => orderContent(folder, inOnePiece(), by);

/** A start, which may find what another one left. */
async function start(folder: string): Promise<State> {
  await removePendingFiles(folder);
  await completeRestore(folder);
  return stateOf(folder);
}

/** What the box changes once it runs stays changed. */
async function expectKept(folder: string): Promise<void> {
  const path = join(folder, 'licence/licence.txt');
  writeFileSync(path, 'entered since');
  await start(folder);
  expect(readFileSync(path, 'utf8')).toBe('entered since');
}

/** Lets something happen to each step of the work in turn, each time in a folder as it was. */
async function atEachStep(
  mishap: Mishap,
  work: (folder: string) => Promise<unknown>,
  from: 'former' | 'ordered',
  check: (folder: string, end: string, error: unknown) => Promise<void>,
): Promise<number> {
  for (let step = 1; ; step += 1) {
    const folder = join(root, `${mishap} ${step}`);
    cpSync(join(root, from), folder, { recursive: true });
    const { end, wasReached, error } = await disk.steps.during(step, mishap, () => work(folder));
    if (!wasReached) return step - 1;
    await check(folder, end, error).catch((cause: unknown) => {
      throw new Error(`step ${step}, which ${mishap}: ${end}`, { cause });
    });
    rmSync(folder, { recursive: true });
  }
}

test('cut at each step of the order, the next start finds the one state or the other', async () => {
  const steps = await atEachStep('is the last', order, 'former', async (folder) => {
    expect([former, restored]).toContainEqual(await start(folder));
    await expectKept(folder);
  });
  expect(steps).toBeGreaterThan(20);
});

test('cut at each step of a restore, the next start completes it, and changes since are kept', async () => {
  const steps = await atEachStep('is the last', completeRestore, 'ordered', async (folder) => {
    expect(await start(folder)).toEqual(restored);
    await expectKept(folder);
  });
  expect(steps).toBeGreaterThan(40);
});

test('where a step of the order fails, it is refused or good', async () => {
  await atEachStep('fails', order, 'former', async (folder, end) => {
    expect(await start(folder)).toEqual(end === 'done' ? restored : former);
    await expectKept(folder);
  });
});

test('where a step of a restore fails, it is done as a whole or not at all, and changes since are kept', async () => {
  const ends = new Set<string>();
  await atEachStep('fails', completeRestore, 'ordered', async (folder, end) => {
    ends.add(end);
    expect(stateOf(folder)).toEqual(end === 'done' ? restored : former);
    await expectKept(folder);
  });
  expect(ends).toEqual(new Set(['done', 'failed']));
});

test('where the disk fails during a restore, it is done as a whole, not at all, or known to be half', async () => {
  await atEachStep('fails from then on', completeRestore, 'ordered', async (folder, end, error) => {
    if (!(error instanceof HalfRestored)) expect(stateOf(folder)).toEqual(end === 'done' ? restored : former);
    expect([former, restored]).toContainEqual(await start(folder));
  });
});
