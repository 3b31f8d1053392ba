import { beforeEach, describe, expect, test } from 'vitest';
import { HandlingAdmin } from '../../../../src/admin/handling/handling-admin.js';
import { handlingOperations } from '../../../../src/admin/handling/handling-operations.js';
import { type Caller, mayRun } from '../../../../src/admin/operation.js';
import type { ExtensionNumber } from '../../../../src/primitives/ids.js';
import type { HandlingFact } from '../../../../src/store/audit/handling-fact.js';
import { usualHandling } from '../../../../src/switchboard/handling/call-handling.js';
import { House } from '../../gateway/house.js';
import { anna, ben, inside } from '../../switchboard/office.js';
import { person } from '../box.js';
import { entriesOf, run as runIn } from '../settings/settings-box.js';

let house: House;
let facts: HandlingFact[];
let saved: Promise<void>;
let handling: HandlingAdmin;

beforeEach(async () => {
  house = await House.open();
  facts = [];
  saved = Promise.resolve();
  const kept = {
    get saved() {
      return saved;
    },
  };
  handling = new HandlingAdmin({ gateway: house.gateway, kept, record: (fact) => facts.push(fact) });
});

const admin = person('ada', ['admin']);
const member = (extension: ExtensionNumber | null): Caller => ({ ...person('anna', ['member']), extension });
const run = (name: string, caller: Caller, input: object = {}) =>
  runIn(handlingOperations, { handling }, name, input, caller);

describe('call handling', () => {
  test('is changed field by field by an admin, counts at once, and stands in the record', async () => {
    await run('call-handling change', admin, { extension: '102', busy: '103' });
    const after = { ...usualHandling, busy: '103', doNotDisturb: true };
    expect(await run('call-handling change', admin, { extension: '102', doNotDisturb: true })).toEqual({
      extension: '102',
      ...after,
    });
    await house.dials(inside(anna), '102');
    expect(house.engine.called.map(({ calledAs }) => calledAs?.to)).toMatchObject([{ extension: '103' }]);
    expect(facts.at(-1)).toEqual({
      type: 'callHandlingChanged',
      by: 'ada',
      byKind: 'user',
      extension: '102',
      ...after,
    });
    expect(await entriesOf(run('call-handling list', admin))).toContainEqual({ extension: '102', ...after });
    expect(await run('call-handling show', admin, { extension: '101' })).toEqual({
      extension: '101',
      ...usualHandling,
    });
  });

  test('is changed by everybody for themselves, and for nobody else', async () => {
    await run('call-handling change-own', member(anna), { always: '0170' });
    expect(await run('call-handling own', member(anna))).toMatchObject({ extension: '101', always: '0170' });
    const allowed = handlingOperations.filter((operation) => mayRun(member(anna), operation));
    expect(allowed.map(({ name }) => name)).toEqual(['call-handling own', 'call-handling change-own']);
    await expect(run('call-handling own', member(null))).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('is refused with what is wrong at each field, and then nothing changes', async () => {
    await run('call-handling change', admin, { extension: '103', always: '102' });
    const wrong = { extension: '102', always: '103', busy: '112', noAnswer: '777', doNotDisturb: true };
    await expect(run('call-handling change', admin, wrong)).rejects.toMatchObject({
      faults: [
        { path: 'always', code: 'handling.fault.circle' },
        { path: 'busy', code: 'handling.fault.forbidden' },
        { path: 'noAnswer', code: 'handling.fault.noSuchNumber', found: { is: 'shown', value: '777' } },
      ],
    });
    await expect(run('call-handling change', admin, { extension: '102', busy: '0' })).rejects.toMatchObject({
      faults: [{ path: 'busy', code: 'handling.fault.incomplete' }],
    });
    expect(handling.of('102')).toEqual({ extension: '102', ...usualHandling });
    await expect(run('call-handling change', admin, { extension: '999' })).rejects.toMatchObject({ kind: 'missing' });
  });

  test('can be tried out', async () => {
    await run('call-handling change', admin, { extension: '102', always: '103', dryRun: true });
    expect(handling.of('102')).toEqual({ extension: '102', ...usualHandling });
    expect(facts).toEqual([]);
  });

  test('with a number that has become impossible can be changed elsewhere', async () => {
    const stale = { ...usualHandling, always: '777' };
    house.gateway.dispatch({ type: 'handlingSet', extension: ben, handling: stale, by: 'a backup' });
    await run('call-handling change', admin, { extension: '102', always: '777', doNotDisturb: true });
    expect(handling.of('102')).toMatchObject({ always: '777', doNotDisturb: true });
  });

  test('that cannot be kept counts, and is said', async () => {
    saved = Promise.reject(new Error('disk full'));
    await expect(run('call-handling change', admin, { extension: '102', always: '103' })).rejects.toMatchObject({
      problem: { code: 'handling.notKept' },
    });
    expect(handling.of('102')).toMatchObject({ always: '103' });
  });
});
