import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

const named = (sdp: string) => /^a=fmtp:101 (.*)\r$/m.exec(sdp)?.[1];

describe('the telephone-events', () => {
  let local: LocalEndpoint;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (call) => call.answer());
  });
  afterAll(() => local.close());

  it.each([
    ['0-15', '0-15'],
    ['0-16', '0-15'],
    ['0-11,16', '0-11'],
    ['1,3-4,15-300', '1,3-4,15'],
    [null, '0-15'],
  ])('of an offer of %s are answered %s', async (events, answered) => {
    const phone = await RawCall.dial(local.udp.port, { events });
    expect(named(phone.answer)).toBe(answered);
    await phone.hangUp();
  });

  it('are answered as offered in a re-INVITE, too', async () => {
    const phone = await RawCall.dial(local.udp.port, { events: '0-9' });
    const again = await phone.request('INVITE', { type: 'application/sdp', body: phone.offer() });
    phone.acknowledge();
    expect(named(again.text)).toBe('0-9');
    await phone.hangUp();
  });
});
