import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAudit } from '../../../../src/store/audit/audit.js';
import { exportAudit, verifyExport } from '../../../../src/store/audit/audit-export.js';
import { verifyAudit } from '../../../../src/store/audit/audit-verify.js';
import { openBoxKey } from '../../../../src/store/box-key.js';

const at = '2026-03-04T12:00:00.000Z';
const facts = ['1.0.0', '1.0.1', '1.0.2', '1.0.3'].map((version) => ({ type: 'boxStarted', version }) as const);

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-export-'));
  file = join(folder, 'export.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(more = facts): Promise<void> {
  const audit = await openAudit(folder, () => ({ time: at }));
  for (const fact of more) await audit.append(fact);
  await audit.close();
}

async function exported(): Promise<string> {
  const { key } = await openBoxKey(folder, 0);
  const pieces = await exportAudit(folder, key, { created: at, hardwareId: 'MH2-X' });
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(piece);
  return Buffer.concat(chunks).toString();
}

/** What becomes of an export after somebody had it in their hands. */
async function verified(change: (lines: string[]) => readonly string[] = (lines) => lines) {
  const lines = (await exported()).split('\n');
  await writeFile(file, change(lines).join('\n'));
  return verifyExport(file);
}

test('an export is verified by itself, and says of which box and key it is', async () => {
  await write();
  const record = await verifyAudit(folder);
  expect(record.ok).toBe(true);
  expect(await verified()).toEqual({ ...record, created: at, hardwareId: 'MH2-X' });
  expect((await readFile(file, 'utf8')).split('\n').slice(1).join('\n')).toBe(
    await readFile(join(folder, 'audit.jsonl'), 'utf8'),
  );
});

test('a box that has recorded nothing yet exports nothing, soundly', async () => {
  await write([]);
  expect(await verified()).toMatchObject({ ok: true, entries: 0, lastTime: null });
});

describe('an export is told from what was changed afterwards', () => {
  beforeEach(() => write());

  test.each([
    ['an entry', (lines: string[]) => lines.map((line) => line.replace('1.0.2', '9.9.9')), 'changed'],
    ['the end', (lines: string[]) => [...lines.slice(0, -2), ''], 'tailCut'],
    ['a part from the middle', (lines: string[]) => lines.toSpliced(2, 1), 'missing'],
    [
      'what it says of the box',
      ([head = '', ...lines]: string[]) => [head.replace('MH2-X', 'MH2-Y'), ...lines],
      'exportForged',
    ],
  ])('%s', async (_what, change, why) => {
    expect(await verified(change)).toMatchObject({ ok: false, breach: { why } });
  });

  test('by a signature with another key', async () => {
    const other = await mkdtemp(join(tmpdir(), 'modcall-export-'));
    try {
      const { key } = await openBoxKey(other, 0);
      const head = ([first = '', ...lines]: string[]) => [
        first.replace(/"publicKey":"[0-9a-f]+"/, `"publicKey":"${key.hex}"`),
        ...lines,
      ];
      expect(await verified(head)).toMatchObject({ ok: false, breach: { why: 'exportForged' } });
    } finally {
      await rm(other, { recursive: true });
    }
  });

  test.each(['', '{}', 'no JSON\n', '{"format":"modcall-audit-export-1"}\n'])(
    'what begins with %j is none',
    async (text) => {
      await writeFile(file, text);
      await expect(verifyExport(file)).rejects.toMatchObject({ problem: { code: 'audit.notAnExport' } });
    },
  );
});

test('a record that was damaged is exported as it stands, and the damage is found in the export', async () => {
  await write();
  const path = join(folder, 'audit.jsonl');
  await writeFile(path, (await readFile(path, 'utf8')).replace('1.0.1', '6.6.6'));
  expect(await verified()).toMatchObject({ ok: false, breach: { why: 'changed', seq: 2 } });
  await Promise.all(['audit.anchor.json', 'identity/audit.head.json'].map((name) => rm(join(folder, name))));
  expect(await verified()).toMatchObject({ ok: false });
});
