import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, type RawPhone, type RawResponse, realm, serverUri } from './support/raw-sip.js';

const [alice] = users as [{ username: string; password: string }];

describe('digest authentication', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    phone = await server.phone();
  });
  afterAll(() => server.close());
  beforeEach(() => server.forget());

  const sendFields = (fields: Record<string, string>, parts = {}): Promise<RawResponse> =>
    phone.request({ ...parts, authorization: authorization(fields) });

  const rightFields = async (parts = {}): Promise<Record<string, string>> =>
    answerFields({ ...alice, nonce: await phone.nonce(), ...parts });

  it('offers SHA-256 before MD5, both with qop=auth and our realm', async () => {
    const { status, challenges } = await phone.request();
    expect(status).toBe(401);
    expect(challenges.map((challenge) => challenge.algorithm)).toEqual(['SHA-256', 'MD5']);
    for (const challenge of challenges) expect(challenge).toMatchObject({ realm, qop: 'auth', stale: false });
  });

  it.each(['SHA-256', 'MD5'] as const)('accepts a right answer in %s', async (algorithm) => {
    expect((await sendFields(await rightFields({ algorithm }))).status).toBe(200);
  });

  it('takes MD5 for meant when no algorithm is named (RFC 7616, 3.4)', async () => {
    const { algorithm: _, ...fields } = await rightFields({ algorithm: 'MD5' });
    expect((await sendFields(fields)).status).toBe(200);
  });

  it('takes one of several answers, as a client that knows both algorithms sends them', async () => {
    const nonce = await phone.nonce();
    const [first, second] = (['SHA-256', 'MD5'] as const).map((algorithm) =>
      authorization(answerFields({ ...alice, nonce, algorithm })),
    );
    const response = await phone.request({ authorization: first ?? '', extra: [`Authorization: ${second}`] });
    expect(response.status).toBe(200);
  });

  it('refuses a wrong password', async () => {
    expect((await sendFields(await rightFields({ password: 'wrong' }))).status).toBe(403);
    expect(await server.rejected('wrongDigest')).toMatchObject({ username: 'alice', method: 'REGISTER' });
  });

  it('answers an unknown user exactly as a wrong password', async () => {
    const known = await sendFields(await rightFields({ password: 'wrong' }));
    const challenge = await phone.request({ user: 'nobody' });
    const fields = answerFields({ username: 'nobody', password: 'wrong', nonce: challenge.nonce });
    const unknown = await sendFields(fields, { user: 'nobody' });
    const shape = ({ text }: RawResponse): string[] => text.split('\r\n').map((line) => line.split(':')[0] ?? '');
    expect(challenge.status).toBe(401);
    expect(challenge.challenges).toHaveLength(2);
    expect(shape(unknown)).toEqual(shape(known));
    expect(await server.rejected('stranger')).toMatchObject({ username: 'nobody' });
  });

  it('refuses an answer whose nonce count was used before', async () => {
    const fields = await rightFields();
    expect((await sendFields(fields)).status).toBe(200);
    const replayed = await sendFields(fields);
    expect(replayed.status).toBe(401);
    expect(replayed.challenges[0]).toMatchObject({ stale: true });
    await server.rejected('replay');
  });

  it('accepts rising nonce counts of one nonce, and none that falls', async () => {
    const nonce = await phone.nonce();
    const statusOf = async (nc: number): Promise<number> =>
      (await sendFields(answerFields({ ...alice, nonce, nc }))).status;
    expect(await statusOf(1)).toBe(200);
    expect(await statusOf(7)).toBe(200);
    expect(await statusOf(6)).toBe(401);
    expect(await statusOf(8)).toBe(200);
  });

  it('answers a retransmission as it answered the request', async () => {
    const text = phone.compose({ authorization: authorization(await rightFields()) });
    const first = await phone.exchange(text);
    const second = await phone.exchange(text);
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
  });

  it('says stale, not wrong, to a right answer on a nonce it does not know any more', async () => {
    const nonce = (await phone.nonce()).replace(/^.{16}/, '0000000000000001');
    const right = await sendFields(answerFields({ ...alice, nonce }));
    expect(right.status).toBe(401);
    expect(right.challenges.map((challenge) => challenge.stale)).toEqual([true, true]);
    const wrong = await sendFields(answerFields({ ...alice, password: 'wrong', nonce }));
    expect(wrong.status).toBe(403);
  });

  it('refuses an answer for another Request-URI', async () => {
    expect((await sendFields(await rightFields({ uri: 'sip:elsewhere.example' }))).status).toBe(400);
    await server.rejected('foreignUri');
  });

  it('accepts an equivalent Request-URI that is written differently', async () => {
    const uri = 'sip:127.0.0.1;a=1;b=2';
    const fields = await rightFields({ uri: 'SIP:127.0.0.1;b=2;a=1' });
    expect((await sendFields(fields, { uri })).status).toBe(200);
  });

  it('refuses an answer made for another method', async () => {
    expect((await sendFields(await rightFields({ method: 'INVITE' }))).status).toBe(403);
  });

  it('challenges again for another realm or an algorithm that it does not offer', async () => {
    const fields = await rightFields();
    const foreignRealm = await sendFields(answerFields({ ...alice, nonce: fields.nonce ?? '', realm: 'elsewhere' }));
    expect(foreignRealm.status).toBe(401);
    const unknownAlgorithm = await sendFields({ ...fields, algorithm: 'SHA-512-256' });
    expect(unknownAlgorithm.status).toBe(401);
  });

  it.each(['username', 'nonce', 'uri', 'response', 'cnonce', 'qop', 'nc'])(
    'refuses an answer without %s',
    async (name) => {
      const { [name]: _, ...fields } = await rightFields();
      expect((await sendFields(fields)).status).toBe(400);
    },
  );

  it.each([
    ['a username of 300 bytes', { username: 'a'.repeat(300) }],
    ['a nonce of 300 bytes', { nonce: 'a'.repeat(300) }],
    ['a cnonce of 300 bytes', { cnonce: 'a'.repeat(300) }],
    ['a uri of 2000 bytes', { uri: `${serverUri};a=${'a'.repeat(2000)}` }],
    ['a short response', { response: 'abc' }],
    ['a nonce count of seven digits', { nc: '0000001' }],
    ['a nonce count of zero', { nc: '00000000' }],
    ['qop=auth-int', { qop: 'auth-int' }],
  ])('refuses %s', async (_, spoilt) => {
    expect((await sendFields({ ...(await rightFields()), ...spoilt })).status).toBe(400);
  });

  it('throttles guessing, and lets others in meanwhile', async () => {
    const nonce = await phone.nonce();
    const guess = phone.compose({
      user: 'carol',
      authorization: authorization(answerFields({ username: 'carol', password: 'guess', nonce })),
    });
    for (let i = 0; i < 200; i += 1) phone.send(guess.replace(/branch=z9hG4bK/, `branch=z9hG4bK${i}x`));
    await server.rejected('guessing');
    expect((await phone.register(alice.username, alice.password)).status).toBe(200);
  });
});
