import { afterEach, describe, expect, it } from 'vitest';
import { officeSettings, pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';

const day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

describe('limits of monitoring', () => {
  let office: RunningOffice;

  afterEach(() => office.close());

  const withProfile = async (change: object) => {
    const { profiles } = (await officeSettings()) as { profiles: object[] };
    return { profiles: profiles.map((profile) => ({ ...profile, ...change })) };
  };
  const expectParties = async (from: string, to: string) => {
    const { caller, callee } = await office.talk(from, to);
    return async () => {
      await untilHears(from, caller, { present: [toneOf(to)], absent: [toneOf('100'), toneOf('109')] });
      await untilHears(to, callee, { present: [toneOf(from)], absent: [toneOf('100'), toneOf('109')] });
    };
  };

  it('a profile that is off opens nothing, even with the right PIN', async () => {
    office = await RunningOffice.open(await withProfile({ enabled: false }));
    const unharmed = await expectParties('101', '102');
    const moderator = await office.call('100', '*55');
    await office.untilRefused('profileOff');
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('102')] });
    await unharmed();
  });

  it('outside its hours a profile opens nothing', async () => {
    const today = new Date().getDay();
    const otherDay = day[(today + 2) % 7];
    office = await RunningOffice.open(
      await withProfile({ windows: [{ days: [otherDay], from: '00:00', to: '24:00' }] }),
    );
    await office.call('100', '*55');
    await office.untilRefused('outsideHours');
  });

  it('nobody listens to a call of their own', async () => {
    const everyone = ['100', '101', '102'];
    office = await RunningOffice.open({
      groups: [
        { id: 'leads', name: 'Leads', members: everyone },
        { id: 'support', name: 'Support', members: everyone },
      ],
    });
    await office.talk('100', '101');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await office.untilRefused('ownCall');
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101')] });
  });

  it('* finds no other call where there is none', async () => {
    office = await RunningOffice.open();
    const unharmed = await expectParties('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await moderator.pressKeys('*', 'rfc4733');
    await office.untilRefused('noOtherCall');
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await unharmed();
  });

  it('a quota is used up call by call, over a power cut', async () => {
    office = await RunningOffice.open(await withProfile({ quota: 1 }));
    const { caller } = await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await moderator.pressKeys('##101#', 'rfc4733');
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    caller.hangUp();
    await office.talk('101', '102');
    await moderator.pressKeys('101#', 'rfc4733');
    await office.untilRefused('quotaUsedUp');
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('102')] });
    await office.powerCut();
    await office.talk('101', '102');
    await office.moderate('100', `${pins[100]}#101#`);
    await office.untilRefused('quotaUsedUp', 2);
  });

  it.each([
    ['callLimit', { limits: { perCall: 1, total: 10 } }],
    ['boxLimit', { limits: { perCall: 4, total: 1 } }],
  ])('a second moderator meets the %s, and gets in when the first has left', async (reason, limits) => {
    office = await RunningOffice.open(limits);
    const unharmed = await expectParties('101', '102');
    const first = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('first', first, { present: [toneOf('101'), toneOf('102')], absent: [] });
    const second = await office.moderate('109', `${pins[109]}#101#`);
    await office.untilRefused(reason);
    await untilHears('second', second, { present: [], absent: [toneOf('101'), toneOf('102')] });
    first.hangUp();
    await second.pressKeys('101#', 'rfc4733');
    await untilHears('second', second, { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] });
    await unharmed();
    expect(await office.recorded('started')).toHaveLength(2);
  });
});
