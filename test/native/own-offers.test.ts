import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { plainSdp, RawProvider } from './support/raw-provider.js';

const twoCodecs = plainSdp.replace('RTP/AVP 8', 'RTP/AVP 8 0');

describe('a hold while PJSIP’s own offer is pending', () => {
  let local: LocalEndpoint;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA', 'PCMU'] });
  });
  afterAll(() => local.close());

  it.each([
    ['UPDATE', ['Allow: INVITE, ACK, BYE, CANCEL, UPDATE']],
    ['INVITE', ['Allow: INVITE, ACK, BYE, CANCEL']],
  ])('by %s waits for its answer, and is sent then', async (method, lines) => {
    let isHeldBack = true;
    const provider = await RawProvider.open((offer, text) => {
      if (offer === 0) return { status: 200, lines, body: twoCodecs };
      if (offer === 1 && isHeldBack) return null;
      const isHold = text.includes('a=sendonly');
      return { status: 200, lines, body: isHold ? `${plainSdp}a=recvonly\r\n` : plainSdp };
    });
    const call = local.endpoint.call({ to: provider.uri, codecs: ['PCMA', 'PCMU'] });
    await until('the offer of one codec', () => provider.invites.length > 1);
    expect(provider.invites[1]).toMatch(new RegExp(`^${method} `));
    const held = call.hold();
    isHeldBack = false;
    await held;
    expect(provider.invites[2]).toMatch(/^INVITE [\s\S]*a=sendonly/);
    expect(provider.invites).toHaveLength(3);
    call.hangUp();
    await call.ended;
    provider.close();
  });
});
