import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LiveAdmin } from '../../../../src/admin/live/live-admin.js';
import { type LiveBox, liveOperations } from '../../../../src/admin/live/live-operations.js';
import { MonitorDesk } from '../../../../src/admin/live/monitor-desk.js';
import { monitorsOperations } from '../../../../src/admin/live/monitors-operations.js';
import type { Caller, Operation } from '../../../../src/admin/operation.js';
import type { MonitoringPolicy } from '../../../../src/monitoring/profile.js';
import { contactId, extensionNumber } from '../../../../src/primitives/ids.js';
import type { ControlFact } from '../../../../src/store/audit/control-fact.js';
import type { Settings } from '../../../../src/store/settings/settings-schema.js';
import { SimulatedBrowsers } from '../../../doubles/browsers.js';
import { House } from '../../gateway/house.js';
import { noon, openPolicy, withProfile } from '../../monitoring/desk.js';
import { sampleSettings } from '../../store/settings/sample-settings.js';
import { anna, ben, cara, inside, mona, phone } from '../../switchboard/office.js';
import { person } from '../box.js';
import { entriesOf, run as runIn } from '../settings/settings-box.js';

const pin = '1234';
const moderator: Caller = { ...person('mona', ['moderator']), extension: mona, login: 'first' };
const operations: readonly Operation<LiveBox>[] = [...liveOperations, ...monitorsOperations];

let house: House;
let settings: { current: { settings: Settings } };
let live: LiveAdmin;
let monitorDesk: MonitorDesk;
let recorded: ControlFact[];
let browsers: SimulatedBrowsers;

const withPin = (hash: string | null): Settings => {
  const sample = sampleSettings();
  const [first] = sample.extensions;
  if (!first) throw new Error('the sample has no extension');
  return { ...sample, extensions: [...sample.extensions, { ...first, number: mona, pin: hash }] };
};

async function open(policy: MonitoringPolicy = openPolicy, playbacksEnd: 'atOnce' | 'whenTold' = 'atOnce') {
  house = await House.open({ policy, playbacksEnd });
  settings = { current: { settings: withPin('hash of 1234') } };
  recorded = [];
  browsers = new SimulatedBrowsers();
  const clock = { read: () => ({ now: house.now, local: noon, nextMinute: house.now }), wall: { time: 0 } };
  monitorDesk = new MonitorDesk({ gateway: house.gateway, clock, settings, facts: house.noted, browsers });
  live = new LiveAdmin({ gateway: house.gateway, clock, settings, record: (fact) => recorded.push(fact) });
}

beforeEach(() => open());

const run = (name: string, input: object = {}, caller = moderator) =>
  runIn(operations, { live, monitorDesk }, name, input, caller);
const begin = (input: object = {}, caller = moderator) =>
  run('monitors begin', { member: anna, pin, ...input }, caller);
const own = () => entriesOf(run('monitors own'));

/** Mona has asked, and picks up. */
async function listening() {
  const parties = await house.talk(anna, ben);
  await begin();
  const far = house.calledAt(mona);
  await house.does(() => far.answer());
  return { ...parties, far };
}

describe('beginning to listen', () => {
  test('calls the own telephone, which shows what for, and the moderator hears both once it is picked up', async () => {
    await house.talk(anna, ben);
    expect(await begin()).toEqual({ session: 1, offer: null });
    const far = house.calledAt(mona);
    expect(far.calledAs).toMatchObject({ callerId: { number: '*90', name: 'Listening 101' } });
    expect(await own()).toMatchObject([{ session: 1, state: 'calling', on: 'phone', member: null }]);
    await house.does(() => far.answer());
    expect(house.hears(far)).toHaveLength(2);
    const names = { member: '101', memberName: 'Anna', other: '102', otherName: 'Ben' };
    expect(await own()).toMatchObject([{ session: 1, state: 'attached', ...names, call: 1, mode: 'listen' }]);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'attempt', by: 'mona', on: 'phone' }));
  });

  test('needs the PIN once after signing in, and again after it was changed', async () => {
    await house.talk(anna, ben);
    const needed = { kind: 'forbidden', problem: { code: 'live.pinNeeded' } };
    await expect(begin({ pin: null })).rejects.toMatchObject(needed);
    await begin();
    await run('monitors end', { session: 1 });
    expect(await begin({ pin: null })).toEqual({ session: 2, offer: null });
    await run('monitors end', { session: 2 });
    await expect(begin({ pin: null }, { ...moderator, login: 'second' })).rejects.toMatchObject(needed);
    settings.current = { settings: withPin('another hash') };
    await expect(begin({ pin: null })).rejects.toMatchObject(needed);
  });

  test('needs it each time of a program', async () => {
    await house.talk(anna, ben);
    const { login: _, ...program } = moderator;
    await begin({}, program);
    await run('monitors end', { session: 1 }, program);
    await expect(begin({ pin: null }, program)).rejects.toMatchObject({ problem: { code: 'live.pinNeeded' } });
  });

  test.each([
    ['wrongPin', 'forbidden', { pin: '9999' }],
    ['wrongPin', 'forbidden', { pin: '5678' }],
    ['memberHasNoCall', 'conflict', { member: '102' }],
    ['noSuchMember', 'conflict', { member: '999' }],
  ])('is refused with the reason of the rules: %s', async (reason, kind, input) => {
    await expect(begin(input)).rejects.toMatchObject({ kind, problem: { code: `live.refused.${reason}` } });
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'refused', reason }));
    expect(house.engine.called).toEqual([]);
  });

  test('is locked after wrong PINs', async () => {
    for (let tries = 0; tries < 2; tries += 1) await expect(begin({ pin: '9999' })).rejects.toThrow();
    const locked = { kind: 'tooMany', problem: { code: 'live.refused.lockedOut' } };
    await expect(begin({ pin: '9999' })).rejects.toMatchObject(locked);
    await expect(begin()).rejects.toMatchObject(locked);
  });

  test('is not done without end: each try stands in the record, which is kept permanently', async () => {
    const tooFast = { kind: 'tooMany', problem: { code: 'access.tooManyTries', params: { seconds: 2 } } };
    for (let tries = 0; tries < 40; tries += 1)
      await expect(begin({ member: '999' })).rejects.toMatchObject({ kind: 'conflict' });
    const { length } = house.facts;
    await expect(begin()).rejects.toMatchObject(tooFast);
    expect(house.facts).toHaveLength(length);
    await expect(begin({ pin: '5678' }, { ...moderator, extension: ben })).rejects.not.toMatchObject(tooFast);
    house.now += 2000;
    await expect(begin({ member: '999' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(begin()).rejects.toMatchObject(tooFast);
  });

  test('is not possible without a telephone, a profile or an extension', async () => {
    await house.talk(anna, ben);
    house.gateway.dispatch({ type: 'contactUnbound', extension: mona, contact: phone(mona) });
    await expect(begin()).rejects.toMatchObject({ problem: { code: 'live.refused.noPhone' } });
    await expect(begin({ profile: 'none' })).rejects.toMatchObject({ problem: { code: 'live.noSuchProfile' } });
    await expect(begin({}, person('ada'))).rejects.toMatchObject({ problem: { code: 'live.noExtension' } });
    await open({ ...openPolicy, profiles: new Map() });
    await expect(begin()).rejects.toMatchObject({ problem: { code: 'live.noProfile' } });
  });
});

describe('while listening', () => {
  test('the buttons do what the keys do', async () => {
    const { far, caller, callee } = await listening();
    await run('monitors press', { session: 1, action: 'whisper' });
    await house.settle();
    expect(house.hears(caller)).toContain(far.leg);
    expect(house.hears(callee)).not.toContain(far.leg);
    await run('monitors press', { session: 1, action: 'takeOver' });
    await house.settle();
    expect(caller.progress).toBe('released');
    expect(house.hears(callee)).toEqual([far.leg]);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'ended', reason: 'tookOver' }));
    expect(await run('monitors own')).toMatchObject({ entries: [], talksIn: [1] });
    await house.does(() => far.hangUp());
    expect(await run('monitors own')).toMatchObject({ talksIn: [] });
  });

  test('it is told what the moderator changes to until that is recorded, and only then that it is so', async () => {
    await listening();
    house.isDiskBusy = true;
    await run('monitors press', { session: 1, action: 'barge' });
    expect(await own()).toMatchObject([{ mode: 'listen', changingTo: 'barge' }]);
    await house.diskWrites();
    expect(await own()).toMatchObject([{ mode: 'barge', changingTo: null }]);
  });

  test('what the profile does not allow is refused', async () => {
    await open(withProfile({ interventions: new Set(['whisper']) }));
    const { far, callee } = await listening();
    await expect(run('monitors press', { session: 1, action: 'barge' })).rejects.toMatchObject({
      problem: { code: 'live.refused.interventionNotAllowed' },
    });
    await house.settle();
    expect(house.hears(callee)).not.toContain(far.leg);
  });

  test('the buttons are not pressed without end', async () => {
    await listening();
    const press = (action: string) => run('monitors press', { session: 1, action });
    for (let times = 0; times < 39; times += 1) await press(times % 2 === 0 ? 'whisper' : 'listen');
    const { length } = house.facts;
    await expect(press('barge')).rejects.toMatchObject({ kind: 'tooMany' });
    expect(house.facts).toHaveLength(length);
    await run('monitors end', { session: 1 });
  });

  test('nobody steers the listening of others, nor the own one without having shown the PIN', async () => {
    await listening();
    const press = (caller: Caller) => run('monitors press', { session: 1, action: 'barge' }, caller);
    await expect(press({ ...moderator, extension: ben })).rejects.toMatchObject({ kind: 'missing' });
    await expect(press({ ...moderator, login: 'second' })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(house.facts).not.toContainEqual(expect.objectContaining({ type: 'modeChanged' }));
  });

  test('the moderator ends it, is hung up on, and the call goes on', async () => {
    const { far, caller, callee } = await listening();
    await run('monitors end', { session: 1 });
    expect(house.hears(far)).toEqual([]);
    expect(house.hears(caller)).toEqual([callee.leg]);
    await house.settle();
    expect(far.progress).toBe('released');
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'ended', reason: 'moderatorLeft' }));
    expect([recorded, await own()]).toEqual([[], []]);
  });

  test('the telephones fall silent when the moderator wants no more', async () => {
    await house.talk(anna, ben);
    await begin();
    const far = house.calledAt(mona);
    await run('monitors end', { session: 1 });
    await house.settle();
    expect(far.progress).toBe('released');
    expect(house.facts.at(-1)).toMatchObject({ type: 'dialogueEnded', moderator: mona });
  });
});

describe('in a browser', () => {
  const here = { on: 'browser' };
  beforeEach(() => house.engine.bind(extensionNumber('browser-1'), contactId('browser')));
  const browser = () => house.calledAt(extensionNumber('browser-1'));

  test('the browser is called, picks up by its answer, and hears both', async () => {
    await house.talk(anna, ben);
    expect(await begin(here)).toEqual({ session: 1, offer: 'offered' });
    expect(house.engine.called).toHaveLength(2);
    await run('monitors answer', { session: 1, sdp: 'answered' }, { ...moderator, address: '192.0.2.9' });
    expect(browsers.answers).toEqual([['answered', '192.0.2.9']]);
    await house.does(() => browser().answer());
    expect(house.hears(browser())).toHaveLength(2);
    expect(await own()).toMatchObject([{ on: 'browser', state: 'attached', mode: 'listen' }]);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'attempt', on: 'browser', caller: '201' }));
  });

  test('is picked up by nobody who has not shown the PIN, though it is the same moderator', async () => {
    await house.talk(anna, ben);
    await begin(here);
    const answer = (caller: Caller) => run('monitors answer', { session: 1, sdp: 'answered' }, caller);
    const { login: _, ...person } = moderator;
    const program: Caller = { ...person, kind: 'token' };
    for (const other of [{ ...moderator, login: 'second' }, program])
      await expect(answer(other)).rejects.toMatchObject({ kind: 'forbidden', problem: { code: 'live.pinNeeded' } });
    expect(browsers.answers).toEqual([]);
    await answer(moderator);
    expect(browsers.answers).toHaveLength(1);
  });

  test('is given back where the rules refuse it, and is not needed again to go to another call', async () => {
    await expect(begin(here)).rejects.toMatchObject({ problem: { code: 'live.refused.memberHasNoCall' } });
    expect(browsers.free).toBe(1);
    await house.talk(anna, cara);
    await begin(here);
    await house.does(() => browser().answer());
    await house.dials(inside(ben), '0301');
    await house.does(() => house.calledAt('trunk').answer());
    expect(await begin({ ...here, member: ben, pin: null, session: 2 })).toEqual({ session: 2, offer: null });
    expect(await own()).toMatchObject([{ member: '102', state: 'attached' }]);
  });

  test('of a page that was left makes room for the next one', async () => {
    await house.talk(anna, ben);
    await begin(here);
    await house.does(() => browser().answer());
    browsers.free = 1;
    expect(await begin({ ...here, pin: null })).toEqual({ session: 2, offer: 'offered' });
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'ended', session: 1, reason: 'browserLost' }));
  });

  test('in which goodbye is still being said is not gone on with', async () => {
    await open(openPolicy, 'whenTold');
    house.engine.bind(extensionNumber('browser-1'), contactId('browser'));
    await house.talk(anna, ben);
    await begin(here);
    await house.does(() => browser().answer());
    await run('monitors end', { session: 1 });
    browsers.free = 1;
    expect(await begin({ ...here, pin: null, session: 1 })).toEqual({ session: 2, offer: 'offered' });
  });

  test('that is lost ends the listening with its reason, and no call', async () => {
    const { caller, callee } = await house.talk(anna, ben);
    await begin(here);
    await house.does(() => browser().answer());
    await house.does(() => browsers.lose());
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'ended', reason: 'browserLost' }));
    expect(house.hears(caller)).toEqual([callee.leg]);
    expect(await own()).toEqual([]);
  });

  test('that is lost before it has picked up is told what has happened, and what to do', async () => {
    await house.talk(anna, ben);
    await begin(here);
    await house.does(() => browsers.lose());
    await expect(run('monitors answer', { session: 1, sdp: 'answered' })).rejects.toMatchObject({
      kind: 'unavailable',
      problem: { code: 'live.browserLost' },
    });
    await expect(run('monitors answer', { session: 7, sdp: 'answered' })).rejects.toMatchObject({
      problem: { code: 'live.noSuchMonitor' },
    });
  });

  describe('whose page', () => {
    const passes = (ms: number) => house.does(() => vi.advanceTimersByTime(ms));
    const stay = (caller = moderator) => run('monitors stay', { session: 1 }, caller);
    const isGone = expect.objectContaining({ type: 'ended', session: 1, reason: 'pageGone' });
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    async function listening() {
      const parties = await house.talk(anna, ben);
      await begin(here);
      await run('monitors answer', { session: 1, sdp: 'answered' });
      const far = browser();
      await house.does(() => far.answer());
      return { ...parties, far };
    }

    test('says that it is there goes on listening, also after a short loss of the network', async () => {
      await listening();
      for (let times = 0; times < 5; times += 1) {
        await passes(9000);
        await stay();
      }
      expect(house.facts).not.toContainEqual(isGone);
      expect(await own()).toMatchObject([{ state: 'attached' }]);
    });

    test('is gone ends the listening with its reason, and no call', async () => {
      const { caller, callee, far } = await listening();
      await passes(9000);
      await stay();
      await passes(10_000);
      expect(house.facts).toContainEqual(isGone);
      expect(house.hears(caller)).toEqual([callee.leg]);
      expect([await own(), far.progress]).toEqual([[], 'released']);
      await expect(stay()).rejects.toMatchObject({ kind: 'missing' });
    });

    test('does not pick up in time keeps nobody waiting', async () => {
      await house.talk(anna, ben);
      await begin(here);
      await passes(10_000);
      expect(house.facts).toContainEqual(expect.objectContaining({ type: 'dialogueEnded', session: 1 }));
      expect(await own()).toEqual([]);
    });

    test('is that of another session, or of another moderator, keeps it for nobody', async () => {
      await listening();
      for (const other of [
        { ...moderator, login: 'second' },
        { ...moderator, extension: ben, login: 'third' },
      ])
        await expect(stay(other)).rejects.toMatchObject({ kind: 'missing' });
    });

    test('is gone after taking over leaves nobody in a call with silence', async () => {
      await listening();
      await run('monitors press', { session: 1, action: 'takeOver' });
      await house.settle();
      await passes(9000);
      await stay();
      await passes(9000);
      expect(browsers.hungUp).toBe(0);
      await passes(1000);
      expect(browsers.hungUp).toBe(1);
    });
  });

  test('is refused where there is none, or none that is free', async () => {
    await house.talk(anna, ben);
    browsers.free = 0;
    await expect(begin(here)).rejects.toMatchObject({ kind: 'unavailable', problem: { code: 'live.browsersTaken' } });
    browsers.isThere = false;
    await expect(begin(here)).rejects.toMatchObject({ kind: 'unavailable', problem: { code: 'live.noBrowser' } });
    expect(await run('monitors own')).toMatchObject({ hasBrowsers: false });
    await begin();
  });
});
