import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LicenceFiles } from '../../../../src/licence-desk/licence-files.js';
import type { KeptDocument } from '../../../../src/store/agreement/agreement-schema.js';
import { AgreementStore } from '../../../../src/store/agreement/agreement-store.js';
import { openBoxKey } from '../../../../src/store/box-key.js';
import type { Mishap, SteppedDisk } from '../../../support/disks/stepped-disk.js';
import { first, kept, replacing } from '../agreement/signed.js';
import { openStores } from './stores.js';

vi.setConfig({ testTimeout: 180_000 });

const disk = vi.hoisted(() => ({ steps: undefined as unknown as SteppedDisk }));
vi.mock('node:fs/promises', async (original) => {
  const { SteppedDisk } = await import('../../../support/disks/stepped-disk.js');
  disk.steps = new SteppedDisk();
  return disk.steps.wrapped(await original());
});

let root: string;
beforeAll(() => {
  root = mkdtempSync('/dev/shm/modcall-steps-');
});
afterAll(() => rmSync(root, { recursive: true }));

/** A data folder of a box that was never started. */
function emptyFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

/** What was cut still lives in this process, and may write to its folder later: the next start has another one. */
function copyOf(folder: string, step: number): string {
  const copy = `${folder} ${step}`;
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** A box that is started, and does something; unless the power is cut, it ends in good order. */
async function box<T>(
  folder: string,
  work: (stores: Awaited<ReturnType<typeof openStores>>) => Promise<T>,
  isCut: (result: T) => boolean = () => false,
): Promise<T> {
  const stores = await openStores(folder);
  const result = await work(stores);
  if (!isCut(result)) await Promise.all([stores.audit.close(), stores.calls.close()]);
  return result;
}
const by = { kind: 'user', name: 'ada' } as const;
const at = new Date(0).toISOString();

test.each<Mishap>(['fails', 'is the last'])(
  'where a step of a change of the settings %s, what was confirmed is there after a restart, and what was refused is not',
  async (mishap) => {
    let folder = emptyFolder(`settings, ${mishap}`);
    let ringSeconds = 30;
    for (let step = 1, isOver = false; !isOver; step += 1) {
      ringSeconds = ringSeconds === 30 ? 40 : 30;
      const { end, before } = await box(
        folder,
        async ({ settings, foreign }) => {
          expect([step, foreign]).toEqual([step, []]);
          const before = settings.current.settings.ringSeconds;
          const change = (present: object) => ({ ...present, ringSeconds });
          const { end, wasReached } = await disk.steps.during(step, mishap, () =>
            settings.change({ by, at, basis: null, change }),
          );
          isOver = !wasReached;
          return { end, before };
        },
        ({ end }) => end === 'cut',
      );
      if (end === 'cut') folder = copyOf(folder, step);
      const found = await box(folder, async ({ settings, foreign }) => {
        expect([step, end, foreign]).toEqual([step, end, []]);
        return settings.current.settings.ringSeconds;
      });
      const expected = { done: [ringSeconds], failed: [before], cut: [before, ringSeconds] }[end];
      expect(expected, `${step} ${end}`).toContain(found);
      ringSeconds = found;
    }
  },
);

test.each<Mishap>(['fails', 'is the last'])(
  'where a step of a change of the users %s, what was confirmed is there after a restart, and what was refused is not',
  async (mishap) => {
    let folder = emptyFolder(`users, ${mishap}`);
    for (let step = 1, isOver = false; !isOver; step += 1) {
      const name = `user ${step}`;
      const user = { name, password: null, roles: [], extension: null, language: 'de', secondFactor: null } as const;
      const end = await box(
        folder,
        async ({ users }) => {
          const { end, wasReached } = await disk.steps.during(step, mishap, () =>
            users.change((all) => ({ ...all, users: [{ ...user, roles: [] }] })),
          );
          isOver = !wasReached;
          return end;
        },
        (end) => end === 'cut',
      );
      if (end === 'cut') folder = copyOf(folder, step);
      const found = await box(folder, async ({ users }) => users.current.users.map((each) => each.name));
      if (end === 'done') expect(found).toEqual([name]);
      if (end === 'failed') expect(found).not.toEqual([name]);
    }
  },
);

/** What is kept of a works agreement, where nothing else remembers it. */
async function agreementIn(folder: string): Promise<AgreementStore> {
  const { key } = await openBoxKey(folder, 0);
  return AgreementStore.open(
    folder,
    async () => key,
    () => null,
  );
}

const second = replacing(first, { modes: [] });

test.each<readonly [string, Mishap, readonly KeptDocument[], KeptDocument]>([
  ['the first works agreement', 'fails', [], kept(first, 'employer', 'council')],
  ['the first works agreement', 'is the last', [], kept(first, 'employer', 'council')],
  ['another works agreement', 'fails', [kept(first, 'employer', 'council')], kept(second, 'council')],
  ['another works agreement', 'is the last', [kept(first, 'employer', 'council')], kept(second, 'council')],
])(
  'where a step of putting %s in force %s, it is in force after a restart only if it was not refused',
  async (what, mishap, documents, document) => {
    const { version } = document.document;
    for (let step = 1, isOver = false; !isOver; step += 1) {
      const folder = emptyFolder(`${what}, ${mishap}, ${step}`);
      const store = await agreementIn(folder);
      for (const before of documents) await store.put(before);
      const { end, wasReached } = await disk.steps.during(step, mishap, () => store.put(document));
      isOver = !wasReached;
      const { state } = await agreementIn(end === 'cut' ? copyOf(folder, step) : folder);
      const found = state.kind === 'inForce' ? state.agreement.document.version : state.kind;
      const before = documents.at(-1)?.document.version ?? 'none';
      expect({ done: [version], failed: [before], cut: [before, version] }[end], `${step} ${end}`).toContain(found);
      if (end === 'cut') continue;
      // Where it was refused it can be put in force again, and both are told alike.
      expect(store.state).toEqual(state);
      await store.put(document);
      expect((await agreementIn(folder)).state).toMatchObject({
        kind: 'inForce',
        agreement: { document: { version } },
      });
    }
  },
);

test.each<readonly [string, string | undefined, (files: LicenceFiles) => Promise<unknown>, string | undefined]>([
  ['the first licence key is put in place', undefined, (files) => files.putKey('licence', 'first'), 'first'],
  ['another licence key is put in place', 'first', (files) => files.putKey('licence', 'second'), 'second'],
  ['a licence key is removed', 'first', (files) => files.removeKey('licence'), undefined],
])('where a step fails by which %s, the key is there that was there before', async (what, before, work, after) => {
  for (let step = 1, isOver = false; !isOver; step += 1) {
    const files = new LicenceFiles(emptyFolder(`${what}, ${step}`), null);
    if (before !== undefined) await files.putKey('licence', before);
    const { end, wasReached } = await disk.steps.during(step, 'fails', () => work(files));
    isOver = !wasReached;
    expect(await files.key('licence'), `${step} ${end}`).toBe(end === 'done' ? after : before);
  }
});
