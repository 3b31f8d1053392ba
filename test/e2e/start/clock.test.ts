import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiClient } from '../../support/api.js';
import { codeOf } from '../../support/authenticator.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { MovableClock } from '../../support/clock.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
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

const port = 18_498;
const login = { name: 'ada', password: 'correct horse battery' };
const dayMs = 24 * 3_600_000;

let clock: MovableClock;
let office: RunningOffice;
let admin: BoxAdmin;

beforeEach(async () => {
  clock = await MovableClock.open();
  const change = { profiles: [profile], ringSeconds: 15 };
  ({ office, admin } = await officeWithAdmin(port, change, ['100', '101', '102'], { environment: clock.environment }));
});
afterEach(async () => {
  admin.close();
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

it('who has signed in stays so, and no code of an authenticator app opens twice, whatever is done to the clock', async () => {
  const { secret } = Object((await admin.ask('POST', '/api/own/second-factor', {})).body);
  expect(await admin.ask('PUT', '/api/own/second-factor', { code: codeOf(secret) })).toMatchObject({ status: 200 });
  const other = new ApiClient(port);
  const signIn = async (code: string) => {
    const { status, body } = await other.ask('POST', '/api/session', { ...login, code });
    return status === 200 ? 'open' : Object(body).code;
  };
  const areSignedIn = async () =>
    (await Promise.all([admin, other].map((each) => each.ask('GET', '/api/state')))).map(({ status }) => status);

  await clock.setDaysAhead(1);
  const ahead = codeOf(secret, Date.now() + dayMs);
  expect([await signIn(ahead), await signIn(ahead)]).toEqual(['open', 'request.wrongLogin']);
  expect(await areSignedIn()).toEqual([200, 200]);
  await clock.setDaysAhead(0);
  expect(await areSignedIn()).toEqual([200, 200]);
  expect(await signIn(codeOf(secret, Date.now() + 30_000))).toBe('open');
  await clock.setDaysAhead(1);
  expect(await signIn(ahead)).toBe('request.wrongLogin');
  await clock.setDaysAhead(400);
  expect(await areSignedIn()).toEqual([200, 200]);
  await clock.forget();
  expect(await areSignedIn()).toEqual([200, 200]);
  expect(await signIn(codeOf(secret))).toBe('request.clockNotSet');
  other.close();
});
