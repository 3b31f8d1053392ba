import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LicenceDesk, type LicenceDeskOptions } from '../../../src/licence-desk/licence-desk.js';
import { LicenceFiles, readLicenceFile } from '../../../src/licence-desk/licence-files.js';
import { writeBlockList } from '../../../src/licensing/block-list.js';
import { dayMs, serverProduct, type Term } from '../../../src/licensing/licence.js';
import type { Verdict } from '../../../src/licensing/verdict.js';
import { type BoxKey, openBoxKey } from '../../../src/store/box-key.js';
import { days, issued, keyOf, otherId, ownId, sign, trust } from '../licensing/vendor.js';

const demo: Term = { kind: 'demo', expires: issued + days(30) };

let folder: string;
let now: number;
let uptime: number;
let extensions: number;
let errors: unknown[];
let back: unknown[];
let desks: LicenceDesk[];
let boxKey: BoxKey;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-licence-'));
  now = issued + days(1);
  uptime = 0;
  extensions = 12;
  errors = [];
  back = [];
  desks = [];
  boxKey = (await openBoxKey(folder, 0)).key;
});
afterEach(async () => {
  await Promise.all(desks.map((desk) => desk.stop()));
  await rm(folder, { recursive: true });
});

function optionsOf(): LicenceDeskOptions {
  return {
    files: new LicenceFiles(join(folder, 'licence'), boxKey),
    trust,
    blockList: '',
    hardwareId: ownId,
    formerIds: [],
    isSimulatedBoard: false,
    productVersion: '1.4.2',
    extensionsSetUp: () => extensions,
    now: () => now,
    uptimeMs: () => uptime,
    latestKnown: null,
    onError: (error) => errors.push(error),
    onBack: (error) => back.push(error),
  };
}

async function openDesk(changes: Partial<LicenceDeskOptions> = {}): Promise<LicenceDesk> {
  const desk = await LicenceDesk.open({ ...optionsOf(), ...changes });
  desks.push(desk);
  return desk;
}

const pass = (ms: number) => {
  now += ms;
  uptime += ms;
};
const refusalIn = (verdict: Verdict) => (verdict.isAllowed ? undefined : verdict.refusal.kind);

describe('the licence desk', () => {
  it('has no licence at first, takes one into use at once, and still has it after a restart', async () => {
    const desk = await openDesk();
    expect(refusalIn(desk.verdict())).toBe('noLicence');
    expect(await desk.enter(keyOf())).toMatchObject({
      isAccepted: true,
      slot: 'licence',
      verdict: { isAllowed: true },
    });
    expect(desk.verdict().isAllowed).toBe(true);
    expect((await openDesk()).licence()?.keyNumber).toBe(1001);
    expect(await readFile(join(folder, 'licence/licence.txt'), 'utf8')).toMatch(/^ML1-([0-9A-Z]{5}-?\n?)+$/);
  });

  it('keeps the licence in use when another is refused', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf());
    const refused: [string, string][] = [
      ['badKey', 'garbage'],
      ['otherBox', keyOf({ bindings: [{ to: 'hardware', id: otherId }] })],
      ['otherProduct', keyOf({ product: 'faxbox' })],
      ['updateNotCovered', keyOf({ highestMajor: 0 })],
      ['tierTooSmall', keyOf({ members: 1 })],
      ['expired', keyOf({ term: { kind: 'demo', expires: issued } })],
    ];
    for (const [kind, key] of refused) {
      expect(await desk.enter(key)).toMatchObject({ isAccepted: false, refusal: { kind } });
      expect(desk.verdict()).toMatchObject({ isAllowed: true, by: { licence: { members: 40 } } });
    }
  });

  it('keeps the key that another replaces, and the one that is removed', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf());
    await desk.enter(keyOf({ keyNumber: 1002, members: 80 }));
    const kept = join(folder, 'licence/licence.txt.previous');
    expect(desk.explain(await readFile(kept, 'utf8')).reading).toMatchObject({ licence: { keyNumber: 1001 } });
    expect(await desk.remove()).toEqual([kept]);
    expect(desk.explain(await readFile(kept, 'utf8')).reading).toMatchObject({ licence: { keyNumber: 1002 } });
    expect(refusalIn(desk.verdict())).toBe('noLicence');
    expect(await desk.remove()).toEqual([]);
  });

  it('takes a server licence key, and with it a key bound to that', async () => {
    const desk = await openDesk();
    const bound = keyOf({ bindings: [{ to: 'server', keyNumber: 5 }] });
    expect(await desk.enter(bound)).toMatchObject({ refusal: { kind: 'otherServer' } });
    const foreign = keyOf({ product: serverProduct, bindings: [{ to: 'hardware', id: otherId }] });
    expect(await desk.enter(foreign)).toMatchObject({ refusal: { kind: 'otherBox' } });
    expect(await desk.enter(keyOf({ product: serverProduct, keyNumber: 5 }))).toMatchObject({
      isAccepted: true,
      slot: 'server',
    });
    expect(await desk.enter(bound)).toMatchObject({ isAccepted: true, slot: 'licence', verdict: { isAllowed: true } });
    expect(await desk.remove()).toHaveLength(2);
  });

  it('explains a key without changing anything, on the simulated board as on a real one', async () => {
    const desk = await openDesk({ isSimulatedBoard: true });
    expect(refusalIn(desk.explain('garbage').verdict)).toBe('badKey');
    expect(desk.explain(keyOf()).verdict.isAllowed).toBe(true);
    expect(desk.licence()).toBeUndefined();
    expect(desk.verdict()).toMatchObject({ isAllowed: true, by: { kind: 'simulatedBoard' } });
  });

  it('takes no key without a hardware ID', async () => {
    const desk = await openDesk({ hardwareId: undefined });
    expect(await desk.enter(keyOf())).toMatchObject({ refusal: { kind: 'hardwareIdUnknown' } });
    expect(await desk.enter(keyOf({ product: serverProduct }))).toMatchObject({
      refusal: { kind: 'hardwareIdUnknown' },
    });
  });

  it('checks the licence as soon as the box knows who it is, and tells that', async () => {
    await (await openDesk()).enter(keyOf());
    const desk = await openDesk({ hardwareId: 'unread' });
    const told: Verdict[] = [];
    desk.onChange((verdict) => told.push(verdict));
    desk.start();
    expect(await desk.enter(keyOf())).toMatchObject({ refusal: { kind: 'hardwareIdUnread' } });
    expect(await desk.enter(keyOf({ product: serverProduct }))).toMatchObject({
      refusal: { kind: 'hardwareIdUnread' },
    });
    desk.identify({ hardwareId: ownId, formerIds: [] });
    expect(told.map(refusalIn)).toEqual(['hardwareIdUnread', undefined]);
  });

  it('obeys the block list of its build, and ignores one that the vendor did not sign', async () => {
    const list = writeBlockList({ number: 1, issued, entries: [{ product: 'modcall', id: ownId }] }, sign);
    const desk = await openDesk({ blockList: list });
    expect(await desk.enter(keyOf({ term: { kind: 'nfr' } }))).toMatchObject({ refusal: { kind: 'blocked' } });
    expect(errors).toEqual([]);
    await openDesk({ blockList: list.replace('number 1', 'number 2') });
    expect(errors).toHaveLength(1);
  });
});

describe('the licence desk follows', () => {
  const verdicts = (desk: LicenceDesk) => {
    const told: Verdict[] = [];
    desk.onChange((verdict) => told.push(verdict));
    desk.start();
    expect(told.splice(0)).toHaveLength(1);
    return told;
  };

  it('what another process enters and removes', async () => {
    const [running, command] = await Promise.all([openDesk(), openDesk()]);
    const told = verdicts(running);
    await command.enter(keyOf());
    await vi.waitUntil(() => running.verdict().isAllowed && told.length === 1, { timeout: 30_000 });
    await command.remove();
    await vi.waitUntil(() => !running.verdict().isAllowed && told.length === 2, { timeout: 30_000 });
  });

  it('a file that somebody copies in by hand, however slowly', async () => {
    const desk = await openDesk();
    const told = verdicts(desk);
    const path = join(folder, 'licence/licence.txt');
    const key = keyOf();
    await writeFile(path, key.slice(0, 60));
    await vi.waitUntil(() => refusalIn(desk.verdict()) === 'badKey', { timeout: 30_000 });
    await writeFile(path, key);
    await vi.waitUntil(() => desk.verdict().isAllowed, { timeout: 30_000 });
    await rm(path);
    await vi.waitUntil(() => told.map(refusalIn).at(-1) === 'noLicence', { timeout: 30_000 });
    expect(errors).toEqual([]);
  });

  it('says nothing before it has started, and then the first verdict', async () => {
    const desk = await openDesk();
    const told: [Verdict, Verdict | undefined][] = [];
    desk.onChange((verdict, before) => told.push([verdict, before]));
    await desk.enter(keyOf());
    desk.notifyIfChanged();
    expect(told).toEqual([]);
    desk.start();
    expect(told).toMatchObject([[{ isAllowed: true }, undefined]]);
    await desk.remove();
    expect(told[1]).toMatchObject([{ isAllowed: false }, { isAllowed: true }]);
  });

  it('the days that are left, so that the warning comes every day', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf({ term: demo }));
    const told = verdicts(desk);
    for (let day = 0; day < 20; day++) {
      pass(dayMs);
      desk.notifyIfChanged();
      desk.notifyIfChanged();
    }
    const daysLeft = told.flatMap((verdict) =>
      verdict.isAllowed ? verdict.warnings.map((warning) => 'daysLeft' in warning && warning.daysLeft) : [],
    );
    expect(daysLeft).toEqual([14, 13, 12, 11, 10, 9]);
  });

  it('a change that a check finds, once and not within it', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf({ term: demo }));
    const told = verdicts(desk);
    expect(desk.check()).toMatchObject({ isAllowed: true });
    await Promise.resolve();
    expect(told).toEqual([]);
    pass(40 * dayMs);
    expect([refusalIn(desk.check()), refusalIn(desk.check())]).toEqual(['expired', 'expired']);
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told.map(refusalIn)).toEqual(['expired']);
  });

  it('the number of extensions', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf());
    const told = verdicts(desk);
    extensions = 41;
    desk.notifyIfChanged();
    desk.notifyIfChanged();
    expect(told.map(refusalIn)).toEqual(['tierTooSmall']);
    extensions = 40;
    desk.notifyIfChanged();
    expect(told.map(refusalIn)).toEqual(['tierTooSmall', undefined]);
  });

  it('the clock, to the end of the licence', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const desk = await openDesk();
      await desk.enter(keyOf({ term: demo }));
      pass(demo.kind === 'demo' ? demo.expires - now - 5000 : 0);
      const told = verdicts(desk);
      pass(5000);
      await vi.advanceTimersByTimeAsync(5000);
      await vi.waitUntil(() => told.length > 0);
      expect(told.map(refusalIn)).toEqual(['expired']);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the memory of the clock', () => {
  it('survives a restart: a demo does not start over', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf({ term: demo }));
    pass(days(40));
    expect(refusalIn(desk.verdict())).toBe('expired');
    await desk.stop();
    now = issued + days(2);
    expect(refusalIn((await openDesk()).verdict())).toBe('expired');
  });

  it('runs on while the demo is out of use', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf({ term: demo }));
    await desk.remove();
    pass(days(40));
    desk.verdict();
    now = issued + days(2);
    expect(await desk.enter(keyOf({ term: demo }))).toMatchObject({ refusal: { kind: 'expired' } });
  });

  it('counts the running time of a clock that is set back every day', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf({ term: demo }));
    for (let day = 0; day < 40; day++) {
      pass(dayMs);
      desk.verdict();
      now -= dayMs;
    }
    expect(refusalIn(desk.verdict())).toBe('expired');
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['removed', (path) => rm(path)],
    ['written by somebody else', (path) => writeFile(path, JSON.stringify({ latest: 0, keyIssued: 0 }))],
    [
      'changed under its signature',
      async (path) => writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), latest: 0 })),
    ],
  ])('%s, is rebuilt from the audit record', async (_what, change) => {
    const desk = await openDesk();
    await desk.enter(keyOf({ term: demo }));
    pass(days(40));
    desk.verdict();
    await desk.stop();
    const latestKnown = now;
    await change(join(folder, 'licence/clock.json'));
    now = 5000;
    expect(refusalIn((await openDesk({ latestKnown })).verdict())).toBe('expired');
  });

  it('advances with each start without a clock, however soon the power is cut again', async () => {
    now = issued + days(29);
    await (await openDesk()).enter(keyOf({ term: demo }));
    now = 5000;
    let starts = 0;
    for (; starts < 200; starts += 1) {
      const desk = await LicenceDesk.open({ ...optionsOf(), latestKnown: issued + days(29) });
      await desk.remember();
      if (refusalIn(desk.verdict()) === 'expired') break;
    }
    // A start for each quarter of an hour of the remaining day.
    expect(starts).toBeGreaterThan(90);
    expect(starts).toBeLessThan(100);
  });

  it('is not started by a bought licence', async () => {
    const desk = await openDesk();
    await desk.enter(keyOf());
    desk.verdict();
    await desk.stop();
    await expect(readFile(join(folder, 'licence/clock.json'))).rejects.toThrow();
  });
});

describe('the block list', () => {
  const list = (number: number, ids = [ownId]) => {
    const entries = ids.map((id) => ({ product: 'modcall', id }));
    return writeBlockList({ number, issued, entries }, sign);
  };
  const start = async (blockList: string) => {
    const desk = await openDesk({ blockList });
    await desk.remember();
    return refusalIn(desk.verdict());
  };

  it('of a later build remains in effect when an older build is installed again', async () => {
    await (await openDesk()).enter(keyOf({ term: demo }));
    expect(await start(list(1, []))).toBeUndefined();
    expect(await start(list(2))).toBe('blocked');
    expect(await start(list(1, []))).toBe('blocked');
    expect(await start('')).toBe('blocked');
    expect(await start(list(3, []))).toBeUndefined();
  });
});

describe('bad files', () => {
  it('of 100 MB are not read', async () => {
    const path = join(folder, 'large');
    await writeFile(path, '');
    await truncate(path, 100 * 1024 * 1024);
    const desk = await openDesk();
    expect(desk.explain((await readLicenceFile(path)) ?? '').reading).toEqual({
      ok: false,
      problem: { kind: 'tooLarge' },
    });
  });

  it('never keep the box from starting', async () => {
    await mkdir(join(folder, 'licence/licence.txt'), { recursive: true });
    await writeFile(join(folder, 'licence/clock.json'), 'garbage');
    await writeFile(join(folder, 'licence/server-licence.txt'), Buffer.from([0, 1, 2, 255]));
    const desk = await openDesk();
    expect(refusalIn(desk.verdict())).toBe('noLicence');
    expect(errors).toHaveLength(1);
    await openDesk({ files: new LicenceFiles('/dev/null/licence', null) });
    expect(errors.length).toBeGreaterThan(1);
  });
});
