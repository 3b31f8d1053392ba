import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../../support/api.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { MovableClock } from '../../support/clock.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';
import { signaturesOf, terms } from '../../support/works-agreement.js';

const port = 18_523;
const password = 'four plain words here';
const evaluation = {
  items: [
    { id: 'greeting', text: 'Greeted by name', kind: 'yesNo' },
    { id: 'calm', text: 'Stayed calm', kind: 'scale' },
  ],
  ...{ talkDays: 2, keepDays: 28, blockDays: 30, second: [] },
};
const answers = ['yes', '4'];
/** The box looks each minute what is due. */
const aMinuteMs = 120_000;

let clock: MovableClock;
let office: RunningOffice;
let admin: BoxAdmin;

beforeAll(async () => {
  clock = await MovableClock.open();
  const people = ['100', '101', '102'];
  ({ office, admin } = await officeWithAdmin(port, { ringSeconds: 15 }, people, { environment: clock.environment }));
  const users = { mona: ['moderator', '100'], anna: ['member', '101'], clara: ['council', null] } as const;
  for (const [name, [role, extension]] of Object.entries(users)) {
    const user = { password, roles: [role], extension, language: 'en' };
    expect(await admin.ask('PUT', `/api/users/${name}`, user, '*')).toMatchObject({ status: 200 });
  }
});
afterAll(async () => {
  admin.close();
  await office.close();
  await clock.close();
});

/** Signed in anew, since the clock goes ahead of sessions. */
async function asks(name: string, method: string, path: string, body?: object) {
  const client = new ApiClient(port);
  await client.ask('POST', '/api/session', { name, password });
  const answer = await client.ask(method, `/api/own/sheets${path}`, body);
  client.close();
  return { status: answer.status, body: Object(answer.body) };
}

async function listened(): Promise<object> {
  const before = (await office.recorded('ended')).length;
  await office.talk('101', '102');
  const moderator = await office.moderate('100', `${pins[100]}#1101#`);
  await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] });
  await office.hangUp();
  const ended = await until('the end in the record', async () => (await office.recorded('ended'))[before]);
  return { session: ended.session, call: ended.call };
}

async function agree(change: object): Promise<void> {
  const { document } = Object((await admin.ask('POST', '/api/agreement/proposal', { ...terms, ...change })).body);
  const signed = { document, signatures: signaturesOf(document, 'employer', 'council') };
  expect(await admin.ask('PUT', '/api/agreement', signed)).toMatchObject({ status: 200 });
}

/** One test after the other: each finds what those before it have done. */
it('there are no sheets where the agreement does not say so', async () => {
  await agree({});
  const call = await listened();
  expect(await asks('mona', 'GET', '')).toMatchObject({ body: { rule: null, entries: [], possible: [] } });
  expect(await asks('mona', 'POST', '', { ...call, answers })).toMatchObject({
    status: 409,
    body: { code: 'evaluation.notAgreed' },
  });
});

it('a sheet is seen by moderator and member, and by no role', async () => {
  await agree({ evaluation });
  const call = await listened();
  const made = await asks('mona', 'POST', '', { ...call, answers });
  expect(made).toMatchObject({ status: 200, body: { id: 1, part: 'moderator', member: { extension: '101' } } });
  expect(await asks('mona', 'POST', '', { ...call, answers })).toMatchObject({ status: 404 });
  expect(await asks('anna', 'GET', '/1')).toMatchObject({
    status: 200,
    body: { part: 'member', items: [{ answer: 'yes' }, { answer: '4' }], talkNoted: false },
  });
  expect((await asks('clara', 'GET', '/1')).body.code).toBe('evaluation.nobody');
  expect((await admin.ask('GET', '/api/own/sheets/1')).status).toBe(403);
  expect(JSON.stringify(await office.appliance.audit())).not.toContain('Stayed calm":');
});

it('an admin does not get at it by another user with the extension', async () => {
  const user = { password, roles: ['member', 'admin'], extension: '101', language: 'en' };
  expect(await admin.ask('PUT', '/api/users/spy', user, '*')).toMatchObject({ status: 200 });
  expect(await asks('spy', 'GET', '')).toMatchObject({ body: { entries: [] } });
  expect(await asks('spy', 'GET', '/1')).toMatchObject({ status: 404, body: { code: 'evaluation.noSuchSheet' } });
  expect((await admin.ask('DELETE', '/api/users/spy', undefined, '*')).status).toBeLessThan(300);
});

it('without a talk it deletes itself, and the moderator is refused by telephone, also after a power cut', async () => {
  await clock.setDaysAhead(3);
  await until('the block in the record', async () => (await office.recorded('moderatorBlocked'))[0], aMinuteMs);
  expect(await office.recorded('sheetDeleted')).toMatchObject([{ sheet: 1, reason: 'noTalk', member: '101' }]);
  expect(await asks('anna', 'GET', '/1')).toMatchObject({ status: 404 });
  await refused(1);
  await clock.setDaysAhead(0);
  await refused(2);
  await office.powerCut();
  await admin.untilServed(office.appliance);
  await refused(3);
  expect(await asks('anna', 'GET', '')).toMatchObject({
    body: { entries: [], blocks: [{ moderator: { extension: '100' }, member: { extension: '101' } }] },
  });
});

async function refused(times: number): Promise<void> {
  await office.talk('101', '102');
  const moderator = await office.moderate('100', `${pins[100]}#1101#`);
  await office.untilRefused('talkMissing', times);
  await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('102')] });
  await office.hangUp();
}
