import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Call, InvalidStateError } from '../../src/node-pjsua2/src/index.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall } from './support/raw-call.js';

/** Transactions last so long without an answer, where nobody has less patience (RFC 3261, 17.1.2.2). */
const transactionMs = 32_000;

describe('asking whether the other side is there', () => {
  let local: LocalEndpoint;
  let phone: RawCall;
  let call: Call;

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (incoming) => incoming.answer());
  });
  afterAll(() => local.close());
  beforeEach(async () => {
    phone = await RawCall.dial(local.udp.port);
    ({ call } = await local.caller());
  });
  afterEach(async () => {
    await phone.hangUp();
    await call.ended;
  });

  it.each([200, 405, 500])('takes any answer as a sign of life: %d', async (status) => {
    phone.optionsStatus = status;
    await call.probe();
    expect(phone.options).toHaveLength(1);
    expect(phone.options[0]).toMatch(/^To: .*;tag=/m);
  });

  it('reports that nobody knows the call', async () => {
    phone.optionsStatus = 481;
    await expect(call.probe()).rejects.toMatchObject({ operation: 'OPTIONS' });
  });

  it('does not end a call that does not answer', async () => {
    phone.optionsStatus = null;
    await expect(call.probe()).rejects.toMatchObject({ operation: 'OPTIONS' });
    expect((await phone.request('INFO')).status).toBe(200);
  });

  it('does not need a call', async () => {
    await local.endpoint.probe(local.uri);
    const silent = createSocket('udp4');
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address();
    const asked = performance.now();
    await expect(local.endpoint.probe(`sip:100@127.0.0.1:${port}`)).rejects.toMatchObject({ operation: 'OPTIONS' });
    expect(performance.now() - asked).toBeLessThan(transactionMs);
    await expect(local.endpoint.probe('tel:100')).rejects.toThrow(TypeError);
    silent.close();
  });

  it('fails for a call that is over', async () => {
    const over = call;
    await phone.hangUp();
    await over.ended;
    await expect(over.probe()).rejects.toThrow(InvalidStateError);
    phone = await RawCall.dial(local.udp.port);
    ({ call } = await local.caller());
  });
});
