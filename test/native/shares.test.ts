import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, type RawPhone } from './support/raw-sip.js';

const [alice, bob] = users as [{ username: string; password: string }, { username: string; password: string }];

const maxCalls = 100;
/** Of calls that nobody has answered. */
const shareOfUser = 4;
const shareOfTrunk = 10;
const reserve = 3;

describe('the legs of an endpoint', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;
  let refused: string[];

  beforeEach(async () => {
    server = await AnsweringEndpoint.start({}, maxCalls);
    server.onCall = (call) => call.progress(180);
    server.endpoint.setEmergencyNumbers(['112', '0112']);
    phone = await server.phone();
    refused = [];
  });
  afterEach(() => server.close());

  const uriOf = (number: string) => `sip:${number}@127.0.0.1:${server.port}`;

  /** The number that was called, or what the caller got instead of a ringing phone. */
  const call = async (number: string, user?: { username: string; password: string }, from = phone): Promise<string> => {
    const uri = uriOf(number);
    const parts = { method: 'INVITE', uri, toUser: number, user: user?.username ?? 'outside' };
    const nonce = user === undefined ? '' : (await from.request(parts)).nonce;
    const proof =
      user === undefined
        ? {}
        : { authorization: authorization(answerFields({ ...user, nonce, method: 'INVITE', uri })) };
    const before = server.calls.length;
    void from.request({ ...parts, ...proof }).then(
      (response) => refused.push(`${response.status} ${response.get('Retry-After') ?? ''}`),
      () => {},
    );
    const told = refused.length;
    return until('a call or a refusal', () => server.calls[before]?.requestUser ?? refused[told]);
  };

  const fill = async (count: number, user?: { username: string; password: string }, from = phone) => {
    for (let i = 0; i < count; i += 1) expect(await call('200', user, from)).toBe('200');
  };

  it('are shared out: a source that lets too many calls ring gets 503, and others get through', async () => {
    await fill(shareOfUser, alice);
    expect(await call('200', alice)).toBe('503 5');
    expect(await call('200', bob)).toBe('200');
    await server.rejected('overload');
  });

  it('let an emergency call pass where the share of its caller is used up', async () => {
    await fill(shareOfUser, alice);
    expect(await call('112', alice)).toBe('112');
    expect(await call('0112', alice)).toBe('0112');
  });

  it('cannot be used up by forging the address of a trunk', async () => {
    server.endpoint.setPeers([{ name: 'carrier', addresses: ['127.0.0.1'] }]);
    const trunk = await server.phone();
    await fill(shareOfTrunk, undefined, trunk);
    expect(await call('112', undefined, trunk)).toBe('503 5');
    server.endpoint.setPeers([]);
    expect(await call('201', alice)).toBe('201');
  });

  it('are reserved for emergency calls, in and out', async () => {
    const dial = (emergency: boolean) => server.endpoint.call({ to: `sip:nobody@127.0.0.1:${phone.port}`, emergency });
    for (let i = 0; i < maxCalls - reserve; i += 1) dial(false);
    expect(() => dial(false)).toThrow();
    expect(await call('200', alice)).toBe('503 5');
    expect(await call('112', alice)).toBe('112');
    expect(await call('112', alice), 'a second of the reserve for one source').toBe('503 5');
    dial(true);
    expect(await call('112', bob)).toBe('112');
    expect(() => dial(true)).toThrow();
  });

  it('become free when a call ends', async () => {
    server.onCall = (call) => call.reject(486);
    await fill(2 * shareOfUser, alice);
  });
});
