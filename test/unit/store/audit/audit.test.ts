import { execFileSync } from 'node:child_process';
import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileId } from '../../../../src/primitives/ids.js';
import { type AuditRecord, openAudit } from '../../../../src/store/audit/audit.js';
import {
  canonicalJson,
  entryLine,
  firstHash,
  makeEntry,
  type RecordedFact,
} from '../../../../src/store/audit/audit-entry.js';
import { mostLate } from '../../../../src/store/audit/audit-stall.js';
import { auditEntries, verifyAudit } from '../../../../src/store/audit/audit-verify.js';
import { openBoxKey } from '../../../../src/store/box-key.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { openRecords } from '../../../../src/store/records/durable-records.js';
import { compiled } from '../../../support/compiled.js';
import { SilentDisk } from '../../../support/disks/silent-disk.js';
import { killed } from '../../../support/killed.js';

const attempt = (session: number): RecordedFact => ({
  type: 'attempt',
  session,
  profile: profileId('support'),
  caller: '100',
});

let folder: string;
let record: string;
let anchor: string;
let clock: number;
const stamp = () => {
  clock += 1;
  return { time: new Date(clock).toISOString() };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-audit-'));
  record = dataFile(folder, 'audit');
  anchor = dataFile(folder, 'auditAnchor');
  clock = Date.UTC(2026, 0, 1);
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...sessions: number[]) {
  const audit = await openAudit(folder, stamp);
  await Promise.all(sessions.map((session) => audit.append(attempt(session))));
  await audit.close();
  return audit.findings;
}

/** Puts something in the place of a file that is there. */
async function inPlaceOf(path: string, plant: (path: string) => unknown) {
  await rm(path);
  await plant(path);
}
const pipe = (path: string) => execFileSync('mkfifo', [path]);
const huge = (path: string) => writeFile(path, '').then(() => truncate(path, 2e10));

async function lines(): Promise<string[]> {
  return (await readFile(record, 'utf8')).split('\n').slice(0, -1);
}

async function rewrite(change: (lines: string[]) => string[]) {
  await writeFile(
    record,
    change(await lines())
      .map((line) => `${line}\n`)
      .join(''),
  );
}

async function facts() {
  const found = [];
  for await (const { fact } of auditEntries(folder)) found.push(fact);
  return found;
}

describe('the audit record', () => {
  it('is sound when empty', async () => {
    expect(await verifyAudit(folder)).toEqual({ ok: true, entries: 0, lastTime: null, signedBy: null });
    await write();
    const signedBy = expect.stringMatching(/^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);
    expect(await verifyAudit(folder)).toEqual({ ok: true, entries: 0, lastTime: null, signedBy });
  });

  it('keeps facts in order, over restarts, readable by the owner only', async () => {
    await write(1, 2, 3);
    await write(4);
    expect(await facts()).toEqual([1, 2, 3, 4].map(attempt));
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 4 });
    expect((await stat(record)).mode & 0o777).toBe(0o600);
  });

  it('has confirmed facts on disk, chained and hashed', async () => {
    const audit = await openAudit(folder, stamp);
    await audit.append(attempt(1));
    expect(await readFile(record, 'utf8')).toMatch(
      new RegExp(
        `^{"fact":{"caller":"100","profile":"support","session":1,"type":"attempt"},"hash":"[0-9a-f]{64}","previous":"${firstHash}","seq":1,"signature":"[0-9a-f]{128}","time":"2026-01-01T00:00:00.\\d{3}Z"}\n$`,
      ),
    );
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 1 });
    await audit.close();
  });

  it('notices a changed entry', async () => {
    await write(1, 2, 3);
    await rewrite((all) => all.map((line) => line.replace('"session":2', '"session":9')));
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'changed', line: 2, seq: 2 } });
  });

  it('notices an entry that was changed together with its hash', async () => {
    await write(1, 2, 3);
    const [first] = await lines();
    const { hash } = JSON.parse(first ?? '');
    const forged = makeEntry(2, { time: '2026-01-01T00:00:00.003Z' }, hash, attempt(9));
    await rewrite(([one = '', , three = '']) => [one, JSON.stringify(forged, Object.keys(forged).sort()), three]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: false });
  });

  it('notices missing entries', async () => {
    await write(1, 2, 3, 4);
    await rewrite((all) => [all[0] ?? '', all[3] ?? '']);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'missing', line: 2, seq: 2, count: 2 } });
  });

  it('notices exchanged and repeated entries', async () => {
    await write(1, 2, 3);
    const [one = '', two = '', three = ''] = await lines();
    await rewrite(() => [one, three, two]);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'order', line: 2, seq: 2 } });
    await rewrite(() => [one, two, two, three]);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'order', line: 3, seq: 2 } });
  });

  it('notices a cut-off tail, whole and in the middle of a line, and shows the gap for good', async () => {
    await write(1, 2, 3, 4);
    await rewrite((all) => all.slice(0, 2));
    const cut = { ok: false, breach: { why: 'tailCut', line: 2, seq: 3, count: 2 } };
    expect(await verifyAudit(folder)).toEqual(cut);
    expect(await write(5)).toEqual([{ type: 'recordDamaged', problem: 'tailCut' }]);
    expect(await write(6)).toEqual([]);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'missing', line: 3, seq: 3, count: 2 } });
  });

  it('continues on a new line if the confirmed part ends within one', async () => {
    await write(1, 2);
    await truncate(record, (await stat(record)).size - 10);
    await write(3);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'changed', line: 2, seq: 2 } });
    expect((await facts()).at(-1)).toEqual(attempt(3));
  });

  it('notices a deleted record and a deleted anchor', async () => {
    await write(1, 2);
    const text = await readFile(record);
    await rm(record);
    expect(await verifyAudit(folder)).toMatchObject({ breach: { why: 'tailCut', seq: 1, count: 2 } });
    await writeFile(record, text);
    await rm(anchor);
    expect(await verifyAudit(folder)).toMatchObject({ breach: { why: 'anchorMissing' } });
    expect(await write(3)).toEqual([{ type: 'recordDamaged', problem: 'anchorMissing' }]);
  });

  it('notices a last entry that was replaced by a valid one', async () => {
    await write(1);
    const text = await readFile(record, 'utf8');
    await write(2);
    const forged = makeEntry(2, { time: '2026-01-01T00:00:00.009Z' }, JSON.parse(text).hash, attempt(9), () =>
      'f'.repeat(128),
    );
    await writeFile(record, `${text}${entryLine(forged)}`);
    expect(await write(3)).toEqual([{ type: 'recordDamaged', problem: 'changed' }]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: false, breach: { seq: 2 } });
  });

  it.each([
    ['half a line', '{"fact":{"caller":"100","prof'],
    ['zeroes', '\0'.repeat(300)],
    ['a line that is no entry', '{"seq":3}\n'],
  ])('sets %s of an interrupted write aside and says so', async (_what, torn) => {
    await write(1, 2);
    await appendFile(record, torn);
    const [finding] = await write(3);
    const name = (await readdir(folder)).find((file) => file.startsWith('audit.torn-')) ?? '';
    expect(finding).toEqual({ type: 'tornTail', file: name, bytes: torn.length });
    expect(await readFile(join(folder, name), 'utf8')).toBe(torn);
    expect(await facts()).toEqual([attempt(1), attempt(2), finding, attempt(3)]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 4 });
  });

  it('keeps whole entries that were written but not confirmed', async () => {
    await write(1);
    const before = await readFile(anchor);
    await write(2);
    await writeFile(anchor, before);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 2 });
    expect(await write(3)).toEqual([]);
    expect(await facts()).toEqual([1, 2, 3].map(attempt));
  });

  it('does not mistake an entry that is being written for damage', async () => {
    await write(1);
    await appendFile(record, '{"fact":');
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 1 });
  });

  it('writes a burst in few syncs and in order', async () => {
    const sessions = Array.from({ length: 500 }, (_, index) => index);
    await write(...sessions);
    expect(await facts()).toEqual(sessions.map(attempt));
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 500 });
  });

  it('says of an entry that the clock was not right', async () => {
    const audit = await openAudit(folder, () => ({ time: '2026-01-01T00:00:00.000Z', clock: 'notSet' }));
    await audit.append(attempt(1));
    await audit.close();
    expect((await lines())[0]).toMatch(/^{"clock":"notSet","fact"/);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 1 });
    await rewrite((all) => all.map((line) => line.replace('"clock":"notSet",', '')));
    expect(await verifyAudit(folder)).toMatchObject({ breach: { why: 'changed' } });
  });

  it('keeps what a disk did not take, and writes it late and in order', async () => {
    await write(1);
    await rm(folder, { recursive: true });
    const audit = await openAudit(folder, stamp, { retryMs: 20 });
    const resumed = new Promise<void>((resolve) => audit.onResumed(resolve));
    await expect(audit.append(attempt(2))).rejects.toThrow('ENOENT');
    await mkdir(folder);
    await resumed;
    await audit.append(attempt(3));
    await audit.close();
    const resumption = { type: 'recordResumed', since: expect.any(String), late: 1, lost: 0 };
    expect(await facts()).toEqual([attempt(2), resumption, attempt(3)]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });
});

describe('a disk that does not answer', () => {
  let elsewhere: string;
  let disk: SilentDisk;
  let audit: AuditRecord;
  beforeEach(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'modcall-silent-'));
    await write(1);
    audit = await openAudit(folder, stamp, { writeMs: 50 });
    disk = SilentDisk.begin(elsewhere);
  });
  afterEach(() => rm(elsewhere, { recursive: true }));

  it('makes the record refuse what it cannot write in time, and write it late', async () => {
    const resumed = new Promise<void>((resolve) => audit.onResumed(resolve));
    const before = [audit.append(attempt(2)), audit.append(attempt(3))];
    for (const one of before) await expect(one).rejects.toThrow('does not answer');
    await expect(audit.append(attempt(4))).rejects.toThrow('does not answer');
    await disk.end();
    await resumed;
    await audit.close();
    const resumption = { type: 'recordResumed', since: expect.any(String), late: 2, lost: 0 };
    expect(await facts()).toEqual([...[1, 2, 3, 4].map(attempt), resumption]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 5 });
  });

  it('takes no more memory however much happens meanwhile, and the record says how much it lacks', async () => {
    const resumed = new Promise<void>((resolve) => audit.onResumed(resolve));
    await expect(audit.append(attempt(2))).rejects.toThrow('does not answer');
    const refused = Array.from({ length: mostLate + 7 }, (_, index) => audit.append(attempt(3 + index)));
    const outcomes = await Promise.allSettled(refused);
    expect(new Set(outcomes.map((outcome) => 'reason' in outcome && String(outcome.reason)))).toEqual(
      new Set(['DiskSilent: the disk does not answer']),
    );
    await disk.end();
    await resumed;
    await audit.close();
    expect((await facts()).at(-1)).toMatchObject({ type: 'recordResumed', late: mostLate, lost: 7 });
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: mostLate + 3 });
  });
});

describe('the signed end of the audit record', () => {
  let head: string;
  beforeEach(() => {
    head = dataFile(folder, 'auditHead');
  });

  /** Makes the record anew, as somebody would who knows its form but not the key of the box. */
  async function forge(...sessions: number[]): Promise<string> {
    let hash = firstHash;
    const forged = sessions.map((session, index) => {
      const entry = makeEntry(index + 1, stamp(), hash, attempt(session));
      hash = entry.hash;
      return entryLine(entry);
    });
    await writeFile(record, forged.join(''));
    return JSON.stringify({ count: sessions.length, hash, bytes: forged.join('').length, counter: 99 });
  }

  it.each<[string, (forged: string) => Promise<unknown>]>([
    ['its first place', (forged) => writeFile(anchor, forged)],
    ['both places', (forged) => Promise.all([writeFile(anchor, forged), writeFile(head, forged)])],
    [
      'both places with another signature',
      async (forged) => {
        const other = JSON.stringify({
          ...JSON.parse(forged),
          signature: JSON.parse(await readFile(head, 'utf8')).signature,
        });
        await Promise.all([writeFile(anchor, other), writeFile(head, other)]);
      },
    ],
    ['its first place, the second being gone', (forged) => Promise.all([writeFile(anchor, forged), rm(head)])],
  ])('reveals that a chain was rewritten with an end in %s, also after a start', async (_what, put) => {
    await write(1, 2, 3);
    await put(await forge(1, 7, 3));
    expect(await verifyAudit(folder)).toMatchObject({ ok: false });
    expect(await write(4)).toEqual([{ type: 'recordDamaged', problem: expect.any(String) }]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: false });
    expect(await write(5)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: false });
  });

  it('reveals that the signature of an entry before it was changed, which no hash covers', async () => {
    await write(1, 2, 3);
    await rewrite(([first = '', second = '', ...others]) => [
      first,
      second.replace(/"signature":"../, (found) => found.replace(/..$/, found.endsWith('00') ? '11' : '00')),
      ...others,
    ]);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'foreign', line: 2, seq: 2 } });
  });

  it.each([
    ['keyMissing', () => rm(dataFile(folder, 'boxPublicKey'))],
    ['keyDamaged', () => inPlaceOf(dataFile(folder, 'boxPublicKey'), mkdir)],
    ['keyDamaged', () => inPlaceOf(dataFile(folder, 'boxPublicKey'), pipe)],
    ['keyDamaged', () => writeFile(dataFile(folder, 'boxPublicKey'), 'zeroes')],
  ])("is not said to be somebody else's where only the public half of the key is amiss: %s", async (why, damage) => {
    await write(1, 2);
    await damage();
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why, line: 2, seq: 2 } });
    expect(await write(3)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });

  it('reveals that an older record was put back with its end, also after a start', async () => {
    await write(1, 2);
    const older = await Promise.all([readFile(record), readFile(anchor)]);
    await write(3);
    await Promise.all([writeFile(record, older[0]), writeFile(anchor, older[1])]);
    expect(await verifyAudit(folder)).toMatchObject({ breach: { why: 'tailCut', seq: 3, count: 1 } });
    expect(await write(4)).toEqual([{ type: 'recordDamaged', problem: 'tailCut' }]);
    expect(await verifyAudit(folder)).toMatchObject({ breach: { why: 'missing', seq: 3, count: 1 } });
  });

  it.each([
    ['anchorMissing', () => rm(anchor)],
    ['anchorMissing', () => rm(head)],
    ['anchorUnreadable', () => writeFile(head, '{')],
    ['keyMissing', () => Promise.all([rm(dataFile(folder, 'boxKey')), rm(dataFile(folder, 'boxPublicKey'))])],
    ['keyMissing', () => writeFile(dataFile(folder, 'boxKey'), 'zeroes')],
    ['keyMissing', () => inPlaceOf(dataFile(folder, 'boxKey'), mkdir)],
    ['keyMissing', () => inPlaceOf(dataFile(folder, 'boxKey'), pipe)],
    ['keyMissing', () => inPlaceOf(dataFile(folder, 'boxKey'), huge)],
    ['anchorUnreadable', () => inPlaceOf(head, mkdir)],
    ['anchorUnreadable', () => inPlaceOf(anchor, pipe)],
    ['anchorUnreadable', () => inPlaceOf(anchor, huge)],
  ])('says for good that it was not found as it was left: %s', async (problem, damage) => {
    await write(1, 2);
    await damage();
    expect(await write(3)).toEqual([{ type: 'recordDamaged', problem }]);
    expect(await write(4)).toEqual([]);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'reported', line: 3, seq: 3 } });
  });

  it.each([
    ['a folder', mkdir],
    ['a pipe', pipe],
  ])('goes on beside %s that was put in its place, and says so', async (_what, plant) => {
    await write(1, 2);
    await inPlaceOf(record, plant);
    expect(await write(3)).toEqual([{ type: 'recordDamaged', problem: 'tailCut' }]);
    expect((await readdir(folder)).find((name) => name.startsWith('audit.jsonl.broken-'))).toBeDefined();
  });

  it.each([
    ['a folder', mkdir],
    ['a pipe', pipe],
  ])('goes on as before where %s stands in the place of the public half of its key', async (_what, plant) => {
    await write(1, 2);
    await inPlaceOf(dataFile(folder, 'boxPublicKey'), plant);
    expect(await write(3)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });

  it('may be older in one of its places if the power failed between the two', async () => {
    await write(1);
    const before = await readFile(head);
    await write(2);
    await writeFile(head, before);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 2 });
    expect(await write(3)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });

  it('takes over a record from before there were keys', async () => {
    const { counter: _, ...old } = JSON.parse(await forge(1, 2));
    await writeFile(anchor, JSON.stringify(old));
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 2, signedBy: null });
    expect(await write(3)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3, signedBy: expect.any(String) });
  });

  it('is signed when it is taken over, so that a start that comes no further leaves nothing that looks forged', async () => {
    const { counter: _, ...old } = JSON.parse(await forge(1, 2));
    await writeFile(anchor, JSON.stringify(old));
    expect(await write()).toEqual([]);
    expect(await write(3)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });

  it('raises no false alarm where a first start came no further than to its key', async () => {
    await openBoxKey(folder, clock);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true });
    expect(await write(1)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 1, signedBy: expect.any(String) });
  });

  it.each([
    ['its key', [false, false]],
    ['one of its ends', [true, false]],
    ['the other of its ends', [false, true]],
    ['both of its ends', [true, true]],
  ])('raises no false alarm where the one that took it over came no further than to %s', async (_, signed) => {
    const { counter: _counter, ...old } = JSON.parse(await forge(1, 2));
    await writeFile(anchor, JSON.stringify(old));
    await write();
    await rm(dataFile(folder, 'boxPublicKey'));
    if (!signed[0]) await writeFile(anchor, JSON.stringify(old));
    if (!signed[1]) await rm(head);
    expect(await write(3)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3, signedBy: expect.any(String) });
  });

  it.each(['rewritten without any signature', 'removed'])(
    'reveals that it was %s together with the key, since another file remembers that there was one',
    async (what) => {
      await writeAndRemember(1, 2);
      await rm(join(folder, 'identity'), { recursive: true });
      await Promise.all([rm(record), rm(anchor)]);
      if (what !== 'removed') {
        const { counter: _counter, ...old } = JSON.parse(await forge(1));
        await writeFile(anchor, JSON.stringify(old));
      }
      expect(await write(3)).toEqual([{ type: 'recordDamaged', problem: 'keyMissing' }]);
      expect(await verifyAudit(folder)).toMatchObject({ ok: false });
    },
  );

  it('may be in one of its places only if the power failed while the record was begun', async () => {
    await write();
    await rm(head);
    expect(await write(1)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 1 });
  });

  it('reveals that the whole record was removed, also after a start', async () => {
    await write(1, 2);
    await Promise.all([record, anchor, head].map((file) => rm(file)));
    expect(await verifyAudit(folder)).toMatchObject({ ok: false, breach: { why: 'anchorMissing' } });
    expect(await write(3)).toEqual([{ type: 'recordDamaged', problem: 'anchorMissing' }]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: false, breach: { why: 'reported' } });
  });

  it('is signed by a key that only the owner can read', async () => {
    await write(1);
    expect((await stat(dataFile(folder, 'boxKey'))).mode & 0o777).toBe(0o600);
  });

  /** Adds an entry as somebody would who can compute its hash, but has not the key. */
  async function addForeign(session: number, signature?: string): Promise<void> {
    const last = JSON.parse((await lines()).at(-1) ?? '');
    const entry = makeEntry(
      last.seq + 1,
      stamp(),
      last.hash,
      attempt(session),
      signature ? () => signature : undefined,
    );
    await appendFile(record, entryLine(entry));
  }

  it.each([
    ['without a signature', () => addForeign(9)],
    ['with the signature of another', async () => addForeign(9, JSON.parse((await lines())[1] ?? '').signature)],
    ['with one that is none', () => addForeign(9, 'zz')],
    ['more than one', () => addForeign(9).then(() => addForeign(10))],
    ['more than can have been written', () => appendFile(record, `${'x'.repeat(17 * 1024 * 1024)}\n`)],
  ])('shows that entries were added while the box was off (%s), also after a start', async (_what, add) => {
    await write(1, 2);
    await add();
    expect(await verifyAudit(folder)).toMatchObject({ ok: false, breach: { seq: 3 } });
    expect(await write(3)).toEqual([{ type: 'recordDamaged', problem: 'foreignEntries' }]);
    expect(await write(4)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: false, breach: { seq: 3 } });
  });

  it('takes over unsigned entries behind an end of before entries were signed', async () => {
    await write(1);
    const [entry = ''] = await lines();
    const { signature: _, ...old } = JSON.parse(entry);
    await writeFile(record, entryLine(old));
    const { key } = await openBoxKey(folder, clock);
    const end = { count: 1, hash: old.hash, bytes: entryLine(old).length, counter: 7 };
    const text = JSON.stringify({ ...end, signature: key.sign('audit-head', canonicalJson(end)) });
    await Promise.all([writeFile(anchor, text), writeFile(head, text)]);
    await addForeign(2);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 2 });
    expect(await write(3)).toEqual([]);
    expect(await facts()).toEqual([1, 2, 3].map(attempt));
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });
});

/** Writes entries, and remembers in the records how far that came, as the appliance does. */
async function writeAndRemember(...sessions: number[]) {
  const audit = await openAudit(folder, stamp);
  const { records, save } = await openRecords(dataFile(folder, 'records'), {
    moderators: [],
    now: () => clock,
    isExpected: false,
    record: audit,
    recount: async () => ({ month: '', used: {} }),
  });
  await Promise.all(sessions.map((session) => audit.append(attempt(session))));
  await save(records);
  await audit.close();
  return audit.findings;
}

describe('older lockouts and quotas', () => {
  it('are noticed by what the record remembers of them, though that has its ends and is sound', async () => {
    await writeAndRemember(1);
    const older = await readFile(dataFile(folder, 'records'));
    await writeAndRemember(2);
    await writeAndRemember(3);
    await writeFile(dataFile(folder, 'records'), older);
    const audit = await openAudit(folder, stamp);
    const { loss } = await openRecords(dataFile(folder, 'records'), {
      moderators: [],
      now: () => clock,
      isExpected: true,
      record: audit,
      recount: async () => ({ month: '', used: {} }),
    });
    await audit.close();
    expect(loss).toMatchObject({ kind: 'older' });
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });
});

describe('the works agreement in force', () => {
  const mark = (serial: number) => ({ serial, version: serial, hash: String(serial).repeat(64) });

  async function writeUnder(serial: number | null, session: number) {
    const audit = await openAudit(folder, stamp);
    const { agreement } = audit;
    if (serial !== null) audit.rememberAgreement(mark(serial));
    await audit.append(attempt(session));
    await audit.close();
    return agreement;
  }
  const named = async () => (await lines()).map((line) => JSON.parse(line).agreement);

  it('is named in every entry, and remembered by the signed end', async () => {
    expect(await writeUnder(null, 1)).toBeNull();
    expect(await writeUnder(7, 2)).toBeNull();
    expect(await writeUnder(8, 3)).toEqual(mark(7));
    expect(await writeUnder(null, 4)).toEqual(mark(8));
    expect(await named()).toEqual([undefined, mark(7).hash, mark(8).hash, mark(8).hash]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 4 });
  });

  it('cannot be exchanged in an entry or at the signed end unnoticed', async () => {
    await writeUnder(7, 1);
    const [whole, end] = [await readFile(record), await readFile(anchor)];
    await rewrite((all) => all.map((line) => line.replace(mark(7).hash, mark(8).hash)));
    expect(await verifyAudit(folder)).toMatchObject({ ok: false, breach: { why: 'changed', seq: 1 } });
    await writeFile(record, whole);
    await writeFile(anchor, end.toString().replace('"serial":7', '"serial":6'));
    expect(await verifyAudit(folder)).toMatchObject({ ok: false, breach: { why: 'anchorForged' } });
  });

  it('is known from the last entry where the signed ends are gone, and no older one takes its place', async () => {
    await writeUnder(7, 1);
    await rm(anchor);
    await rm(dataFile(folder, 'auditHead'));
    const audit = await openAudit(folder, stamp);
    expect(audit.agreement).toEqual({ ...mark(7), serial: 0, version: 0 });
    audit.rememberAgreement(mark(9));
    audit.rememberAgreement(mark(8));
    expect(audit.agreement).toEqual(mark(9));
    await audit.close();
  });
});

describe('an older audit record', () => {
  const parts = () => [record, anchor, dataFile(folder, 'auditHead')];
  const copy = () => Promise.all(parts().map((path) => readFile(path)));
  const putBack = (copies: readonly Buffer[]) =>
    Promise.all(parts().map((path, index) => writeFile(path, copies[index] ?? '')));

  it('is noticed where it was put back with both of its ends, also after a start', async () => {
    await writeAndRemember(1, 2);
    const older = await copy();
    await writeAndRemember(3);
    await putBack(older);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'olderCopy', line: 2, seq: 2 } });
    expect(await writeAndRemember(4)).toEqual([{ type: 'recordDamaged', problem: 'olderCopy' }]);
    expect(await writeAndRemember(5)).toEqual([]);
    expect(await verifyAudit(folder)).toEqual({ ok: false, breach: { why: 'reported', line: 3, seq: 3 } });
  });

  it('is not a false alarm when the record began anew after its ends were lost', async () => {
    await writeAndRemember(1);
    await writeAndRemember(2);
    await Promise.all(parts().map((path) => rm(path)));
    expect(await writeAndRemember(3)).toEqual([{ type: 'recordDamaged', problem: 'anchorMissing' }]);
    expect(await writeAndRemember(4)).toEqual([]);
  });

  it.each([
    ['not there', () => rm(dataFile(folder, 'records'))],
    ['older', async () => writeFile(dataFile(folder, 'records'), await readFile(join(folder, 'records.old')))],
    [
      'not signed by the box',
      () => writeFile(dataFile(folder, 'records'), '{"record":{"counter":999,"signature":"00"}}'),
    ],
  ])('is no false alarm where what is remembered of it is %s', async (_what, change) => {
    await writeAndRemember(1);
    await copyFile(dataFile(folder, 'records'), join(folder, 'records.old'));
    await writeAndRemember(2);
    await change();
    expect(await writeAndRemember(3)).toEqual([]);
    expect(await verifyAudit(folder)).toMatchObject({ ok: true, entries: 3 });
  });
});

describe('a power cut', () => {
  /** The files in the order in which an entry comes into them; the two ends are written at once. */
  const parts = () => [record, anchor, dataFile(folder, 'auditHead'), dataFile(folder, 'records')];
  const copy = () => Promise.all(parts().map((path) => readFile(path)));

  it('between any two writes of an entry raises no false alarm', async () => {
    await writeAndRemember(1);
    const before = await copy();
    await writeAndRemember(2, 3);
    const after = await copy();
    const [old, full] = [before[0]?.length ?? 0, after[0]?.length ?? 0];
    const lengths = Array.from({ length: full - old + 1 }, (_, index) => old + index).filter(
      (length) => length % 37 === 0 || length === full,
    );
    const states = [
      ...lengths.map((length) => ({ length, isNew: [true, false, false, false] })),
      { length: full, isNew: [true, true, false, false] },
      { length: full, isNew: [true, false, true, false] },
      { length: full, isNew: [true, true, true, false] },
      { length: full, isNew: [true, true, true, true] },
    ];
    for (const { length, isNew } of states) {
      const contents = parts().map((_, index) => (isNew[index] ? after : before)[index] ?? Buffer.alloc(0));
      await Promise.all(
        parts().map((path, index) =>
          writeFile(path, contents[index]?.subarray(0, index === 0 ? length : undefined) ?? ''),
        ),
      );
      expect(await verifyAudit(folder), `${length} ${isNew}`).toMatchObject({ ok: true });
      const findings = await writeAndRemember(4);
      expect(
        findings.filter(({ type }) => type !== 'tornTail'),
        `${length} ${isNew}`,
      ).toEqual([]);
      expect(await verifyAudit(folder), `${length} ${isNew}`).toMatchObject({ ok: true });
    }
  });

  it('at many moments raises no false alarm and loses nothing that was confirmed', async () => {
    const scripts = await mkdtemp(join(tmpdir(), 'modcall-recorder-'));
    const program = await compiled(new URL('./endless-recorder.ts', import.meta.url), scripts);
    let before = 0;
    for (let round = 0; round < 6; round += 1) {
      const confirmed = Number((await killed(program, [folder], round * 17)).at(-1) ?? 0);
      const verification = await verifyAudit(folder);
      expect(verification).toMatchObject({ ok: true });
      if (verification.ok) expect(verification.entries).toBeGreaterThanOrEqual(before + confirmed);
      expect((await writeAndRemember(round)).filter(({ type }) => type !== 'tornTail')).toEqual([]);
      before = (await lines()).length;
    }
    await rm(scripts, { recursive: true });
  }, 60_000);
});
