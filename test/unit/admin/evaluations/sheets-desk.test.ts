import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SheetsDesk, type SheetsPlace } from '../../../../src/admin/evaluations/sheets-desk.js';
import type { Caller } from '../../../../src/admin/operation.js';
import type { UserView } from '../../../../src/admin/users/user-views.js';
import type { EvaluationRule } from '../../../../src/agreement/evaluation.js';
import type { ExtensionNumber } from '../../../../src/primitives/ids.js';
import type { AgreementStore } from '../../../../src/store/agreement/agreement-store.js';
import type { WatchedCall } from '../../../../src/store/audit/watched-calls.js';
import type { EvaluationFact } from '../../../../src/store/evaluations/evaluation-fact.js';
import { SheetKeeper } from '../../../../src/store/evaluations/sheet-keeper.js';
import { agreed, anna, mona } from '../../agreement/documents.js';

const day = 24 * 3_600_000;
const evaluation: EvaluationRule = {
  items: [{ id: 'calm', text: 'Stayed calm', kind: 'scale' }],
  ...{ talkDays: 2, keepDays: 10, blockDays: 30, second: [] },
};

let folder: string;
let now: number;
let facts: EvaluationFact[];
let desk: SheetsDesk;
let calls: WatchedCall[];
/** By entry: from then on each user is who they are. */
let sameSince: Record<string, number>;

const user = (name: string, extension: ExtensionNumber): UserView => ({
  ...{ name, extension, roles: ['member'], language: 'en', hasPassword: true, hasSecondFactor: false },
});
const callerOf = (name: string, extension: ExtensionNumber): Caller => ({
  ...{ kind: 'user', name, extension, roles: new Set(['moderator', 'member']), language: 'en', rights: [name] },
});
const [monasSelf, annasSelf] = [callerOf('Mona', mona), callerOf('Anna', anna)];
const call = (session: number): WatchedCall => ({
  ...{ session, call: 1, member: anna, ended: now, purpose: null, began: 5 },
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'));
  [now, facts, sameSince] = [Date.UTC(2027, 0, 4), [], {}];
  calls = [call(1)];
  const keeper = await SheetKeeper.open(
    folder,
    {
      ...{ rule: () => evaluation, wall: () => now, uptimeMs: () => now },
      record: async (fact) => {
        facts.push(fact);
      },
    },
    false,
  );
  const place: SheetsPlace = {
    keeper,
    store: { state: { kind: 'inForce', agreement: { document: { ...agreed, evaluation } } } } as AgreementStore,
    clock: {
      now: 0,
      get wall() {
        return { time: now, state: 'set' as const };
      },
    } as SheetsPlace['clock'],
    users: () => [user('Mona', mona), user('Anna', anna)],
    watched: async () => ({
      calls,
      users: { isSameSince: (name, entry) => entry >= (sameSince[name] ?? 0) },
    }),
  };
  desk = new SheetsDesk(place);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const missing = { problem: { code: 'evaluation.noSuchMonitor' } };
const make = (session = 1) => desk.make({ session, call: 1 }, ['3'], monasSelf);

test('about one call of a member there is one sheet, in whichever session it was listened to', async () => {
  calls = [call(1), call(2)];
  const made = await Promise.allSettled([make(1), make(2)]);
  expect(made).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: missing }]);
});

test.each(['anna', 'mona'])('nobody is judged by what was before %s was set as a user', async (name) => {
  sameSince = { [name]: 6 };
  expect(await desk.possible(monasSelf)).toEqual([]);
  await expect(make()).rejects.toMatchObject(missing);
  sameSince = { [name]: 5 };
  expect(await desk.possible(monasSelf)).toHaveLength(1);
});

test('what changes nothing is not recorded, and nobody writes without end', async () => {
  const id = await make();
  for (let time = 0; time < 3; time++) await desk.comment(id, 'the same', annasSelf);
  expect(facts.map(({ type }) => type)).toEqual(['sheetMade', 'sheetCommented']);
  const many = Array.from({ length: 50 }, (_each, index) => desk.comment(id, `comment ${index}`, annasSelf));
  const refused = (await Promise.allSettled(many)).filter(({ status }) => status === 'rejected');
  expect(refused[0]).toMatchObject({ reason: { problem: { code: 'access.tooManyTries' } } });
  expect(facts.length).toBeLessThan(45);
});

test('a block is shown to those who were moderator and member then, and to no other with the extension', async () => {
  await make();
  now += 2 * day;
  expect(desk.blocks(monasSelf)).toMatchObject([{ moderator: mona, member: anna, until: now + 30 * day }]);
  expect(desk.blocks(annasSelf)).toHaveLength(1);
  expect(desk.blocks(callerOf('Somebody', anna))).toEqual([]);
  expect(desk.blocks(callerOf('Mona', anna))).toEqual([]);
});
