import { beforeEach, describe, expect, test } from 'vitest';
import { linesOperations } from '../../../../src/admin/live/lines-operations.js';
import { LiveAdmin } from '../../../../src/admin/live/live-admin.js';
import { liveOperations } from '../../../../src/admin/live/live-operations.js';
import { MonitorDesk } from '../../../../src/admin/live/monitor-desk.js';
import type { Caller } from '../../../../src/admin/operation.js';
import type { MonitoringPolicy } from '../../../../src/monitoring/profile.js';
import type { ExtensionNumber } from '../../../../src/primitives/ids.js';
import { contactId, trunkId } from '../../../../src/primitives/ids.js';
import type { Role } from '../../../../src/primitives/roles.js';
import type { ControlFact } from '../../../../src/store/audit/control-fact.js';
import { SimulatedBrowsers } from '../../../doubles/browsers.js';
import { House } from '../../gateway/house.js';
import { noon, openPolicy, withProfile } from '../../monitoring/desk.js';
import { sampleSettings } from '../../store/settings/sample-settings.js';
import { anna, ben, cara, inside, mona, office } from '../../switchboard/office.js';
import { person } from '../box.js';
import { entriesOf, run as runIn } from '../settings/settings-box.js';

const wall = Date.UTC(2026, 2, 4, 12);
const told = withProfile({ notice: { member: { kind: 'toneAtStart' }, other: { kind: 'none' } } });

let house: House;
let facts: ControlFact[];
let live: LiveAdmin;
let monitorDesk: MonitorDesk;

async function open(policy: MonitoringPolicy = openPolicy): Promise<void> {
  house = await House.open({ policy });
  facts = [];
  const clock = { read: () => ({ now: house.now, local: noon, nextMinute: house.now }), wall: { time: wall } };
  const settings = { current: { settings: sampleSettings() } };
  monitorDesk = new MonitorDesk({
    gateway: house.gateway,
    clock,
    settings,
    facts: house.noted,
    browsers: new SimulatedBrowsers(),
  });
  live = new LiveAdmin({
    gateway: house.gateway,
    clock,
    settings,
    record: (fact) => facts.push(fact),
  });
}

const inTheHouse = { isGroup: false, trunk: null, trunkName: null, protection: 'clear' };
const who = (role: Role, extension: ExtensionNumber | null = null): Caller => ({ ...person('ada', [role]), extension });
const operations = [...liveOperations, ...linesOperations];
const run = (name: string, caller: Caller, input: object = {}) =>
  runIn(operations, { live, monitorDesk }, name, input, caller);
const seen = async (caller: Caller) =>
  (await entriesOf(run('calls list', caller))) as readonly { readonly call: number }[];
const serials = async (caller: Caller) => (await seen(caller)).map(({ call }) => call);
const monitors = async (caller: Caller) => (await entriesOf(run('monitors list', caller))) as readonly object[];

beforeEach(() => open());

describe('the list of calls', () => {
  test('says who talks to whom, since when, and who listens with which notice', async () => {
    await open(told);
    await house.talk(anna, ben);
    await house.passes(5000);
    await house.moderator('1234#101#');
    expect(await seen(who('admin'))).toEqual([
      {
        call: 1,
        state: 'talking',
        from: { number: '101', name: 'Anna', ...inTheHouse },
        to: { number: '102', name: 'Ben', ...inTheHouse },
        since: '2026-03-04T11:59:55.000Z',
        answered: '2026-03-04T11:59:55.000Z',
        isHeld: false,
        isEncrypted: false,
        isEmergency: false,
        monitors: [
          {
            session: 1,
            profile: 'support',
            moderator: '201',
            moderatorName: '',
            caller: '201',
            member: '101',
            memberName: 'Anna',
            state: 'attached',
            call: 1,
            other: '102',
            mode: 'listen',
            since: '2026-03-04T12:00:00.000Z',
            notice: { member: 'toneAtStart', other: 'none' },
            told: ['member'],
            undecided: [],
            follows: false,
          },
        ],
      },
    ]);
  });

  test('has those that ring', async () => {
    await house.dials(inside(anna), '0301');
    expect(await seen(who('read'))).toMatchObject([
      { state: 'ringing', to: { number: '301', trunk: null }, answered: null, monitors: null },
    ]);
  });

  test('names the group that rings', async () => {
    await house.dials(inside(cara), '600');
    expect(await seen(who('admin'))).toMatchObject([
      { from: { trunk: null, trunkName: null }, to: { number: 'support', name: 'Support', isGroup: true } },
    ]);
  });

  test('shows each role what it may know of', async () => {
    await house.talk(anna, cara);
    await house.dials(inside(ben), '0301');
    expect(await serials(who('admin'))).toEqual([1, 2]);
    expect(await serials(who('read'))).toEqual([1, 2]);
    expect(await serials(who('council'))).toEqual([]);
    expect(await serials(who('moderator', mona))).toEqual([1]);
    for (const nobody of [who('moderator'), who('moderator', cara), who('moderator', anna), who('member', anna)])
      expect(await serials(nobody)).toEqual([]);
    await house.moderator('1234#101#');
    expect(await seen(who('council'))).toMatchObject([{ call: 1, monitors: [{ moderator: '201' }] }]);
    expect(await seen(who('moderator', mona))).toMatchObject([{ call: 1, monitors: [{ moderator: '201' }] }]);
    expect(await seen(who('read'))).toMatchObject([{ monitors: null }, { monitors: null }]);
  });

  test.each([
    ['the profile is off', withProfile({ enabled: false })],
    ['the hours are others', withProfile({ windows: [{ weekdays: [1], from: 0, to: 1440 }] })],
    ['the other one is excluded', { ...openPolicy, exclusions: { extensions: new Set([cara]), numbers: [] } }],
  ])('shows a moderator nothing while %s', async (_, policy) => {
    await open(policy);
    await house.talk(anna, cara);
    expect(await serials(who('moderator', mona))).toEqual([]);
  });

  test('shows a moderator nothing while monitoring is closed', async () => {
    await house.talk(anna, cara);
    house.gateway.dispatch({ type: 'closed', closure: 'endedByButton', endsRunning: true });
    expect(await serials(who('moderator', mona))).toEqual([]);
  });
});

describe('ending a call', () => {
  test('ends it for both, and the record has who and why', async () => {
    const { caller, callee } = await house.talk(anna, ben);
    await run('calls end', who('admin'), { call: 1, note: 'stuck' });
    expect([caller.progress, callee.progress]).toEqual(['released', 'released']);
    const fact = { type: 'callHungUp', by: 'ada', byKind: 'user', call: 1, caller: '101', other: '102', note: 'stuck' };
    expect(facts).toEqual([fact]);
    await expect(run('calls end', who('admin'), { call: 1 })).rejects.toMatchObject({ kind: 'missing' });
  });

  test('is refused for one to the emergency services', async () => {
    await house.dials(inside(anna), '112');
    expect(await seen(who('admin'))).toMatchObject([{ isEmergency: true }]);
    await expect(run('calls end', who('admin'), { call: 1 })).rejects.toMatchObject({
      kind: 'conflict',
      problem: { code: 'live.emergency' },
    });
    expect([facts, house.gateway.world.switchboard.calls.size]).toEqual([[], 1]);
  });
});

describe('ending a monitor', () => {
  test.each([
    ['an admin', who('admin'), 'endedByAdmin'],
    ['the works council', who('council'), 'endedByCouncil'],
    ['the member', who('member', anna), 'endedByMember'],
  ] as const)('%s can do that, and the call goes on', async (_, caller, reason) => {
    await open(told);
    const parties = await house.talk(anna, ben);
    const far = await house.moderator('1234#101#');
    expect(house.hears(far)).toHaveLength(2);
    await run('monitors end', caller, { session: 1, note: 'enough' });
    await house.settle();
    expect(house.hears(far)).toEqual([]);
    expect(house.hears(parties.caller)).toEqual([parties.callee.leg]);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'ended', reason }));
    const kept = { type: 'monitorEnded', session: 1, moderator: '201', member: '101', note: 'enough' };
    expect(facts).toMatchObject(reason === 'endedByMember' ? [] : [kept]);
    await expect(run('monitors end', caller, { session: 1 })).rejects.toMatchObject({ kind: 'missing' });
  });

  test('nobody is told of a monitor without notice, and can end it all the same by ending all of the own call', async () => {
    await house.talk(anna, ben);
    const far = await house.moderator('1234#101#');
    for (const party of [anna, ben]) {
      expect(await monitors(who('member', party))).toEqual([]);
      await expect(run('monitors end', who('member', party), { session: 1 })).rejects.toMatchObject({
        kind: 'missing',
      });
    }
    await run('monitors end-own', who('member', cara));
    expect(house.hears(far)).toHaveLength(2);
    await run('monitors end-own', who('member', ben));
    expect(house.hears(far)).toEqual([]);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'ended', reason: 'endedByMember' }));
    await expect(run('monitors end-own', who('member'))).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('only those who are told see it, and moderators their own', async () => {
    await open(told);
    await house.talk(anna, ben);
    await house.moderator('1234#101#');
    const all = await monitors(who('council'));
    expect(all).toMatchObject([{ moderator: '201', member: '101' }]);
    expect(await monitors(who('moderator', mona))).toEqual(all);
    expect(await monitors(who('member', anna))).toEqual(all);
    for (const nobody of [who('member', ben), who('member', cara), who('moderator', cara), who('member')])
      expect(await monitors(nobody)).toEqual([]);
  });

  test('one that waits for the next call is shown as waiting', async () => {
    const { caller } = await house.talk(anna, ben);
    await house.moderator('1234#101#7');
    await house.does(() => caller.hangUp());
    expect(await monitors(who('admin'))).toMatchObject([{ state: 'waiting', call: null, follows: true }]);
    expect(await monitors(who('member', anna))).toEqual([]);
  });

  test('one that asks to be let in is shown to those whom it asks, and to nobody else as a listener', async () => {
    await open(withProfile({ admission: true }));
    const { caller } = await house.talk(anna, ben);
    await house.moderator('1234#101#');
    await house.press(caller, '*1');
    const asking = [{ state: 'asking', call: 1, mode: null, notice: null, told: [], undecided: ['102'] }];
    for (const somebody of [who('council'), who('moderator', mona), who('member', anna), who('member', ben)])
      expect(await monitors(somebody)).toMatchObject(asking);
    expect(await monitors(who('member', cara))).toEqual([]);
  });

  test('one that asks is let in by those whom it asks alone, and turned down by any of them, without that being kept', async () => {
    await open(withProfile({ admission: true }));
    await house.talk(anna, ben);
    const far = await house.moderator('1234#101#');
    for (const [caller, kind] of [
      [who('admin', cara), 'missing'],
      [who('admin'), 'forbidden'],
    ] as const)
      await expect(run('monitors let-in', caller, { session: 1, call: 1 })).rejects.toMatchObject({ kind });
    const other = run('monitors let-in', who('member', anna), { session: 1, call: 2 });
    await expect(other).rejects.toMatchObject({ kind: 'missing' });
    await run('monitors let-in', who('member', anna), { session: 1, call: 1 });
    await run('monitors let-in', who('moderator', ben), { session: 1, call: 1 });
    await house.settle();
    expect(house.hears(far)).toHaveLength(2);
    expect(house.facts).toContainEqual(
      expect.objectContaining({ type: 'letIn', extension: anna, way: 'page', by: expect.any(String) }),
    );

    const second = await house.moderator('1234#101#');
    await run('monitors end', who('admin', anna), { session: 2 });
    await house.settle();
    expect([house.hears(second), facts]).toEqual([[], []]);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'refused', reason: 'notLetIn' }));
  });
});

describe('what the box is connected to', () => {
  test('is shown with where each phone is, since when, and until when', async () => {
    const phone = {
      address: '192.0.2.4',
      port: 5062,
      transport: 'udp',
      userAgent: 'Desk 1',
      expiresInMs: 60_000,
    } as const;
    const contact = contactId('desk');
    const shown = { address: '192.0.2.4', port: 5062, transport: 'udp', userAgent: 'Desk 1' };
    house.gateway.dispatch({ type: 'contactBound', extension: anna, contact, phone });
    await house.passes(20_000);
    expect(await entriesOf(run('registrations list', who('read')))).toEqual([
      {
        ...{ ...shown, extension: '101', name: 'Anna', isResponsive: true },
        since: '2026-03-04T11:59:40.000Z',
        expires: '2026-03-04T12:00:40.000Z',
      },
    ]);
    house.gateway.dispatch({ type: 'contactRefreshed', contact, phone: { ...phone, port: 5070 } });
    expect(await entriesOf(run('registrations list', who('read')))).toMatchObject([
      { port: 5070, since: '2026-03-04T11:59:40.000Z', expires: '2026-03-04T12:01:00.000Z' },
    ]);
    house.gateway.dispatch({ type: 'contactUnbound', extension: anna, contact });
    house.gateway.dispatch({ type: 'contactRefreshed', contact, phone });
    expect(await entriesOf(run('registrations list', who('read')))).toEqual([]);
  });

  test('is shown with what is down, since when and why', async () => {
    const directory = { ...office, trunks: office.trunks.map((trunk) => ({ ...trunk, id: trunkId('provider') })) };
    house.gateway.dispatch({ type: 'settingsChanged', directory, policy: openPolicy, privacyMs: 0 });
    const down = (reason: string) => house.gateway.dispatch({ type: 'trunkDown', trunk: trunkId('provider'), reason });
    const provider = async () => Object(await entriesOf(run('lines list', who('read'))))[0];
    down('not registered yet');
    await house.passes(5000);
    down('403 Forbidden');
    expect(await entriesOf(run('lines list', who('read')))).toMatchObject([
      { line: 'provider', isUp: false, downSince: '2026-03-04T11:59:55.000Z', reason: '403 Forbidden' },
      { line: 'old-pbx', kind: 'address', isUp: true, reason: null },
      { line: 'exchange', kind: 'analog', port: 'line1' },
      { line: '100', kind: 'telephone', port: 'handset', isUp: false },
      { line: '102', kind: 'telephone', port: 'phone1', isUp: false },
    ]);
    house.gateway.dispatch({ type: 'trunkUp', trunk: trunkId('provider') });
    expect(await provider()).toMatchObject({ isUp: true, downSince: null, reason: null });
    house.gateway.dispatch({ type: 'contactBound', extension: ben, contact: contactId('analog-phone1') });
    expect(await entriesOf(run('lines list', who('read')))).toContainEqual(
      expect.objectContaining({ line: '102', isUp: true }),
    );
  });
});
