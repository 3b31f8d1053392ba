import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SettingsNotKept, SettingsRefused } from '../../../../src/store/settings/settings-faults.js';
import { parseSettings } from '../../../../src/store/settings/settings-file.js';
import {
  keptVersions,
  makeWayForHistory,
  SettingsHistory,
  type VersionHead,
} from '../../../../src/store/settings/settings-history.js';
import type { Settings } from '../../../../src/store/settings/settings-schema.js';
import { SettingsConflict, SettingsStore } from '../../../../src/store/settings/settings-store.js';
import { sampleSettings } from './sample-settings.js';

const at = '2026-03-04T12:00:00.000Z';
const by = { kind: 'user', name: 'ada' } as const;
let folder: string;
let recorded: VersionHead[];
let heard: string[];
let applied: number[];
let isRecordSound: boolean;
beforeEach(async () => {
  recorded = [];
  heard = [];
  applied = [];
  isRecordSound = true;
  folder = await mkdtemp(join(tmpdir(), 'modcall-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = () => join(folder, 'settings.json');
const historyFolder = () => join(folder, 'settings-history');
const open = async (settings = sampleSettings(), isFromFile = true): Promise<SettingsStore> => {
  const history = await SettingsHistory.open(join(folder, 'settings-history'));
  return SettingsStore.open(
    {
      path: path(),
      history,
      settings,
      isFromFile,
      async record(head) {
        recorded.push(head);
        if (!isRecordSound) throw new Error('the record is full');
      },
      obstacles: async ({ web }) => (web ? [{ path: ['web', 'port'], code: 'settings.fault.portTaken' }] : []),
      async apply({ settings: { ringSeconds } }) {
        applied.push(ringSeconds);
      },
      onForeign: (what) => heard.push(what),
      onUnkept: () => heard.push('unkept'),
    },
    at,
  );
};
const facts = () => recorded.map(({ version, by: { kind } }) => `${version} ${kind}`);
const onDisk = async () => parseSettings('settings.json', await readFile(path(), 'utf8'));
const rings = (ringSeconds: number) => (settings: Settings) => ({ ...settings, ringSeconds });
const request = (change: (settings: Settings) => unknown, basis: number | null = null) => ({ by, at, basis, change });

describe('a change', () => {
  test('is the next version, on disk, and says what is different', async () => {
    const store = await open();
    expect(await store.change(request(rings(7)))).toEqual(store.current);
    const made = { version: 2, by, at, changes: [{ path: ['ringSeconds'], before: 30, after: 7 }] };
    expect([store.current, recorded, applied]).toMatchObject([made, [made], [7]]);
    expect([store.current.version, (await onDisk()).ringSeconds]).toEqual([2, 7]);
    expect((await open(await onDisk())).current).toEqual(store.current);
  });

  test('is numbered after all that there were, where a backup has brought back what was before them', async () => {
    const store = await open();
    for (const seconds of [7, 8]) await store.change(request(rings(seconds)));
    for (const name of ['0000000002.jsonl', '0000000003.jsonl']) await rm(join(historyFolder(), name));
    await writeFile(path(), JSON.stringify(sampleSettings()));
    const restored = await open();
    expect([restored.current.version, restored.previous]).toEqual([1, null]);
    await restored.change(request(rings(9)));
    expect([restored.current.version, restored.previous]).toEqual([4, 1]);
    await expect(restored.change(request(rings(10), 2))).rejects.toThrow(SettingsConflict);
    expect([(await open(await onDisk())).current.version, facts(), heard]).toEqual([
      4,
      ['2 user', '3 user', '4 user'],
      [],
    ]);
  });

  test('that would not be valid changes nothing', async () => {
    const store = await open();
    await expect(store.change(request((settings) => ({ ...settings, groups: [] })))).rejects.toThrow(SettingsRefused);
    await expect(store.change(request(() => 'rubbish'))).rejects.toThrow(SettingsRefused);
    expect([store.current.version, await readdir(folder)]).toEqual([1, ['settings-history']]);
  });

  test('that the box cannot go by changes nothing', async () => {
    const store = await open();
    const wanted = request((settings: Settings) => ({ ...settings, web: {} }));
    const refused = { faults: [{ path: 'web.port', code: 'settings.fault.portTaken' }] };
    await expect(store.tryOut(wanted)).rejects.toMatchObject(refused);
    await expect(store.change(wanted)).rejects.toMatchObject(refused);
    expect([store.current.version, applied, facts()]).toEqual([1, [], []]);
  });

  test('that changes nothing is not a version', async () => {
    const store = await open();
    expect((await store.change(request((settings) => settings))).version).toBe(1);
  });

  test('against an older version is refused, and told what changed meanwhile', async () => {
    const store = await open();
    const changes = [request(rings(7), 1), request(rings(8), 1)].map((change) => store.change(change));
    const [first, second] = await Promise.allSettled(changes);
    expect(first?.status).toBe('fulfilled');
    expect(second).toMatchObject({
      reason: expect.any(SettingsConflict),
      status: 'rejected',
    });
    expect(second).toMatchObject({ reason: { version: 2, since: [{ path: ['ringSeconds'], before: 30, after: 7 }] } });
    expect(store.current.settings.ringSeconds).toBe(7);
  });

  test('of those made at once each sees the one before', async () => {
    const store = await open();
    const add = (settings: Settings) => ({ ...settings, ringSeconds: settings.ringSeconds + 1 });
    const made = await Promise.all([1, 2, 3].map(() => store.change(request(add))));
    expect(made.map(({ version, settings }) => [version, settings.ringSeconds])).toEqual([
      [2, 31],
      [3, 32],
      [4, 33],
    ]);
    expect([store.current.version, store.current.settings.ringSeconds]).toEqual([4, 33]);
  });

  test('that the disk does not take never was', async () => {
    const store = await open();
    await rm(historyFolder(), { recursive: true });
    await writeFile(historyFolder(), '');
    await expect(store.change(request(rings(7)))).rejects.toThrow(SettingsNotKept);
    expect([store.current.version, recorded, applied]).toEqual([1, [], []]);
  });

  test('that the record does not take is undone, and the record learns of that too', async () => {
    const store = await open();
    await store.change(request(rings(7)));
    isRecordSound = false;
    await expect(store.change(request(rings(8)))).rejects.toMatchObject({ kind: 'unavailable' });
    expect([store.current.version, (await onDisk()).ringSeconds, applied]).toEqual([2, 7, [7]]);
    expect(recorded.at(-1)?.changes).toEqual([{ path: ['ringSeconds'], before: 8, after: 7 }]);
    isRecordSound = true;
    await store.change(request(rings(9)));
    expect([store.current.version, (await onDisk()).ringSeconds, applied]).toEqual([3, 9, [7, 9]]);
  });

  test('names its mistakes by their place in what was sent in, and no file', async () => {
    const refused = (await open()).change(request((settings) => ({ ...settings, ringSeconds: 1 })));
    await expect(refused).rejects.toMatchObject({
      problem: { code: 'settings.refused', params: { count: 1 } },
      faults: [{ path: 'ringSeconds' }],
    });
  });

  test('does not undo what was edited in the file meanwhile', async () => {
    const store = await open();
    await store.change(request(rings(7)));
    await writeFile(path(), JSON.stringify({ ...sampleSettings(), ringSeconds: 7, privacyMinutes: 9 }));
    await expect(store.change(request(rings(8), 2))).rejects.toMatchObject({
      version: 3,
      since: [{ path: ['privacyMinutes'], before: null, after: 9 }],
    });
    expect([store.current.by.kind, heard, facts()]).toEqual(['file', ['edited'], ['2 user', '3 file']]);
    await store.change(request(rings(8), 3));
    expect(await onDisk()).toMatchObject({ ringSeconds: 8, privacyMinutes: 9 });
  });

  test('sets aside a file that was broken while the box ran', async () => {
    const store = await open();
    await store.change(request(rings(7)));
    await writeFile(path(), 'rubbish');
    await store.change(request(rings(8)));
    expect([(await onDisk()).ringSeconds, heard]).toEqual([8, ['broken']]);
    expect((await readdir(folder)).filter((name) => name.includes('.broken-'))).toHaveLength(1);
  });

  test('creates a file again that is gone', async () => {
    const store = await open(sampleSettings(), false);
    await store.change(request(rings(7)));
    expect((await onDisk()).ringSeconds).toBe(7);
  });

  test('that changes nothing writes a file that was broken, and the box follows it', async () => {
    await writeFile(path(), '{ broken');
    const store = await open(sampleSettings(), false);
    expect(await store.change(request((settings) => settings))).toBe(store.current);
    expect([await onDisk(), applied, recorded]).toEqual([sampleSettings(), [30], []]);
  });

  test('sets aside what a newer Modcall wrote', async () => {
    await writeFile(
      path(),
      JSON.stringify({ ...sampleSettings(), version: 2, sip: { ...sampleSettings().sip, fax: 1 } }),
    );
    const store = await open();
    await store.change(request(rings(7)));
    expect([(await onDisk()).ringSeconds, heard]).toEqual([7, []]);
    expect((await readdir(folder)).filter((name) => name.includes('.newer-'))).toHaveLength(1);
  });

  test('sets a broken file aside instead of writing over it', async () => {
    await writeFile(path(), '{ broken');
    const store = await open(sampleSettings(), false);
    await store.change(request(rings(7)));
    await store.change(request(rings(8)));
    const names = await readdir(folder);
    const aside = names.filter((name) => name.includes('.broken-'));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(folder, aside[0] ?? ''), 'utf8')).toBe('{ broken');
  });
});

test('a file that was mended to what the box follows already is taken without a version', async () => {
  await writeFile(path(), '{ broken');
  const store = await open(sampleSettings(), false);
  await writeFile(path(), JSON.stringify(sampleSettings()));
  expect(await store.reread(at)).toBe(false);
  expect([applied, recorded]).toEqual([[30], []]);
});

test('an edited file is taken when somebody asks for it', async () => {
  const store = await open();
  await store.change(request(rings(7)));
  expect(await store.reread(at)).toBe(false);
  await writeFile(path(), JSON.stringify({ ...sampleSettings(), ringSeconds: 9 }));
  expect([await store.reread(at), await store.reread(at)]).toEqual([true, false]);
  expect([applied, facts()]).toEqual([
    [7, 9],
    ['2 user', '3 file'],
  ]);
});

const entry = (version: number, ending = 'jsonl') =>
  join(historyFolder(), `${String(version).padStart(10, '0')}.${ending}`);

describe('the history', () => {
  test('keeps the latest versions, of which each can be had again', async () => {
    const store = await open();
    for (let count = 0; count < keptVersions + 5; count += 1) await store.change(request(rings(10 + count)));
    const versions = await store.versions();
    expect(versions).toHaveLength(keptVersions);
    expect([versions[0]?.version, versions.at(-1)?.version]).toEqual([7, 56]);
    expect(await store.version(6)).toBeNull();
    const old = await store.version(7);
    await store.change(request(() => old?.settings));
    expect([store.current.version, store.current.settings.ringSeconds]).toEqual([57, old?.settings.ringSeconds]);
  });

  test('keeps no more than that after a power cut before the oldest was removed', async () => {
    const store = await open();
    for (let count = 0; count < keptVersions; count += 1) await store.change(request(rings(10 + count)));
    await copyFile(entry(51), entry(1));
    await writeFile(`${entry(52)}.99.pending`, '{');
    await open(await onDisk());
    expect(await readdir(join(folder, 'settings-history'))).toHaveLength(keptVersions + 1);
  });

  test('has what was edited in the file as a version of nobody, and the record has it', async () => {
    await (await open()).change(request(rings(7)));
    const store = await open({ ...sampleSettings(), ringSeconds: 99 });
    expect(store.current).toMatchObject({ version: 3, by: { kind: 'file' }, settings: { ringSeconds: 99 } });
    expect([facts(), heard]).toEqual([['2 user', '3 file'], ['edited']]);
    await open({ ...sampleSettings(), ringSeconds: 99 });
    expect(recorded).toHaveLength(2);
  });

  test('has it even if it was edited back to the version before', async () => {
    await (await open()).change(request(rings(7)));
    expect((await open()).current).toMatchObject({ version: 3, by: { kind: 'file' }, settings: { ringSeconds: 30 } });
  });

  test('does not count a version that never reached the file', async () => {
    const { current } = await open();
    await writeFile(path(), JSON.stringify(current.settings));
    const { settings } = current;
    const history = await SettingsHistory.open(join(folder, 'settings-history'));
    await history.append({ ...current, version: 2, settings: { ...settings, ringSeconds: 7 } });
    const again = await open(settings);
    expect(again.current.version).toBe(1);
    await again.change(request(rings(8)));
    expect([again.current.version, facts()]).toEqual([2, ['2 user']]);
  });

  test('makes up for what the record missed when the box was stopped', async () => {
    await (await open()).change(request(rings(7)));
    await writeFile(join(historyFolder(), 'recorded'), '1\n');
    await open(await onDisk());
    expect(facts()).toEqual(['2 user', '2 user']);
  });

  test('goes on after an entry that cannot be read any more', async () => {
    await (await open()).change(request(rings(7)));
    await writeFile(entry(2), '\0\0\0');
    const store = await open(await onDisk());
    expect(store.current).toMatchObject({ version: 3, by: { kind: 'file' } });
    expect((await store.versions()).map(({ version }) => version)).toEqual([1, 3]);
  });

  test.each([
    ['a folder', (path: string) => mkdir(path)],
    ['a link in a circle', (path: string) => symlink(path, path)],
  ])('goes on after an entry that is %s', async (_what, plant) => {
    await (await open()).change(request(rings(7)));
    await rm(entry(2));
    await plant(entry(2));
    const store = await open(await onDisk());
    expect(store.current).toMatchObject({ version: 3, settings: { ringSeconds: 7 } });
    expect(await store.change(request(rings(8)))).toMatchObject({ settings: { ringSeconds: 8 } });
    expect([await store.version(2), (await store.versions()).map(({ version }) => version)]).toEqual([null, [1, 3, 4]]);
  });

  test.each([
    ['a file', (path: string) => writeFile(path, 'no folder')],
    ['a pipe', async (path: string) => execFileSync('mkfifo', [path])],
    ['a link in a circle', (path: string) => symlink(path, path)],
    ['a link that leads nowhere', (path: string) => symlink(join(path, 'nowhere'), path)],
  ])('is set aside where it is %s', async (_what, plant) => {
    await plant(historyFolder());
    expect(await makeWayForHistory(historyFolder(), 0)).toEqual([expect.stringContaining('settings-history.broken-')]);
    expect(await makeWayForHistory(historyFolder(), 0)).toEqual([]);
    const store = await open();
    expect(await store.change(request(rings(7)))).toMatchObject({ settings: { ringSeconds: 7 } });
    expect((await open(await onDisk())).current.version).toBe(2);
  });

  test('sets its note of what is recorded aside where that is a folder', async () => {
    await mkdir(join(historyFolder(), 'recorded'), { recursive: true });
    expect(await makeWayForHistory(historyFolder(), 0)).toEqual([expect.stringContaining('recorded.broken-')]);
    expect(await (await open()).change(request(rings(7)))).toMatchObject({ settings: { ringSeconds: 7 } });
  });

  test('that keeps nothing at the start does so as soon as it can', async () => {
    await mkdir(`${entry(1)}.${process.pid}.pending`, { recursive: true });
    const store = await open();
    expect([store.current.version, heard]).toEqual([1, ['unkept']]);
    expect(await store.change(request(rings(7)))).toMatchObject({ settings: { ringSeconds: 7 } });
    expect((await open(await onDisk())).current).toMatchObject({ version: 2, settings: { ringSeconds: 7 } });
  });

  test('has entries of an older Modcall, which do not say what they changed', async () => {
    const settings = sampleSettings();
    await mkdir(join(folder, 'settings-history'));
    for (const [version, ringSeconds] of [
      [1, 30],
      [2, 40],
    ] as const)
      await writeFile(
        entry(version, 'json'),
        JSON.stringify({ version, at, by, settings: { ...settings, ringSeconds } }),
      );
    const store = await open({ ...settings, ringSeconds: 40 });
    expect(store.current.version).toBe(2);
    expect((await store.versions()).map(({ changes }) => changes)).toEqual([
      [],
      [{ path: ['ringSeconds'], before: 30, after: 40 }],
    ]);
    expect(recorded).toEqual([]);
  });
});
