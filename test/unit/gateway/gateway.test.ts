import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { boxState } from '../../../src/gateway/box-state.js';
import { legId } from '../../../src/primitives/ids.js';
import { moderators, openPolicy, withProfile } from '../monitoring/desk.js';
import { anna, ben, cara, city, inside, mona, office, outside, phone } from '../switchboard/office.js';
import { House } from './house.js';

describe('a call', () => {
  test('rings, is answered, is held, and ends', async () => {
    const house = await House.open();
    const caller = await house.dials(inside(anna), '102');
    const callee = house.calledAt(ben);
    expect(callee.calledAs?.callerId).toEqual({ number: '101', name: 'Anna' });
    await house.does(() => callee.ring());
    expect(caller.progress).toBe('ringing');
    await house.does(() => callee.answer());
    expect(caller.progress).toBe('answered');
    expect(house.hears(caller)).toEqual([callee.leg]);
    expect(house.hears(callee)).toEqual([caller.leg]);
    await house.does(() => callee.hold());
    expect([house.hears(caller), house.hears(callee)]).toEqual([[], []]);
    expect(house.isTold(caller)).toEqual(['hold', 'pause']);
    await house.does(() => callee.resume());
    expect(house.hears(caller)).toEqual([callee.leg]);
    expect(house.isTold(caller)).toEqual([]);
    await house.does(() => caller.hangUp());
    expect(callee.releasedFor).toBe('normal');
    expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
    expect(house.complaints).toEqual([]);
  });

  test('lets the caller hear an announcement before the answer, and passes digits on', async () => {
    const house = await House.open();
    const caller = await house.dials(inside(anna), '030777');
    const provider = house.calledAt('trunk');
    await house.does(() => provider.openEarlyMedia());
    expect(caller.progress).toBe('earlyMedia');
    expect(house.hears(caller)).toEqual([provider.leg]);
    await house.press(caller, '12');
    expect(provider.digits).toEqual(['1', '2']);
  });

  test('goes on over the next trunk, and reports the cause when none helps', async () => {
    const house = await House.open();
    const caller = await house.dials(inside(anna), '030777');
    await house.does(() => house.calledAt('trunk').hangUp('failure'));
    expect(caller.progress).toBe('trying');
    await house.does(() => house.calledAt('trunk').hangUp('congestion'));
    expect(caller.releasedFor).toBe('congestion');
  });

  test('to an extension without a phone is refused', async () => {
    const house = await House.open();
    expect((await house.dials(inside(anna), '199')).releasedFor).toBe('notFound');
  });

  test('that rang too long ends by the clock', async () => {
    const house = await House.open();
    const caller = await house.dials(inside(anna), '102');
    const callee = house.calledAt(ben);
    await house.passes(30_000);
    expect([caller.releasedFor, callee.releasedFor]).toEqual(['noAnswer', 'noAnswer']);
  });
});

describe('the main job', () => {
  test('two phones talk, a moderator dials in, keys a PIN, listens, whispers, barges in and leaves', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234#101#');
    const both = [caller.leg, callee.leg].sort();
    const withModerator = (leg: string) => [leg, moderator.leg].sort();

    expect(house.hears(moderator)).toEqual(both);
    expect(house.hears(caller)).toEqual([callee.leg]);
    expect(house.hears(callee)).toEqual([caller.leg]);
    expect(house.panel.lamps.monitor).toBe('steady');

    await house.press(moderator, '5');
    expect(house.hears(caller)).toEqual(withModerator(callee.leg));
    expect(house.hears(callee)).toEqual([caller.leg]);
    expect(house.panel.lamps.monitor).toBe('slowBlink');

    await house.press(moderator, '6');
    expect(house.hears(caller)).toEqual(withModerator(callee.leg));
    expect(house.hears(callee)).toEqual(withModerator(caller.leg));
    expect(house.hears(moderator)).toEqual(both);
    expect(house.panel.lamps.monitor).toBe('fastBlink');

    await house.press(moderator, '4##');
    expect(house.hears(moderator)).toEqual([]);
    expect(house.hears(caller)).toEqual([callee.leg]);
    expect(house.panel.lamps.monitor).toBe('dark');

    expect([caller.digits, callee.digits]).toEqual([[], []]);
    await house.does(() => moderator.hangUp());
    expect(caller.progress).toBe('answered');
    expect(house.factTypes).toEqual([
      'attempt',
      'identified',
      'started',
      'modeChanged',
      'modeChanged',
      'modeChanged',
      'ended',
      'dialogueEnded',
    ]);
    expect(house.complaints).toEqual([]);
  });

  test('the moderator goes on hearing both, and whispering, while the call is on hold', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##5');
    await house.does(() => callee.hold());
    expect(house.hears(caller)).toEqual([moderator.leg]);
    expect(house.hears(callee)).toEqual([]);
    expect(house.hears(moderator)).toEqual([caller.leg, callee.leg].sort());
    await house.does(() => callee.resume());
    expect(house.hears(caller)).toEqual([callee.leg, moderator.leg].sort());
  });

  test('the moderator alone hears levelled, both parties, in every mode until he is a party himself', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##');
    const levelled = ({ leg }: typeof caller) =>
      [...house.engine.heardBy(leg).legs].flatMap(([source, edge]) => (edge.levelled ? [source] : [])).sort();
    const both = [caller.leg, callee.leg].sort();
    for (const mode of ['4', '5', '6'] as const) {
      await house.does(() => moderator.press(mode));
      expect(levelled(moderator)).toEqual(both);
      expect([...levelled(caller), ...levelled(callee)]).toEqual([]);
    }
    await house.does(() => moderator.press('8'));
    expect(house.hears(moderator)).toEqual([callee.leg]);
    expect([...levelled(moderator), ...levelled(callee)]).toEqual([]);
  });

  test('with stereo the moderator hears the member left and the other right, until he is a party himself', async () => {
    const house = await House.open({ policy: withProfile({ stereo: true }) });
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##');
    const sidesFor = ({ leg }: typeof caller) =>
      new Map([...house.engine.heardBy(leg).legs].map(([source, { side }]) => [source, side]));
    for (const mode of ['4', '5', '6'] as const) {
      await house.does(() => moderator.press(mode));
      expect(sidesFor(moderator)).toEqual(
        new Map([
          [caller.leg, 'left'],
          [callee.leg, 'right'],
        ]),
      );
      expect(new Set([...sidesFor(caller).values(), ...sidesFor(callee).values()])).toEqual(new Set(['both']));
    }
    await house.does(() => moderator.press('8'));
    expect(sidesFor(moderator)).toEqual(new Map([[callee.leg, 'both']]));
  });

  test('louder and quieter for the moderator alone', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##33');
    const gains = (leg: typeof caller.leg) => [...house.engine.heardBy(leg).legs.values()].map(({ gain }) => gain);
    expect(gains(moderator.leg)).toEqual([6, 6]);
    expect([...gains(caller.leg), ...gains(callee.leg)]).toEqual([0, 0]);
  });

  test('taking over: the member leaves, the call goes on with the moderator', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##68');
    expect(caller.releasedFor).toBe('normal');
    expect(house.hears(moderator)).toEqual([callee.leg]);
    expect(house.hears(callee)).toEqual([moderator.leg]);
    await house.press(moderator, '7');
    expect(callee.digits).toEqual(['7']);
    await house.does(() => callee.hangUp());
    expect(moderator.releasedFor).toBe('normal');
    expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
  });

  test('barging in: the call survives the member who hangs up', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##6');
    await house.does(() => caller.hangUp());
    expect(house.hears(callee)).toEqual([moderator.leg]);
    expect(house.hears(moderator)).toEqual([callee.leg]);
    expect(house.complaints).toEqual([]);
  });

  test('two moderators bargeing in: one takes the place of the member, the other is asked for another call', async () => {
    const house = await House.open({
      policy: { ...openPolicy, groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]) },
    });
    const { caller, callee } = await house.talk(anna, ben);
    const first = await house.moderator('1234#101#6');
    const second = await house.moderator('5678#101#6', inside(cara));
    await house.does(() => caller.hangUp());
    expect(house.hears(callee)).toEqual([first.leg]);
    expect(second.progress).toBe('answered');
    expect(house.hears(second)).toEqual([]);
    await house.press(second, '102#');
    expect(house.hears(second)).toEqual([first.leg, callee.leg].sort());
  });

  test('following the member into the next call', async () => {
    const house = await House.open();
    const { caller } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234#101#7');
    await house.does(() => caller.hangUp());
    expect(house.hears(moderator)).toEqual([]);
    const next = await house.talk(ben, anna);
    expect(house.hears(moderator)).toEqual([next.caller.leg, next.callee.leg].sort());
    expect(house.factTypes.filter((type) => type === 'started' || type === 'ended')).toEqual([
      'started',
      'ended',
      'started',
    ]);
  });

  test('following the member through a transfer, attended or blind', async () => {
    const house = await House.open();
    const { caller: annas, callee: bens } = await house.talk(anna, ben);
    const moderator = await house.moderator('1234#101#');
    const bensSecond = await house.dials(inside(ben), '103');
    const caras = house.calledAt(cara);
    await house.does(() => caras.answer());
    await house.does(() => house.gateway.dispatch({ type: 'transfer', held: bens.leg, to: bensSecond.leg }));
    expect([bens.progress, bensSecond.progress]).toEqual(['released', 'released']);
    expect(house.hears(annas)).toEqual([caras.leg]);
    expect(house.hears(moderator)).toEqual([annas.leg, caras.leg].sort());

    await house.does(() => house.gateway.dispatch({ type: 'transferTo', leg: caras.leg, number: '030777' }));
    expect(house.hears(moderator)).toEqual([]);
    expect(house.isTold(annas)).toEqual(['hold', 'pause']);
    const provider = house.calledAt('trunk');
    await house.does(() => provider.answer());
    expect(house.hears(moderator)).toEqual([annas.leg, provider.leg].sort());
    expect(house.factTypes.filter((type) => type === 'started' || type === 'ended')).toEqual([
      'started',
      'ended',
      'started',
      'ended',
      'started',
    ]);
    expect(house.complaints).toEqual([]);
  });

  test('waiting with a member who transfers: the call comes back, or the member leaves it', async () => {
    const house = await House.open();
    const { caller: annas, callee: caras } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234#101#');
    await house.does(() => annas.transferTo('102'));
    expect(house.hears(moderator)).toEqual([]);
    await house.does(() => house.calledAt(ben).hangUp('busy'));
    expect(annas.transfers).toEqual(['busy']);
    expect(house.hears(caras)).toEqual([annas.leg]);
    expect(house.hears(moderator)).toEqual([annas.leg, caras.leg].sort());

    await house.does(() => annas.transferTo('102'));
    const bens = house.calledAt(ben);
    await house.does(() => bens.answer());
    expect(annas.transfers).toEqual(['busy', 'done']);
    expect(annas.releasedFor).toBe('normal');
    expect(house.hears(caras)).toEqual([bens.leg]);
    expect(house.hears(moderator)).toEqual([]);
    expect(house.facts.flatMap((fact) => (fact.type === 'ended' ? [fact.reason] : []))).toEqual([
      'transferred',
      'transferred',
    ]);
    await house.press(moderator, '102#');
    expect(house.hears(moderator)).toEqual([bens.leg, caras.leg].sort());
    expect(house.complaints).toEqual([]);
  });

  test('from outside, over the trunk’s service number', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##', outside(city));
    expect(house.hears(moderator)).toEqual([caller.leg, callee.leg].sort());
  });

  test('the notice is heard by whom it should, and by nobody else', async () => {
    const notice = { member: { kind: 'none' }, other: { kind: 'toneEvery', seconds: 10 } } as const;
    const house = await House.open({ policy: withProfile({ notice }), playbacksEnd: 'whenTold' });
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##');
    expect([house.isTold(caller), house.isTold(callee)]).toEqual([[], ['notice']]);
    await house.does(() => house.engine.endPlaybacks(callee.leg));
    expect(house.isTold(callee)).toEqual([]);
    await house.passes(10_000);
    expect(house.isTold(callee)).toEqual(['notice']);
    await house.does(() => moderator.hangUp());
    expect(house.isTold(callee)).toEqual([]);
  });

  test('wrong PINs end in a lockout, a word and good-bye', async () => {
    const house = await House.open({ playbacksEnd: 'whenTold' });
    const moderator = await house.moderator('1#2#3#');
    expect(house.isTold(moderator)).toEqual(['refuse', 'locked-out', 'goodbye']);
    expect(moderator.progress).toBe('answered');
    await house.does(() => house.engine.endPlaybacks(moderator.leg));
    expect(moderator.releasedFor).toBe('normal');
    expect(house.kept.at(-1)?.lockouts['caller:201']?.failures).toBe(3);
  });

  test('keys during the slow comparison are not lost, and a moderator who hangs up meanwhile leaves nothing behind', async () => {
    const finish: (() => void)[] = [];
    const house = await House.open({ comparing: () => new Promise((resolve) => finish.push(resolve)) });
    const { caller, callee } = await house.talk(anna, cara);
    const patient = await house.moderator('1234#101#');
    const hasty = await house.moderator('1234#101#');
    await house.does(() => hasty.hangUp());
    await house.does(() =>
      finish.forEach((resolve) => {
        resolve();
      }),
    );
    expect(house.hears(patient)).toEqual([caller.leg, callee.leg].sort());
    expect(house.gateway.world.monitoring.sessions.size).toBe(1);
    expect(house.complaints).toEqual([]);
  });

  test('the button ends every monitor at once, and closes monitoring for a time', async () => {
    const house = await House.open({ playbacksEnd: 'whenTold' });
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##6');
    house.panel.setButton(true);
    await house.passes(100);
    house.panel.setButton(false);
    await house.passes(100);
    expect(house.factTypes.slice(-2)).toEqual(['ended', 'refused']);
    expect([house.reports, house.passwordResets]).toEqual([[], 0]);
    expect([house.hears(caller), house.hears(callee)]).toEqual([[callee.leg], [caller.leg]]);
    expect(house.isTold(moderator)).toEqual(['refuse', 'ended-by-button', 'goodbye']);
    expect(house.isTold(await house.moderator(''))).toEqual(['refuse', 'ended-by-button', 'goodbye']);
    await house.passes(60_000);
    expect(house.isTold(await house.moderator(''))).toEqual(['enter-pin']);
  });

  test('a button that fails while it is held causes nothing, and is logged', async () => {
    const house = await House.open();
    house.panel.setButton(true);
    await house.passes(5000);
    house.panel.takeAway('button');
    house.panel.putBack('button');
    house.panel.setButton(false);
    await house.passes(100);
    expect([house.facts, house.reports, house.passwordResets]).toEqual([[], [], 0]);
    expect(house.complaints.join()).toContain('a part of the front panel does not work');
    expect(house.panel.lamps.status).toBe('steady');
  });

  test('the state of the box is to be had in a few figures', async () => {
    const house = await House.open();
    await house.talk(anna, cara);
    await house.moderator('1234##');
    expect(boxState(house.gateway.world, house.now)).toEqual({
      phones: 4,
      trunksUp: 3,
      trunksDown: 0,
      calls: 1,
      moderators: 1,
      isLicensed: true,
      privateForSeconds: null,
      agreement: null,
    });
    house.panel.setButton(true);
    await house.passes(100);
    house.panel.setButton(false);
    await house.passes(100);
    const { moderators, privateForSeconds } = boxState(house.gateway.world, house.now);
    expect([moderators, privateForSeconds]).toEqual([0, 60]);
  });
});

describe('a button that is held', () => {
  const held = async (house: House, ms: number) => {
    house.panel.setButton(true);
    await house.passes(ms);
    house.panel.setButton(false);
    await house.passes(100);
  };

  test('reports how the box is, and changes nothing', async () => {
    const house = await House.open();
    await house.talk(anna, cara);
    await held(house, 4000);
    expect(house.reports).toEqual([boxState(house.gateway.world, house.now)]);
    expect(house.reports).toMatchObject([{ phones: 4, calls: 1, privateForSeconds: null }]);
    expect(house.passwordResets).toBe(0);
  });

  test('for longer resets the password of the admin', async () => {
    const house = await House.open();
    await held(house, 11_000);
    expect([house.reports, house.passwordResets]).toEqual([[], 1]);
  });
});

describe('a driver that reports within a command', () => {
  test('is logged, and its event handled once the other is done with', async () => {
    const house = await House.open();
    const { legs, gateway } = house;
    const isUnchanged: boolean[] = [];
    legs.ring = (leg) => {
      const before = gateway.world;
      gateway.dispatch({ type: 'held', leg, held: true });
      isUnchanged.push(gateway.world === before);
    };
    const caller = await house.dials(inside(anna), '103');
    await house.does(() => house.calledAt(cara).ring());
    expect(isUnchanged).toEqual([true]);
    expect(house.complaints.join()).toContain('an event came within the handling of another');
    expect([...gateway.world.switchboard.calls.values()].map((call) => call.caller)).toMatchObject([
      { leg: caller.leg, held: true },
    ]);
  });
});

describe('a command that the engine cannot execute', () => {
  test('is logged once a minute for each leg, however often a party causes it', async () => {
    const house = await House.open();
    for (let times = 0; times < 500; times += 1) house.engine.sendDigit(legId('gone'), '1');
    house.engine.sendDigit(legId('gone too'), '1');
    await house.settle();
    expect(house.complaints).toHaveLength(2);
  });
});

describe('a licence that ends', () => {
  test('is noticed at the first call affected; running monitors go on', async () => {
    const house = await House.open({ playbacksEnd: 'whenTold' });
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##');
    expect(house.panel.lamps.status).toBe('steady');
    house.licence = 'licenceExpired';
    expect(house.isTold(await house.moderator(''))).toEqual(['refuse', 'licence-expired', 'goodbye']);
    expect(house.hears(moderator)).toEqual([caller.leg, callee.leg].sort());
    expect(house.panel.lamps).toEqual({ monitor: 'steady', status: 'doubleBlink' });
  });
});

describe('what goes wrong around the gateway', () => {
  test('a disk that has to be looked after is seen by the status lamp', async () => {
    const house = await House.open();
    expect(house.panel.lamps.status).toBe('steady');
    await house.does(() => house.gateway.dispatch({ type: 'diskSeen', isSound: false }));
    expect(house.panel.lamps.status).toBe('doubleBlink');
    await house.does(() => house.gateway.dispatch({ type: 'diskSeen', isSound: true }));
    expect(house.panel.lamps.status).toBe('steady');
  });

  test('a backup that is made while somebody waits for it is seen by the status lamp, and so is one that is not', async () => {
    const house = await House.open();
    for (const [stage, status] of [
      ['making', 'fastBlink'],
      ['made', 'steady'],
      ['failed', 'doubleBlink'],
    ] as const) {
      await house.does(() => house.gateway.dispatch({ type: 'buttonBackup', stage }));
      expect([stage, house.panel.lamps.status]).toEqual([stage, status]);
    }
  });

  test('an audit record that cannot be written closes monitoring; calls go on', async () => {
    const house = await House.open({ playbacksEnd: 'whenTold' });
    const { caller, callee } = await house.talk(anna, cara);
    const moderator = await house.moderator('1234##');
    house.canRecord = false;
    await house.press(moderator, '6');
    expect(house.isTold(moderator)).toEqual(['refuse', 'not-available', 'goodbye']);
    expect(house.hears(moderator)).toEqual([]);
    expect([house.hears(caller), house.hears(callee)]).toEqual([[callee.leg], [caller.leg]]);
    expect(house.complaints[0]).toContain('the audit record cannot be written');
    const later = await house.moderator('');
    expect(house.isTold(later)).toEqual(['refuse', 'not-available', 'goodbye']);
  });

  test('a PIN that cannot be checked counts as wrong', async () => {
    const house = await House.open({ comparing: () => Promise.reject(new Error('out of memory')) });
    await house.moderator('1234#');
    expect(house.facts.at(-1)).toMatchObject({ type: 'refused', reason: 'wrongPin' });
    expect(house.complaints).toHaveLength(1);
  });

  test('no PIN and no digit ever stands in the log', async () => {
    const house = await House.open();
    await house.talk(anna, cara);
    const moderator = await house.moderator('1234#101#');
    await house.press(moderator, '5');
    const log = house.logged.join('\n');
    expect(log).not.toContain('1234');
    expect(log).not.toContain('"digit":');
  });

  test('nothing happens any more once it is stopped', async () => {
    const house = await House.open();
    const { caller } = await house.talk(anna, cara);
    house.gateway.stop();
    await house.does(() => caller.hangUp());
    expect(house.gateway.world.switchboard.calls.size).toBe(1);
  });
});

/** Node's timers hold no more. */
const longestTimerMs = 2 ** 31 - 1;

describe('the timer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('wakes the rules when a deadline passes', async () => {
    const house = await House.open();
    const caller = await house.dials(inside(anna), '102');
    vi.advanceTimersByTime(29_999);
    house.now += 29_999;
    await house.settle();
    expect(caller.progress).toBe('trying');
    house.now += 1;
    vi.advanceTimersByTime(1);
    await house.settle();
    expect(caller.releasedFor).toBe('noAnswer');
  });

  test('sleeps when nothing is due', async () => {
    const house = await House.open();
    await house.talk(anna, ben);
    const before = house.logged.length;
    vi.advanceTimersByTime(longestTimerMs);
    await house.settle();
    expect(house.logged.slice(before)).toEqual([]);
  });
});

describe('settings that change', () => {
  const changed = (policy = openPolicy, directory = office) =>
    ({ type: 'settingsChanged', directory, policy, privacyMs: 5000 }) as const;

  test('leave a monitored call alone, end its monitor, and say so in the record', async () => {
    const house = await House.open();
    const { caller, callee } = await house.talk(anna, ben);
    const moderator = await house.moderator('1234#101#');
    expect(house.hears(moderator)).toEqual([caller.leg, callee.leg].sort());
    await house.does(() => house.gateway.dispatch(changed(withProfile({ enabled: false }))));
    expect([house.hears(moderator), house.hears(caller), house.hears(callee)]).toEqual([
      [],
      [callee.leg],
      [caller.leg],
    ]);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'ended', reason: 'profileOff' }));
    expect(house.complaints).toEqual([]);
  });

  test('let new calls go by the new directory', async () => {
    const house = await House.open();
    const extensions = new Map([...office.extensions].filter(([number]) => number !== ben));
    await house.does(() => house.gateway.dispatch(changed(openPolicy, { ...office, extensions })));
    expect((await house.dials(inside(anna), '102')).releasedFor).toBe('notFound');
    await house.does(() => house.gateway.dispatch(changed()));
    house.engine.bind(ben, phone(ben));
    await house.talk(anna, ben);
    expect(house.gateway.world.switchboard.calls.size).toBe(1);
  });

  test('count for the next press of the button, and are not written to the log in full', async () => {
    const house = await House.open();
    await house.does(() => house.gateway.dispatch(changed()));
    expect(house.gateway.world.frontPanel.blockMs).toBe(5000);
    expect(house.logged.filter((line) => line.includes('settingsChanged'))).toEqual([
      'event {"event":{"type":"settingsChanged"}}',
    ]);
  });
});
