import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEntries, verifyAudit } from '../../../../src/store/audit/audit-verify.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { keptVersions } from '../../../../src/store/settings/settings-history.js';
import { compiled } from '../../../support/compiled.js';
import { killed } from '../../../support/killed.js';
import { handlingIn } from './handling.js';
import { openStores } from './stores.js';

/** In each of so many folders, at the same time, a box is killed so often. */
const folders = 4;
const kills = 50;
/** The start takes the first part of this time, and work the rest. */
const longestMs = 200;

let root: string;
let script: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'modcall-kill-'));
  script = await compiled(new URL('./endless-box.ts', import.meta.url), root);
});
afterAll(() => rm(root, { recursive: true }));

const privateFiles = ['settings', 'lastGoodSettings', 'audit', 'boxKey'] as const;

/** How far a kind of data had come. */
type Progress = Readonly<Record<'settings' | 'users' | 'calls' | 'quota' | 'handling', number>>;

/** The last of each kind that the box has confirmed; of calls, how many in this run. */
function confirmedIn(lines: readonly string[]): Partial<Progress> {
  return Object.fromEntries(lines.map((line) => line.split(' ')).map(([kind, count]) => [kind, Number(count)]));
}

/** What a start finds, and that it finds nothing wrong. */
async function found(folder: string): Promise<Progress> {
  const { inUse, audit, records, settings, foreign, users, calls } = await openStores(folder);
  try {
    expect([inUse.trouble, records.loss, users.isFileBroken, foreign]).toEqual([null, null, false, []]);
    expect(audit.findings.filter(({ type }) => type !== 'tornTail')).toEqual([]);
    const modes = await Promise.all(
      privateFiles.map(async (name) => (await stat(dataFile(folder, name))).mode & 0o777),
    );
    expect(new Set(modes)).toEqual(new Set([0o600]));
    let count = 0;
    for await (const _ of calls.records({ from: 0, to: Date.UTC(3000, 0), number: null })) count += 1;
    return {
      settings: settings.current.version,
      users: users.current.users.length,
      calls: count,
      quota: records.records.quotas.used['101'] ?? 0,
      handling: (await handlingIn(folder)) ?? Number.NaN,
    };
  } finally {
    await Promise.all([audit.close(), calls.close()]);
  }
}

async function expectWholeRecord(folder: string, latest: number): Promise<void> {
  expect(await verifyAudit(folder)).toMatchObject({ ok: true });
  const recorded = new Set<unknown>();
  for await (const { fact } of auditEntries(folder)) if (fact.type === 'settingsChanged') recorded.add(fact.version);
  expect([...recorded]).toEqual(Array.from({ length: latest - 1 }, (_, index) => index + 2));
}

/** Kills a box in a folder of its own again and again; what was confirmed, or one step more, is there each time. */
async function killAgainAndAgain(): Promise<void> {
  const folder = await mkdtemp(join(root, 'box-'));
  let before = await found(folder);
  for (let kill = 0; kill < kills; kill += 1) {
    const said = confirmedIn(await killed(script, [folder], Math.random() * longestMs));
    const after = await found(folder);
    const settings = said.settings ?? before.settings;
    const users = said.users ?? before.users;
    const quota = said.quota ?? before.quota;
    const handling = said.handling ?? before.handling;
    const ended = before.calls + (said.calls ?? 0);
    expect([settings, settings + 1]).toContain(after.settings);
    expect([users, (users + 1) % 50]).toContain(after.users);
    expect([quota, quota + 1]).toContain(after.quota);
    expect([handling, handling + 1]).toContain(after.handling);
    expect([ended, ended + 1]).toContain(after.calls);
    before = after;
  }
  await expectWholeRecord(folder, before.settings);
  const kept = await readdir(dataFile(folder, 'settingsHistory'));
  expect(kept.filter((name) => name.endsWith('.jsonl')).length).toBeLessThanOrEqual(keptVersions);
  expect(kept.filter((name) => name.endsWith('.pending'))).toEqual([]);
  expect((await readdir(folder)).filter((name) => /\.(pending|broken-|newer-)/.test(name))).toEqual([]);
}

test(`whenever a box is killed, ${folders * kills} times, nothing that was confirmed is lost and its next start finds nothing wrong`, async () => {
  await Promise.all(Array.from({ length: folders }, killAgainAndAgain));
}, 300_000);

test('a box that writes over what is there is seen to lose it', async () => {
  const careless = await compiled(new URL('./careless-box.ts', import.meta.url), join(root, 'careless'));
  const folder = await mkdtemp(join(root, 'careless-'));
  let isLost = false;
  for (let kill = 0; kill < folders * kills && !isLost; kill += 1) {
    const { handling = 0 } = confirmedIn(await killed(careless, [folder], Math.random() * longestMs));
    const found = await handlingIn(folder);
    isLost = found !== handling && found !== handling + 1;
  }
  expect(isLost).toBe(true);
}, 300_000);
