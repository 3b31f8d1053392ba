import { afterEach, beforeEach, expect, it } from 'vitest';
import { MovableClock } from '../../support/clock.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

const none = { kind: 'none' };
const profile = {
  id: 'support',
  name: 'Support',
  service: '*55',
  moderators: 'leads',
  members: 'support',
  interventions: [],
  quota: 1,
  notice: { member: none, other: none },
};

let clock: MovableClock;
let office: RunningOffice;

beforeEach(async () => {
  clock = await MovableClock.open();
  office = await RunningOffice.open({ profiles: [profile], ringSeconds: 15 }, ['100', '101', '102'], {
    environment: clock.environment,
  });
});
afterEach(async () => {
  await office.close();
  await clock.close();
});

/** What the moderator is turned away with, after the PIN and the member. */
async function refusal(): Promise<unknown> {
  const before = (await office.recorded('refused')).length;
  await office.moderate('100', `${pins[100]}#101#`);
  return until('a refusal', async () => (await office.recorded('refused'))[before]?.reason);
}

it('a start in 1970 forgets no quota, and its entries say that the clock was not set', async () => {
  await office.talk('101', '102');
  const first = await office.moderate('100', `${pins[100]}#101#`);
  await untilHears('moderator', first, { present: [toneOf('101'), toneOf('102')], absent: [] });
  await clock.forget();
  // Lost while it runs, too, the clock puts nothing before what was.
  await office.moderate('100', '000000#');
  await office.untilRefused('wrongPin');
  await office.powerCut();
  expect(office.appliance.log.find(({ code }) => code === 'clockNotSet')).toMatchObject({ level: 'warn' });
  await office.talk('101', '102');
  expect(await refusal()).toBe('quotaUsedUp');
  const entries = await office.appliance.audit();
  const started = entries.findLastIndex(({ fact }) => fact.type === 'boxStarted');
  expect(entries[started]).toMatchObject({ clock: 'notSet' });
  const times = entries.map(({ time }) => time);
  expect(times).toEqual([...times].sort());
  expect(await office.appliance.command('audit', 'verify')).toMatchObject({ code: 0 });
});

it('a phone goes on ringing, and the dialogue goes on, whatever is done to the clock', async () => {
  const ringing = await office.call('101', '102');
  await until('the phone to ring', () => ringing.state === 'ringing');
  await clock.setDaysAhead(400);
  const monitor = await office.moderate('100', `${pins[100]}#`);
  await until('the moderator to be let in', async () => (await office.recorded('identified')).length > 0);
  // By a clock that leaps ahead it would have rung its time by now.
  expect([ringing.state, monitor.state]).toEqual(['ringing', 'talking']);
  await clock.forget();
  // By a clock that goes back it would ring for years.
  await until('the phone to have rung its time', () => ringing.state === 'ended');
});
