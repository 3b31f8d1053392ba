import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentSchema } from '../../../../src/store/agreement/agreement-schema.js';
import { AgreementStore } from '../../../../src/store/agreement/agreement-store.js';
import { checkHistory } from '../../../../src/store/agreement/history-check.js';
import { agreementOf } from '../../../../src/store/agreement/signing.js';
import type { AgreementMark } from '../../../../src/store/audit/audit-entry.js';
import { type BoxKey, openBoxKey } from '../../../../src/store/box-key.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { anna } from '../../agreement/documents.js';
import { first, kept, replacing } from './signed.js';

let folder: string;
let key: BoxKey;
let mark: AgreementMark | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-agreement-'));
  ({ key } = await openBoxKey(folder, 0));
  mark = null;
});
afterEach(() => rm(folder, { recursive: true }));

const open = () =>
  AgreementStore.open(
    folder,
    async () => key,
    () => mark,
  );
const tighter = replacing(first, { modes: [] });
const period = { members: [anna], from: 10, to: 20, announced: 1 };

/** A store with both documents, the later one in force, and the record knows. */
async function withTwo() {
  const store = await open();
  await store.put(kept(first, 'employer', 'council'));
  await store.put(kept(tighter, 'council'));
  mark = store.mark;
  return store;
}

const isKept = ({ to }: { readonly to: number }): boolean => to > 30;

describe('what a box keeps of its agreement', () => {
  it('is nothing where there is none', async () => {
    const store = await open();
    expect([store.state, store.mark, store.proposal, await store.history()]).toEqual([
      { kind: 'none' },
      null,
      null,
      [],
    ]);
  });

  it('is there again after a start: documents, proposal and periods', async () => {
    const before = await withTwo();
    expect(await before.announce(period, isKept)).toBe(1);
    const proposal = kept(replacing(tighter, { modes: ['whisper'] }), 'employer');
    await before.propose(proposal);
    mark = before.mark;
    const store = await open();
    expect(store.state).toEqual({
      kind: 'inForce',
      agreement: agreementOf(tighter),
      kept: kept(tighter, 'council'),
      periods: [{ ...period, id: 1 }],
    });
    expect(store.proposal).toEqual(proposal);
    expect(store.mark).toEqual({ serial: 4, version: 2, hash: agreementOf(tighter).hash });
    expect(await store.history()).toEqual([kept(first, 'employer', 'council'), kept(tighter, 'council')]);
  });

  it('has no period any more that is over or was withdrawn, and gives no number twice', async () => {
    const store = await withTwo();
    expect(await store.announce(period, isKept)).toBe(1);
    expect(await store.announce({ ...period, from: 40, to: 50, announced: 30 }, isKept)).toBe(2);
    await store.withdraw(2, 30);
    expect(await store.announce({ ...period, from: 40, to: 50, announced: 30 }, isKept)).toBe(3);
    expect(store.state).toMatchObject({ periods: [{ id: 3 }] });
  });
});

describe('an agreement that is not as the box left it', () => {
  it.each<readonly [string, string, () => Promise<unknown>]>([
    ['gone', 'missing', () => rm(dataFile(folder, 'agreement'))],
    ['gone but for what goes on under it', 'missing', () => rm(join(dataFile(folder, 'agreements'), '2.json'))],
    ['garbage', 'unreadable', () => writeFile(dataFile(folder, 'agreement'), '{"serial":99}')],
    [
      'changed by hand',
      'forged',
      async () => {
        const path = dataFile(folder, 'agreement');
        await writeFile(path, (await readFile(path, 'utf8')).replace('"nextPeriod": 1', '"nextPeriod": 2'));
      },
    ],
    [
      'another document',
      'forged',
      () => copyFile(join(dataFile(folder, 'agreements'), '1.json'), join(dataFile(folder, 'agreements'), '2.json')),
    ],
  ])('because it is %s counts as lost: %s', async (_, problem, damage) => {
    await withTwo();
    await damage();
    expect((await open()).state).toEqual({ kind: 'lost', problem, mark });
  });

  it('because an older one was put back whole counts as lost, and stays so whatever is asked but the document itself', async () => {
    const store = await open();
    await store.put(kept(first, 'employer', 'council'));
    const head = await readFile(dataFile(folder, 'agreement'));
    await store.put(kept(tighter, 'council'));
    mark = store.mark;
    await writeFile(dataFile(folder, 'agreement'), head);
    const again = await open();
    expect(again.state).toEqual({ kind: 'lost', problem: 'older', mark });
    await expect(again.announce(period, isKept)).rejects.toThrow('agreement.lost');
    await expect(again.propose(null)).rejects.toThrow('agreement.lost');
    await expect(again.withdraw(1, 30)).rejects.toThrow('agreement.lost');
    expect((await open()).state).toMatchObject({ kind: 'lost' });
    await again.put(kept(tighter, 'council'));
    mark = again.mark;
    expect((await open()).state).toMatchObject({ kind: 'inForce', agreement: agreementOf(tighter), periods: [] });
  });

  it('is told apart by its hash where the record knows no more', async () => {
    await withTwo();
    mark = { serial: 0, version: 0, hash: agreementOf(first).hash };
    expect((await open()).state).toMatchObject({ kind: 'lost', problem: 'older' });
    mark = { serial: 0, version: 0, hash: agreementOf(tighter).hash };
    expect((await open()).state).toMatchObject({ kind: 'inForce' });
  });

  it('is no false alarm where the power failed before the record knew of a newer one', async () => {
    await withTwo();
    mark = { serial: 1, version: 1, hash: agreementOf(first).hash };
    expect((await open()).state).toMatchObject({ kind: 'inForce', agreement: agreementOf(tighter) });
  });
});

describe('the documents that were in force', () => {
  const both = [kept(first, 'employer', 'council'), kept(tighter, 'council')];
  const last = agreementOf(tighter).hash;

  it('are sound where each was signed as it had to be', () => {
    expect(checkHistory(both, last)).toEqual({ ok: true, documents: 2, hash: last });
    expect(checkHistory([], null)).toEqual({ ok: true, documents: 0, hash: null });
  });

  it.each([
    [
      'one has the signature of one alone who loosens',
      [...both, kept(replacing(tighter, { modes: ['barge'] }), 'employer')],
      3,
    ],
    ['the first is signed by one', [kept(first, 'employer'), ...both.slice(1)], 1],
    ['one is missing', both.slice(1), 1],
    ['the last is missing', both.slice(0, 1), 2],
    [
      'a signature is that of another document',
      [both[0] ?? kept(first), { ...kept(tighter), signatures: kept(first, 'council').signatures }],
      2,
    ],
  ] as const)('are not sound where %s', (_, history, version) => {
    expect(checkHistory(history, last)).toEqual({ ok: false, version });
  });
});

describe('a document', () => {
  it('is read as it is signed', () => {
    expect(documentSchema.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
  });

  it.each<readonly [string, object]>([
    ['a key that this version does not know', { presence: true }],
    ['one key for both', { signers: { employer: first.signers.employer, council: first.signers.employer } }],
    ['two purposes of one key', { purposes: first.purposes.map((purpose) => ({ ...purpose, digit: '1' })) }],
    ['a purpose without a name', { purposes: [{ digit: '1', id: 'training', name: ' ' }] }],
    [
      'more pairs than anybody overlooks',
      {
        listening: Array.from({ length: 50 }, () => ({
          moderators: Array.from({ length: 21 }, (_, n) => `${100 + n}`),
          members: Array.from({ length: 20 }, (_, n) => `${200 + n}`),
        })),
      },
    ],
    ['no version', { version: 0 }],
  ])('with %s is none', (_, change) => {
    expect(documentSchema.safeParse({ ...first, ...change }).success).toBe(false);
  });
});
