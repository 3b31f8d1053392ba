import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { Forger } from './support/forger.js';
import { answerFields, authorization, RawPhone, type RawResponse } from './support/raw-sip.js';

const [alice] = users as [{ username: string; password: string }];

/** A phone whose place and address others claim, by datagrams whose answers they never see. */
describe('a phone while datagrams are forged', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;
  let forger: Forger;

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    server.endpoint.setEmergencyNumbers(['112']);
    forger = await Forger.open(server.port);
  });
  afterAll(async () => {
    await forger.close();
    await server.close();
  });
  beforeEach(async () => {
    phone = await RawPhone.open(server.port, '127.0.0.5');
    server.forget();
  });
  afterEach(() => {
    forger.stop();
    phone.close();
  });

  const agent = 'User-Agent: a telephone as there are many (revision 1.2.3)';
  const invitation = () => ({
    method: 'INVITE',
    uri: `sip:112@127.0.0.1:${server.port}`,
    toUser: '112',
    extra: [agent],
  });

  const dialled = async (): Promise<RawResponse> => {
    const { nonce } = await phone.request(invitation());
    const fields = answerFields({ ...alice, nonce, method: 'INVITE', uri: invitation().uri });
    return phone.request({ ...invitation(), authorization: authorization(fields) });
  };

  /** Requests that look like a phone's. */
  const requests = () => [
    phone.compose({ extra: [agent] }),
    phone.compose({ ...invitation() }),
    phone.compose({ extra: [agent], authorization: authorization(answerFields({ ...alice, nonce: 'invented' })) }),
  ];

  const floods: [string, (place: RawPhone) => readonly { address: string; port: number }[]][] = [
    ['its own place', ({ address, port }) => [{ address, port }]],
    [
      'its address and other ports',
      ({ address }) => Array.from({ length: 200 }, (_, i) => ({ address, port: 20_000 + i })),
    ],
    [
      'everywhere',
      () => Array.from({ length: 500 }, (_, i) => ({ address: `127.1.${i >> 7}.${1 + (i & 127)}`, port: 5060 })),
    ],
  ];

  it.each(floods)('registers and dials 112 during a flood from %s', async (_from, placesOf) => {
    await forger.flood(placesOf(phone), requests(), 1500);
    expect((await phone.register(alice.username, alice.password, { extra: [agent] })).status).toBe(200);
    expect((await dialled()).status).toBe(486);
    forger.stop();
    expect(forger.sent).toBeGreaterThan(500);
    expect(
      (await phone.register(alice.username, alice.password, { contacts: [`${phone.contact('alice')};expires=0`] }))
        .status,
    ).toBe(200);
  });

  it('has its correct answer checked first, however much is forged', async () => {
    const { nonce } = await phone.request({});
    await forger.flood([phone], [phone.compose({ method: 'OPTIONS', contacts: [] }), ...requests()], 3000);
    const answered = phone.request({ authorization: authorization(answerFields({ ...alice, nonce })) });
    expect((await answered).status).toBe(200);
  });

  it('is not sent much more than is forged in its name', async () => {
    const before = phone.receivedBytes;
    await forger.flood([phone], requests(), 1500);
    await forger.hasSent(3000);
    forger.stop();
    expect((phone.receivedBytes - before) / forger.sentBytes).toBeLessThan(1.5);
  });
});
