import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

describe('the number of hops that may forward a call', () => {
  let local: LocalEndpoint;

  beforeAll(async () => {
    local = await LocalEndpoint.start();
    local.endpoint.on('incomingCall', (call) => call.answer());
  });
  afterAll(() => local.close());

  it.each([
    [undefined, 70],
    [12, 12],
    [0, undefined],
  ])('is stated in the INVITE: %s', async (maxForwards, expected) => {
    const before = local.incoming.length;
    const call = local.endpoint.call({ to: local.uri, ...(maxForwards === undefined ? {} : { maxForwards }) });
    if (expected === undefined) return expect((await call.ended).status).toBe(483);
    await new Promise((resolve) => call.once('answered', () => resolve(undefined)));
    expect(local.incoming[before]?.info.maxForwards).toBe(expected);
    call.hangUp();
    await call.ended;
  });

  it('is reported for an incoming call that states it', async () => {
    const phone = await RawCall.dial(local.udp.port);
    expect(local.incoming.at(-1)?.info.maxForwards).toBe(70);
    await phone.hangUp();
  });
});
