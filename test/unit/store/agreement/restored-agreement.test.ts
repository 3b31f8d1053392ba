import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeptDocument } from '../../../../src/store/agreement/agreement-schema.js';
import { type AgreementState, AgreementStore } from '../../../../src/store/agreement/agreement-store.js';
import { checkHistory } from '../../../../src/store/agreement/history-check.js';
import { offered, takeRestored } from '../../../../src/store/agreement/restored-agreement.js';
import { agreementOf } from '../../../../src/store/agreement/signing.js';
import type { AgreementMark } from '../../../../src/store/audit/audit-entry.js';
import { backupContent } from '../../../../src/store/backup/make-backup.js';
import { completeRestore, orderContent } from '../../../../src/store/backup/restore.js';
import { openBoxKey } from '../../../../src/store/box-key.js';
import { by, fillFolder, now, source } from '../backup/samples.js';
import { first, kept, replacing } from './signed.js';

const tighter = replacing(first, { modes: [] });
const looser = replacing(tighter, { modes: ['whisper'] });
const chain = [kept(first, 'employer', 'council'), kept(tighter, 'council'), kept(looser, 'employer', 'council')];
const upTo = (version: number): readonly KeptDocument[] => chain.slice(0, version);

let root: string;
let mark: AgreementMark | null;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modcall-restored-'));
  mark = null;
});
afterEach(() => rm(root, { recursive: true }));

const open = (name: string) =>
  AgreementStore.open(
    join(root, name),
    async () => (await openBoxKey(join(root, name), now)).key,
    () => mark,
  );

async function boxWith(name: string, documents: readonly KeptDocument[]): Promise<AgreementStore> {
  await fillFolder(join(root, name), 7);
  await rm(join(root, name, 'identity/box-key.pem'));
  mark = null;
  const store = await open(name);
  for (const document of documents) await store.put(document);
  ({ mark } = store);
  return store;
}

async function restored(from: string, to: string) {
  await orderContent(join(root, to), backupContent(source(join(root, from))), by);
  await completeRestore(join(root, to));
  const store = await open(to);
  return { store, fact: await takeRestored(join(root, to), store) };
}

const versionOf = (state: AgreementState) => (state.kind === 'inForce' ? state.agreement.document.version : state.kind);

describe('a backup with a works agreement', () => {
  test.each<readonly [string, number, number, number | 'none', string | null, string | null]>([
    ['brings it to a box without any, with all that came before', 3, 0, 3, 'agreementRestored', null],
    ['brings on what followed by right on the one in force', 3, 1, 3, 'agreementRestored', null],
    ['brings back no older one', 1, 2, 2, 'agreementNotRestored', 'olderVersion'],
    ['changes nothing where it has the same', 2, 2, 2, null, null],
    ['without any takes away none', 0, 2, 2, null, null],
    ['without any leaves a box without any as it is', 0, 0, 'none', null, null],
  ])('%s', async (_, there, here, expected, type, reason) => {
    await boxWith('from', upTo(there));
    await boxWith('to', upTo(here));
    const { store, fact } = await restored('from', 'to');
    expect(versionOf(store.state)).toBe(expected);
    if (type === null) expect(fact).toBeNull();
    else expect(fact).toEqual({ type, version: there, ...(reason && { reason }) });
    expect(await checkHistory(await store.history(), store.mark?.hash ?? null)).toMatchObject({ ok: true });
    ({ mark } = store);
    expect(versionOf((await open('to')).state)).toBe(expected);
    expect(await readdir(join(root, 'to'))).not.toContain('agreements.restored');
    expect(await takeRestored(join(root, 'to'), store)).toBeNull();
  });

  test('brings back one that the box has lost, as far as it is the one that the record remembers', async () => {
    await boxWith('from', upTo(3));
    await boxWith('older', upTo(1));
    await boxWith('to', upTo(2));
    for (const name of ['agreement.json', 'agreements']) await rm(join(root, 'to', name), { recursive: true });
    const older = await restored('older', 'to');
    expect([older.store.state.kind, older.fact]).toMatchObject(['lost', { reason: 'notFollowing', version: 1 }]);
    const { store, fact } = await restored('from', 'to');
    expect([versionOf(store.state), fact]).toEqual([3, { type: 'agreementRestored', version: 3 }]);
    expect(await store.history()).toEqual(chain);
  });

  test('leaves announced periods where they are, and brings none to another box', async () => {
    const from = await boxWith('from', upTo(1));
    const period = { members: first.listening[0]?.members ?? [], from: now + 1, to: now + 2, announced: now };
    await from.announce(period, () => true);
    const another = await boxWith('to', []);
    expect((await restored('from', 'to')).store.state).toMatchObject({ kind: 'inForce', periods: [] });
    expect(another.mark).toBeNull();
    ({ mark } = from);
    expect((await restored('from', 'from')).store.state).toMatchObject({ periods: [{ ...period, id: 1 }] });
  });

  test('is no way to bring in a document that its signers did not sign', async () => {
    await boxWith('from', [kept(first, 'employer', 'council'), kept(replacing(first, { modes: [] }), 'council')]);
    await boxWith('to', upTo(1));
    const forged = kept(replacing(first, { recordingDays: 30 }), 'employer');
    await (await open('from')).put(forged);
    const { store, fact } = await restored('from', 'to');
    expect([versionOf(store.state), fact]).toMatchObject([1, { reason: 'needsBoth', version: 2 }]);
  });

  test('that waits is decided about at the next start if the power fails before', async () => {
    await boxWith('from', upTo(2));
    await boxWith('to', []);
    await orderContent(join(root, 'to'), backupContent(source(join(root, 'from'))), by);
    await completeRestore(join(root, 'to'));
    await cp(join(root, 'to', 'agreements.restored'), join(root, 'waiting'), { recursive: true });
    const store = await open('to');
    await takeRestored(join(root, 'to'), store);
    ({ mark } = store);
    await cp(join(root, 'waiting'), join(root, 'to', 'agreements.restored'), { recursive: true });
    expect([await takeRestored(join(root, 'to'), store), versionOf(store.state)]).toEqual([null, 2]);
  });
});

test('whatever documents come from whatever backups, the agreement never goes back and always came by right', () => {
  const others = [
    kept(replacing(first, { modes: ['barge'] }), 'employer', 'council'),
    kept(replacing(tighter, { purposes: [] }), 'employer'),
    kept(looser, 'employer'),
    kept({ ...first, modes: ['takeOver'] }, 'employer', 'council'),
  ];
  const documents = fc.uniqueArray(fc.constantFrom(...chain, ...others), {
    selector: ({ document }) => document.version,
  });
  const backups = fc.array(documents.map((all) => all.toSorted((a, b) => a.document.version - b.document.version)));
  fc.assert(
    fc.property(backups, (all) => {
      let history: readonly KeptDocument[] = [];
      for (const backup of all) {
        const last = history.at(-1);
        const state: AgreementState =
          last === undefined
            ? { kind: 'none' }
            : { kind: 'inForce', kept: last, agreement: agreementOf(last.document), periods: [] };
        history = [...history, ...offered(state, backup).put];
        expect(history.map(({ document }) => document.version)).toEqual(history.map((_, index) => index + 1));
        const hash = history.length === 0 ? null : agreementOf(history.at(-1)?.document ?? first).hash;
        expect(checkHistory(history, hash)).toMatchObject({ ok: true });
      }
    }),
  );
});
