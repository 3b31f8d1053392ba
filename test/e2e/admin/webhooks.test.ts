import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';

const port = 18_444;

describe('webhooks of the running box', () => {
  let office: RunningOffice;
  let receiver: WebhookReceiver;
  let api: BoxAdmin;

  beforeAll(async () => {
    receiver = await WebhookReceiver.open();
    ({ office, admin: api } = await officeWithAdmin(port));
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    api.close();
    await office.close();
    await receiver.close();
  });

  const set = (id: string, fields: object) =>
    api.ask('PUT', `/api/webhooks/${id}`, { url: receiver.url.href, place: 'box', events: ['calls'], ...fields }, '*');
  const status = async (id: string) => {
    const { body } = await api.ask('GET', '/api/webhook-status');
    return (body as { entries: { id: string }[] }).entries.find((each) => each.id === id);
  };
  const types = () => receiver.received.map(({ body }) => body.type);

  it('count at once, tell of a call and of whoever listens to it, and end at once', async () => {
    const made = await set('crm', { events: ['calls', 'monitors'] });
    expect(made).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^whsec_/), afterRestart: [] } });
    expect(await api.ask('POST', '/api/webhooks/crm/test', {})).toMatchObject({ body: { isDelivered: true } });
    await office.listening();
    await until('both kinds', () => ['test', 'calls', 'monitors'].every((type) => types().includes(type)));
    await until(
      'the delivery to be noted',
      async () => Number(Reflect.get((await status('crm')) ?? {}, 'delivered')) > 1,
    );
    expect((await api.ask('DELETE', '/api/webhooks/crm', undefined, '*')).status).toBe(200);
    expect((await api.ask('POST', '/api/webhooks/crm/test', {})).status).toBe(404);
    const { secret } = made.body as { secret: string };
    const said = JSON.stringify([
      (await api.ask('GET', '/api/settings')).body,
      (await api.ask('GET', '/api/settings/versions')).body,
      await office.appliance.audit(),
      office.appliance.log,
    ]);
    expect(said).toContain('crm');
    expect(said).not.toContain(secret);
  });

  it('that are not taken keep no call from its sound, and are told of', async () => {
    receiver.behaviour = () => {};
    await set('slow', {});
    await set('dead', { url: 'http://127.0.0.1:9/' });
    await set('mistaken', { url: 'http://localhost.:9/', place: 'box', enabled: false });
    const { caller, callee } = await office.talk('101', '102');
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
    await until('the trouble', async () => Boolean(Reflect.get((await status('dead')) ?? {}, 'lastFault')));
    expect(await status('dead')).toMatchObject({
      lastFault: { trouble: { reason: 'unreachable', cause: 'ECONNREFUSED' } },
    });
    expect(await status('slow')).toMatchObject({ delivered: 0, lastFault: null });
    expect(await status('mistaken')).toMatchObject({ enabled: false, waiting: 0 });
    await until('the log to tell', () =>
      office.appliance.log.some(({ msg }) => msg === 'a webhook cannot be delivered'),
    );
  });

  it('are refused where they lead to the box by mistake', async () => {
    expect(await set('mistake', { place: 'network' })).toMatchObject({ status: 422 });
    expect(JSON.stringify(await set('mistake', { place: 'network' }))).toContain('settings.fault.webhookOnBox');
  });
});
