import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

describe('how many may pass a call on', () => {
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
  ])('is said in the INVITE: %s', async (maxForwards, expected) => {
    const before = local.incoming.length;
    const call = local.endpoint.call({ to: local.uri, ...(maxForwards === undefined ? {} : { maxForwards }) });
    if (expected === undefined) return expect((await call.ended).status).toBe(483);
    await new Promise((resolve) => call.once('answered', () => resolve(undefined)));
    expect(local.incoming[before]?.info.maxForwards).toBe(expected);
    call.hangUp();
    await call.ended;
  });

  it('is told of an incoming call, where it is said', async () => {
    const phone = await RawCall.dial(local.udp.port);
    expect(local.incoming.at(-1)?.info.maxForwards).toBe(70);
    await phone.hangUp();
  });
});
