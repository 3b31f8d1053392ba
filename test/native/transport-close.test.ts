import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

describe('a UDP transport that is closed', () => {
  let local: LocalEndpoint;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (incoming) => incoming.answer());
  });
  afterAll(() => local.close());

  it('keeps its calls, which either side can end, and takes no more', async () => {
    const [one, other] = [await RawCall.dial(local.udp.port), await RawCall.dial(local.udp.port)];
    for (const phone of [one, other]) await phone.request('INFO');
    const [first, second] = local.incoming.map(({ call }) => call);
    local.udp.close();
    for (const phone of [one, other]) expect((await phone.request('INFO')).status).toBe(200);
    await expect(RawCall.dial(local.udp.port)).rejects.toThrow('INVITE was answered 480');
    first?.hangUp();
    expect((await first?.ended)?.cause).toBe('local');
    expect((await other.request('BYE')).status).toBe(200);
    expect((await second?.ended)?.cause).toBe('remote');
  });
});
