import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countersign, makeSignerKey } from '../../../../src/admin/agreement/signer-key.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import { exportAudit, verifyExport } from '../../../../src/store/audit/audit-export.js';
import { verifyAudit } from '../../../../src/store/audit/audit-verify.js';
import {
  type Checkpoint,
  countersignerOf,
  makeCheckpoint,
  parseCheckpoint,
  soundSigners,
} from '../../../../src/store/audit/checkpoint.js';
import { openBoxKey } from '../../../../src/store/box-key.js';

let place: string;
let folder: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'modcall-checkpoint-'));
  folder = join(place, 'box');
  await mkdir(folder);
});
afterEach(() => rm(place, { recursive: true }));

async function write(count: number, version = '1.0.0', where = folder): Promise<void> {
  const audit = await openAudit(where, () => ({ time: '2026-03-04T12:00:00.000Z' }));
  for (let entry = 0; entry < count; entry += 1) await audit.append({ type: 'boxStarted', version });
  await audit.close();
}

async function checkpoint(where = folder): Promise<Checkpoint> {
  const { key } = await openBoxKey(where, 0);
  const made = parseCheckpoint(await makeCheckpoint(where, key));
  if (made === null) throw new Error('no checkpoint');
  return made;
}

const whyOf = async (made: Checkpoint, where = folder) => {
  const result = await verifyAudit(where, made);
  return result.ok ? null : result.breach.why;
};

describe('a checkpoint', () => {
  test('is met by the record that goes on from it, and by an export of that', async () => {
    await write(5);
    const made = await checkpoint();
    expect(made.size).toBe(5);
    expect(await whyOf(made)).toBeNull();
    await write(3);
    expect(await whyOf(made)).toBeNull();
    const { key } = await openBoxKey(folder, 0);
    const pieces = await exportAudit(folder, key, { created: '2026-03-04T12:00:00.000Z', hardwareId: null });
    const file = join(place, 'export.jsonl');
    await writeFile(file, pieces);
    expect(await verifyExport(file, made)).toMatchObject({ ok: true, entries: 8 });
    await write(1);
    expect(await verifyExport(file, await checkpoint())).toMatchObject({
      ok: false,
      breach: { why: 'behindCheckpoint' },
    });
  });

  test('of an empty record is met by any of that box', async () => {
    await write(0);
    const made = await checkpoint();
    expect(made.size).toBe(0);
    await write(2);
    expect(await whyOf(made)).toBeNull();
  });

  test('convicts a data folder that was put back as a whole, which the box alone cannot notice', async () => {
    await write(5);
    const earlier = join(place, 'earlier');
    await cp(folder, earlier, { recursive: true });
    await write(2);
    const made = await checkpoint();
    expect((await verifyAudit(earlier)).ok).toBe(true);
    expect(await whyOf(made, earlier)).toBe('behindCheckpoint');
    await write(2, '9.9.9', earlier);
    expect((await verifyAudit(earlier)).ok).toBe(true);
    expect(await whyOf(made, earlier)).toBe('offCheckpoint');
  });

  test('is not taken from another box, nor with other figures', async () => {
    const other = join(place, 'other');
    await mkdir(other);
    await write(5);
    await write(5, '1.0.0', other);
    expect(await whyOf(await checkpoint(other))).toBe('checkpointForeign');
    const made = await checkpoint();
    const forged = made.note.text.replace('\n5\n', '\n4\n');
    expect(await whyOf({ ...made, size: 4, note: { ...made.note, text: forged } })).toBe('checkpointForeign');
  });

  test('is countersigned by the holder of a key, whom everybody can check', async () => {
    await write(2);
    const { sealed, publicKey } = await makeSignerKey('a passphrase of the council');
    const text = await countersign(await checkpoint(), sealed, 'a passphrase of the council');
    const made = parseCheckpoint(text);
    const name = countersignerOf(Buffer.from(publicKey, 'hex'));
    expect(made && soundSigners(made)).toEqual([made?.origin, name]);
    expect(made && (await whyOf(made))).toBeNull();
    const other = text.replace('— signer/', `— signer/${'0'.repeat(64)} `).replace(/ [0-9a-f]{64} /, ' ');
    const claimed = parseCheckpoint(other);
    expect(claimed && soundSigners(claimed)).toEqual([claimed?.origin]);
  });

  test('names whoever has countersigned it twice only once', async () => {
    await write(1);
    const { sealed } = await makeSignerKey('a passphrase of the council');
    const once = parseCheckpoint(await countersign(await checkpoint(), sealed, 'a passphrase of the council'));
    const twice = once && parseCheckpoint(await countersign(once, sealed, 'a passphrase of the council'));
    expect(twice?.note.signatures).toHaveLength(3);
    expect(twice && soundSigners(twice)).toHaveLength(2);
  });

  test.each([
    ['cut', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1), { seq: 3, count: 1 }],
    ['gone', () => null, { seq: 1, count: 3 }],
  ] as const)('is not made of a record that is %s', async (_, changed, params) => {
    await write(3);
    const path = join(folder, 'audit.jsonl');
    const text = changed(await readFile(path, 'utf8'));
    if (text === null) await rm(path);
    else await writeFile(path, text);
    await expect(checkpoint()).rejects.toMatchObject({ problem: { code: 'audit.breach.tailCut', params } });
  });

  test('is nothing else', async () => {
    await write(1);
    const { key } = await openBoxKey(folder, 0);
    const text = await makeCheckpoint(folder, key);
    expect(parseCheckpoint(await readFile(join(folder, 'audit.jsonl'), 'utf8'))).toBeNull();
    expect(parseCheckpoint(text.replace('\n1\n', '\n01\n'))).toBeNull();
    expect(parseCheckpoint(text.replace('\n1\n', '\n-1\n'))).toBeNull();
    expect(parseCheckpoint('')).toBeNull();
  });
});
