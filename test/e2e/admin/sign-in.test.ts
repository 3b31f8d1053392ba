import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, ApiClient } from '../../support/api.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';

const port = 18_446;
const right = { name: 'ada', password: 'correct horse battery' };
const wrong = { name: 'ada', password: 'incorrect horse battery' };

describe('whoever guesses passwords at the running box', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  const guesser = new ApiClient(port, '127.0.0.2');
  const colleague = new ApiClient(port, '127.0.0.3');

  beforeAll(async () => {
    ({ office, admin } = await officeWithAdmin(port, {}, ['101', '102']));
  });
  afterAll(async () => {
    for (const client of [admin, guesser, colleague]) client.close();
    await office.close();
  });

  /** One guess after the other: each wait is twice as long as the one before, so that it is met on a slow machine, too. */
  async function untilRefused(): Promise<ApiAnswer> {
    let answer: ApiAnswer = { status: 0, body: null };
    for (let guess = 0; guess < 20 && answer.status !== 429; guess += 1)
      answer = await guesser.ask('POST', '/api/session', wrong);
    return answer;
  }

  it('is slowed down, keeps the right person out nowhere else, and disturbs no call', async () => {
    const guesses = untilRefused();
    const { caller, callee } = await office.talk('101', '102');
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
    expect(await guesses).toMatchObject({ status: 429, body: { code: 'request.tooManyAttempts' } });
    expect((await colleague.ask('POST', '/api/session', right)).status).toBe(200);
    expect((await admin.ask('GET', '/api/session')).status).toBe(200);
    expect((await office.recorded('signInFailed')).length).toBeGreaterThan(0);
    await office.hangUp();
  });
});
