import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { StandInRauc } from '../../support/stand-in-rauc.js';
import { until } from '../../support/waiting.js';

const port = 18_504;
const exitForMachine = 76;

describe('a box that runs from the image', () => {
  let rauc: StandInRauc;
  let office: RunningOffice;
  let admin: BoxAdmin;

  beforeAll(async () => {
    rauc = await StandInRauc.start();
    const options = { environment: rauc.environment };
    ({ office, admin } = await officeWithAdmin(port, {}, undefined, options));
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    admin.close();
    await office.close();
    await rauc.remove();
  });

  const send = (update: string) => admin.ask('POST', '/api/update/upload', Buffer.from(update));
  const ask = (what: string, input: object) => admin.ask('POST', `/api/update/${what}`, input);
  const course = async () => Object(Object((await admin.ask('GET', '/api/update')).body).latest).course as unknown;

  it('says what it is offered, and refuses with words what is not for it', async () => {
    expect(await ask('explain', { source: 'uploaded' })).toMatchObject({ status: 409 });
    await send('modcall-pi4 1.3.0');
    expect(await ask('explain', { source: 'uploaded' })).toMatchObject({ status: 200, body: { version: '1.3.0' } });
    for (const [update, words] of [
      ['signed by somebody', /another board|not signed/],
      ['forged', /not signed by the vendor/],
      ['modcall-pi5 1.3.0', /another board \(modcall-pi5\)/],
      ['modcall-pi4 0.9.0', /older major version/],
    ] as const) {
      await send(update);
      const refused = await ask('install', { source: 'uploaded' });
      expect(refused.status).toBe(422);
      expect(JSON.stringify(refused.body)).toMatch(words);
    }
    expect(await ask('install', { source: '/etc/passwd' })).toMatchObject({ status: 404 });
    expect(await course()).toBeUndefined();
  });

  it('installs one while a call goes on, and starts the machine anew once nobody talks', async () => {
    const { caller, callee } = await office.talk('101', '102');
    await send('modcall-pi4 1.3.0');
    expect(await ask('install', { source: 'uploaded' })).toMatchObject({ status: 200, body: { version: '1.3.0' } });
    await until('the update to be installed', async () => (await course()) === 'waiting');
    await untilHears('the caller', caller, { present: [toneOf('102')], absent: [] });
    await until('its restart to wait', async () => {
      const { restart } = Object((await admin.ask('GET', '/api/state')).body);
      return restart?.updates === true && restart.waitsFor === 1;
    });
    expect([callee.state, office.appliance.exitCode]).toEqual(['talking', null]);
    caller.hangUp();
    await until(
      () => `the box to end:\n${office.appliance.logTail()}`,
      () => office.appliance.exitCode !== null,
    );
    expect(office.appliance.exitCode).toBe(exitForMachine);
    expect((await office.recorded('updateOrdered')).at(-1)).toMatchObject({ by: 'ada', version: '1.3.0' });
  });
});

describe('a box that was installed as a package', () => {
  it('says what to update it with', async () => {
    const { office, admin } = await officeWithAdmin(port + 1);
    try {
      const { status, body } = await admin.ask('GET', '/api/update');
      expect([status, JSON.stringify(body)]).toEqual([503, expect.stringContaining('apt install')]);
    } finally {
      admin.close();
      await office.close();
    }
  });
});
