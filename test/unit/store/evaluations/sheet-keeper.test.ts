import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EvaluationRule } from '../../../../src/agreement/evaluation.js';
import { acted, newSheet, partOf, type Sheet, type SheetCommand } from '../../../../src/agreement/sheets.js';
import { sealWith } from '../../../../src/crypto/keyed-seal.js';
import { type AuditRecord, openAudit } from '../../../../src/store/audit/audit.js';
import { kindOf } from '../../../../src/store/backup/backup-content.js';
import type { EvaluationFact } from '../../../../src/store/evaluations/evaluation-fact.js';
import { SheetKeeper } from '../../../../src/store/evaluations/sheet-keeper.js';
import { dataFile, dataFiles } from '../../../../src/store/files/data-folder.js';
import { anna, cara, mona } from '../../agreement/documents.js';

const day = 24 * 3_600_000;
const began = Date.UTC(2027, 0, 4);
const rule: EvaluationRule = {
  items: [{ id: 'calm', text: 'Stayed calm', kind: 'scale' }],
  ...{ talkDays: 2, keepDays: 10, blockDays: 30, second: [] },
};
const people = [mona, anna, cara].map((extension, index) => ({ extension, user: `user${index}` }));
const [moderator, member, second] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
const words = 'never in clear on the disk';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheets-'));
});
const opened: AuditRecord[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((audit) => audit.close().catch(() => undefined)));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A box with sheets, whose clocks go as they are told. Where it has a record, that is a real one. */
class Box {
  wall = began;
  uptime = 0;
  rule: EvaluationRule | null | undefined = rule;
  takesFacts = true;
  blockings = 0;
  readonly facts: EvaluationFact[] = [];

  constructor(private readonly hasRecord = true) {}

  keeper!: SheetKeeper;
  audit: AuditRecord | undefined;

  async start(): Promise<this> {
    this.uptime = 0;
    if (this.hasRecord) await this.#openRecord();
    this.keeper = await SheetKeeper.open(
      folder,
      {
        rule: () => this.rule,
        wall: () => this.wall,
        uptimeMs: () => this.uptime,
        record: async (fact) => {
          if (!this.takesFacts) throw new Error('no space left');
          await this.audit?.append(fact);
          this.facts.push(fact);
        },
      },
      this.hasRecord,
    );
    this.keeper.onBlocks(() => {
      this.blockings += 1;
    });
    return this;
  }

  async #openRecord(): Promise<void> {
    await this.audit?.close();
    this.audit = await openAudit(folder, () => ({ time: new Date(this.wall).toISOString() }));
    opened.push(this.audit);
  }

  passes(ms: number): void {
    this.wall += ms;
    this.uptime += ms;
  }

  make(): Promise<void> {
    return this.keeper.change((sheets, { clock, nextSheet }) => {
      const subject = { id: nextSheet, session: nextSheet, call: 1, ended: this.wall, purpose: null };
      const sheet = newSheet(rule, clock.at, { ...subject, moderator, member, answers: ['3'] });
      const told = { sheet: sheet.id, moderator: mona, member: anna };
      return { sheets: [...sheets, sheet], facts: [{ type: 'sheetMade', ...told, session: sheet.id, call: 1 }] };
    });
  }

  act(person: (typeof people)[0], command: SheetCommand): Promise<void> {
    return this.keeper.change((sheets) => ({
      sheets: sheets.map((each) => {
        const part = partOf(each, person);
        const next = part && acted(each, part, command);
        return next === null || typeof next === 'string' ? each : next;
      }),
      facts: [],
    }));
  }

  async talked(): Promise<void> {
    await this.act(moderator, { type: 'talk', isHeld: true });
    await this.act(member, { type: 'talk', isHeld: true });
  }

  get types(): readonly string[] {
    return this.facts.map(({ type }) => type);
  }
}

const box = () => new Box().start();

describe('the file of sheets', () => {
  test('is sealed, for its owner alone, and in no backup, as its key', async () => {
    const { keeper } = await withSheet();
    expect(keeper.sheets()).toHaveLength(1);
    const path = dataFile(folder, 'evaluations');
    expect(await readFile(path, 'latin1')).not.toContain(words);
    for (const name of ['evaluations', 'evaluationsKey'] as const) {
      expect((await stat(dataFile(folder, name))).mode & 0o777).toBe(0o600);
      expect(kindOf(dataFiles[name])).toBeNull();
    }
  });

  test('that cannot be read is lost, and the record says so, once', async () => {
    await withSheet();
    await writeFile(dataFile(folder, 'evaluations'), 'something else');
    const after = await box();
    expect(after.keeper.sheets()).toEqual([]);
    await after.keeper.tend();
    expect(after.types).toEqual(['sheetsLost']);
    expect((await again(after)).types).toEqual(['sheetsLost']);
  });

  test('that was sealed with another key is kept beside the next one', async () => {
    const present = await withSheet();
    const before = await readFile(dataFile(folder, 'evaluations'));
    await writeFile(dataFile(folder, 'evaluationsKey'), `${'0'.repeat(64)}\n`);
    await again(present);
    const names = await readdir(folder);
    const [aside = ''] = names.filter((name) => name.startsWith('evaluations.sealed.broken-'));
    expect(await readFile(join(folder, aside))).toEqual(before);
    expect(kindOf(aside)).toBeNull();
  });

  test.each<[string, () => Promise<() => Promise<void>>]>([
    ['that the disk does not give', withoutKey],
    ['of a newer Modcall', fromTheFuture],
  ])(
    '%s is not lost: nobody sees or makes a sheet until it can be read, and it stays as it is',
    async (_case, spoil) => {
      const present = await withSheet();
      const mend = await spoil();
      const before = await readFile(dataFile(folder, 'evaluations'));
      await present.start();
      const refusal = { problem: { code: 'evaluation.unreadable' } };
      await expect(present.keeper.tend()).rejects.toMatchObject(refusal);
      await expect(present.make()).rejects.toMatchObject(refusal);
      expect(() => present.keeper.sheets()).toThrow('evaluation.unreadable');
      await present.keeper.stop();
      expect(await readFile(dataFile(folder, 'evaluations'))).toEqual(before);
      await mend();
      await present.keeper.tend();
      expect(present.keeper.sheets()).toHaveLength(1);
      expect(present.types).toEqual(['sheetMade']);
    },
  );

  /** A folder that is a file makes the system answer as a disk does that is at fault. */
  async function withoutKey(): Promise<() => Promise<void>> {
    const identity = dirname(dataFile(folder, 'evaluationsKey'));
    await rename(identity, `${identity}-away`);
    await writeFile(identity, '');
    return async () => {
      await rm(identity);
      await rename(`${identity}-away`, identity);
    };
  }

  async function fromTheFuture(): Promise<() => Promise<void>> {
    const path = dataFile(folder, 'evaluations');
    const before = await readFile(path);
    const key = Buffer.from((await readFile(dataFile(folder, 'evaluationsKey'), 'utf8')).trim(), 'hex');
    await writeFile(path, sealWith(key, '{"version":2}', 'evaluations'));
    return () => writeFile(path, before);
  }

  test('that is gone is noticed by the record', async () => {
    await withSheet();
    await rm(dataFile(folder, 'evaluations'));
    const after = await box();
    await after.keeper.tend();
    expect(after.types).toEqual(['sheetsLost']);
  });

  async function withSheet(): Promise<Box> {
    const present = await box();
    await present.make();
    await present.act(member, { type: 'comment', text: words });
    return present;
  }
});

async function again(present: Box): Promise<Box> {
  await present.start();
  await present.keeper.tend();
  return present;
}

describe('a sheet about which nobody has talked', () => {
  test('is gone on the moment, blocks its moderator, and the record has both', async () => {
    const present = await box();
    await present.make();
    present.passes(2 * day - 1);
    expect(present.keeper.sheets()).toHaveLength(1);
    present.passes(1);
    expect(present.keeper.sheets()).toEqual([]);
    expect(present.keeper.blocks).toMatchObject([{ moderator: mona, member: anna, until: began + 32 * day }]);
    await present.keeper.tend();
    expect([present.types, present.blockings]).toEqual([['sheetMade', 'sheetDeleted', 'moderatorBlocked'], 1]);
    expect(present.facts.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(present.facts[1]).toMatchObject({ reason: 'noTalk' });
  });

  test('is gone and blocks after a start that came too late', async () => {
    const present = await box();
    await present.make();
    present.wall += 50 * day;
    await present.start();
    expect(present.keeper.sheets()).toEqual([]);
    expect(present.keeper.blocks).toHaveLength(1);
  });

  test('blocks still when the file is put back as it was, or removed', async () => {
    const present = await box();
    await present.make();
    const before = await readFile(dataFile(folder, 'evaluations'));
    present.passes(2 * day);
    await present.keeper.tend();
    for (const tamper of [
      () => writeFile(dataFile(folder, 'evaluations'), before),
      () => rm(dataFile(folder, 'evaluations')),
    ]) {
      await tamper();
      await present.start();
      expect(present.keeper.blocks).toMatchObject([{ moderator: mona, member: anna }]);
      expect(present.keeper.sheets()).toEqual([]);
    }
  });
});

describe('a block', () => {
  test('lasts no longer for a clock that was ahead for a moment, over starts and with an older file', async () => {
    const present = await box();
    await present.make();
    const before = await readFile(dataFile(folder, 'evaluations'));
    present.wall += 3 * 365 * day;
    await present.keeper.tend();
    present.wall -= 3 * 365 * day;
    await again(present);
    present.passes(29 * day);
    expect(present.keeper.blocks).toHaveLength(1);
    present.passes(day);
    await present.keeper.tend();
    expect([present.keeper.blocks, present.blockings]).toEqual([[], 2]);
    await again(present);
    expect(present.keeper.blocks).toEqual([]);
    await writeFile(dataFile(folder, 'evaluations'), before);
    await again(present);
    expect(present.keeper.blocks).toHaveLength(1);
    present.passes(30 * day);
    expect(present.keeper.blocks).toEqual([]);
  });

  test('that has ended does not count again by a clock that is set back', async () => {
    const present = await box();
    await present.make();
    for (const days of [2, 30]) {
      present.passes(days * day);
      await present.keeper.tend();
    }
    present.wall -= 365 * day;
    await again(present);
    expect(present.keeper.blocks).toEqual([]);
  });
});

test('an older file brings back no sheet that the record says is deleted', async () => {
  const present = await box();
  await present.make();
  const before = await readFile(dataFile(folder, 'evaluations'));
  present.rule = null;
  await present.keeper.tend();
  present.rule = rule;
  await writeFile(dataFile(folder, 'evaluations'), before);
  await again(present);
  expect(present.keeper.sheets()).toEqual([]);
});

test('a change that changes nothing is not written', async () => {
  const present = await box();
  await present.make();
  const before = await readFile(dataFile(folder, 'evaluations'));
  await present.keeper.change((sheets) => ({ sheets, facts: [] }));
  expect(await readFile(dataFile(folder, 'evaluations'))).toEqual(before);
});

describe('what the record has to be told', () => {
  test('is told by the next start where the power failed in between, and only once', async () => {
    const present = await box();
    present.takesFacts = false;
    await expect(present.make()).rejects.toMatchObject({ problem: { code: 'agreement.keptUnrecorded' } });
    expect(present.keeper.sheets()).toHaveLength(1);
    present.takesFacts = true;
    await again(present);
    expect(present.types).toEqual(['sheetMade']);
    await again(present);
    expect(present.types).toEqual(['sheetMade']);
  });

  test('is not told twice where only the note of it was lost', async () => {
    const present = await box();
    present.takesFacts = false;
    await present.make().catch(() => undefined);
    const untold = await readFile(dataFile(folder, 'evaluations'));
    present.takesFacts = true;
    await again(present);
    await writeFile(dataFile(folder, 'evaluations'), untold);
    await again(present);
    expect(present.types).toEqual(['sheetMade']);
  });
});

test('no sheet outlives an agreement without them, nor is one deleted while that is not known', async () => {
  const present = await box();
  await present.make();
  present.rule = undefined;
  expect(present.keeper.sheets()).toHaveLength(1);
  present.rule = null;
  await present.keeper.tend();
  expect(present.keeper.sheets()).toEqual([]);
  expect(present.facts.at(-1)).toMatchObject({ type: 'sheetDeleted', reason: 'notAgreedOn' });
  expect(present.keeper.blocks).toEqual([]);
});

type Step = (present: Box) => Promise<unknown>;
const hours = (most: number) => fc.integer({ min: 0, max: most }).map((each) => each * 3_600_000);
const person = fc.constantFrom(...people);
const command: fc.Arbitrary<SheetCommand> = fc.oneof(
  fc.constantFrom<SheetCommand>(
    { type: 'talk', isHeld: true },
    { type: 'talk', isHeld: false },
    { type: 'comment', text: 'x' },
    { type: 'object', text: 'x' },
    { type: 'askSecond', second },
    { type: 'giveSecond', answers: ['1'] },
  ),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((present) => present.make()),
  fc.constant<Step>((present) => present.talked()),
  fc.tuple(person, command).map(
    ([who, what]): Step =>
      (present) =>
        present.act(who, what),
  ),
  hours(60).map(
    (ms): Step =>
      async (present) =>
        present.passes(ms),
  ),
  fc.integer({ min: -2000, max: 2000 }).map(
    (h): Step =>
      async (present) => {
        present.wall += h * 3_600_000;
      },
  ),
  fc.constant<Step>((present) => present.start()),
  fc.constantFrom(5, 10, 180).map(
    (keepDays): Step =>
      async (present) => {
        present.rule = { ...rule, keepDays };
      },
  ),
);

/** Running time of the box since a sheet was made, which no clock can take back; a start begins it anew. */
const agedBy = (age: number | undefined, ran: number): number => (age === undefined ? 0 : age + Math.max(0, ran));

function expectRightful(sheet: Sheet, age: number): void {
  expect(age).toBeLessThan(rule.keepDays * day);
  const isTalkHeld = sheet.talk.isNoted && sheet.talk.word === 'confirmed';
  expect(isTalkHeld || age < rule.talkDays * day).toBe(true);
  expect(partOf(sheet, { extension: anna, user: 'user9' })).toBeNull();
  expect(sheet.second !== null || partOf(sheet, second) === null).toBe(true);
}

test('no order of commands, clocks and starts keeps a sheet past its date, or opens it to others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      folder = await mkdtemp(join(tmpdir(), 'sheets-'));
      const present = await new Box(false).start();
      const ages = new Map<number, number>();
      for (const each of steps) {
        const before = present.uptime;
        await each(present);
        for (const sheet of present.keeper.sheets()) {
          ages.set(sheet.id, agedBy(ages.get(sheet.id), present.uptime - before));
          expectRightful(sheet, ages.get(sheet.id) ?? 0);
        }
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);
