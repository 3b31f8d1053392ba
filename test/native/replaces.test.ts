import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

/** RFC 3891 is not supported, nor announced: the field means nothing then (RFC 3261, 8.2.2). */
describe('an INVITE that is meant to replace a call', () => {
  let local: LocalEndpoint;
  let phone: RawCall;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (incoming) => incoming.answer());
    phone = await RawCall.dial(local.udp.port);
  });
  afterAll(async () => {
    await phone.hangUp();
    await local.close();
  });

  const dial = (headers: Readonly<Record<string, string>>) =>
    RawCall.dial(local.udp.port, { headers }).then(
      async (call) => {
        await call.hangUp();
        return 200;
      },
      (error: Error) => Number(/\d+$/.exec(error.message)?.[0]),
    );
  const running = () => decodeURIComponent(phone.asReplaces);

  it('is refused if it requires this', async () => {
    expect(await dial({ Require: 'replaces', Replaces: running() })).toBe(420);
    expect(await dial({ Require: 'replaces' })).toBe(420);
  });

  it.each([
    ['names a call', running],
    ['names a call that does not exist', () => 'nobody;to-tag=1;from-tag=2'],
    ['cannot be read', () => 'nonsense'],
  ])('is a call like any other if it does not and %s; the other call goes on', async (_, replaces) => {
    expect(await dial({ Replaces: replaces() })).toBe(200);
    expect((await phone.request('INFO')).status).toBe(200);
  });
});
