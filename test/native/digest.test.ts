import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, RawPhone, type RawResponse, realm, serverUri } from './support/raw-sip.js';

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

  it('offers MD5 before SHA-256, both with qop=auth and our realm', async () => {
    const { status, challenges } = await phone.request();
    expect(status).toBe(401);
    expect(challenges.map((challenge) => challenge.algorithm)).toEqual(['MD5', 'SHA-256']);
    for (const challenge of challenges) expect(challenge).toMatchObject({ realm, qop: 'auth', stale: false });
  });

  it.each(['SHA-256', 'MD5'] as const)('accepts a correct answer in %s', async (algorithm) => {
    expect((await sendFields(await rightFields({ algorithm }))).status).toBe(200);
  });

  it('assumes MD5 when no algorithm is named (RFC 7616, 3.4)', async () => {
    const { algorithm: _, ...fields } = await rightFields({ algorithm: 'MD5' });
    expect((await sendFields(fields)).status).toBe(200);
  });

  it('accepts one of several answers, which a client that knows both algorithms sends', async () => {
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

  it('answers an unknown user exactly like a wrong password', async () => {
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

  it('accepts rising nonce counts of one nonce, but not falling ones', async () => {
    const nonce = await phone.nonce();
    const statusOf = async (nc: number): Promise<number> =>
      (await sendFields(answerFields({ ...alice, nonce, nc }))).status;
    expect(await statusOf(1)).toBe(200);
    expect(await statusOf(7)).toBe(200);
    expect(await statusOf(6)).toBe(401);
    expect(await statusOf(8)).toBe(200);
  });

  it('answers a retransmission like the original request', async () => {
    const text = phone.compose({ authorization: authorization(await rightFields()) });
    const first = await phone.exchange(text);
    const second = await phone.exchange(text);
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
  });

  it('calls a correct answer to a forgotten nonce stale, not wrong', async () => {
    const nonce = (await phone.nonce()).replace(/^.{16}/, '0000000000000001');
    const right = await sendFields(answerFields({ ...alice, nonce }));
    expect(right.status).toBe(401);
    expect(right.challenges.map((challenge) => challenge.stale)).toEqual([true, true]);
    const wrong = await sendFields(answerFields({ ...alice, password: 'wrong', nonce }));
    expect(wrong.status).toBe(401);
    expect(wrong.challenges.map((challenge) => challenge.stale)).toEqual([false, false]);
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

  it('refuses an answer for another method', async () => {
    expect((await sendFields(await rightFields({ method: 'INVITE' }))).status).toBe(403);
  });

  it('challenges an answer for another realm or an algorithm that is not offered again', async () => {
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

  it.each(['sip:127.0.0.1', `sip:${realm}`])('accepts an INVITE whose answer names only our host, %s', async (uri) => {
    const target = { method: 'INVITE', uri: `sip:200@127.0.0.1:${server.port}` };
    const { nonce } = await phone.request(target);
    const fields = answerFields({ ...alice, nonce, method: 'INVITE', uri });
    expect((await sendFields(fields, target)).status).toBe(486);
  });

  it('offers each user the algorithms set for that user', async () => {
    const careful = { username: 'careful', password: 'only the better one', algorithms: ['SHA-256'] as const };
    server.registrar.setUsers([...users, careful]);
    const { challenges, nonce } = await phone.request({ user: 'careful' });
    expect(challenges.map(({ algorithm }) => algorithm)).toEqual(['SHA-256']);
    const statusOf = async (algorithm: 'SHA-256' | 'MD5') =>
      (await sendFields(answerFields({ ...careful, nonce, algorithm }), { user: 'careful' })).status;
    expect(await statusOf('MD5')).toBe(401);
    expect(await statusOf('SHA-256')).toBe(200);
    server.registrar.setUsers(users);
  });

  it('offers others from now on to those without algorithms of their own, known or not, and ends no registration', async () => {
    const careful = { username: 'careful', password: 'only the better one', algorithms: ['SHA-256'] as const };
    server.registrar.setUsers([...users, careful]);
    await sendFields(answerFields({ ...alice, nonce: await phone.nonce() }));
    const offered = async (user: string) =>
      (await phone.request({ user })).challenges.map(({ algorithm }) => algorithm);
    const before = server.registrar.bindings('alice');
    server.registrar.setAlgorithms(['SHA-256', 'MD5']);
    expect([await offered('alice'), await offered('nobody'), await offered('careful')]).toEqual([
      ['SHA-256', 'MD5'],
      ['SHA-256', 'MD5'],
      ['SHA-256'],
    ]);
    expect(server.registrar.bindings('alice').map(({ contact }) => contact)).toEqual(
      before.map(({ contact }) => contact),
    );
    expect(() => server.registrar.setAlgorithms([])).toThrow(TypeError);
    server.registrar.setAlgorithms(['MD5', 'SHA-256']);
    server.registrar.setUsers(users);
  });

  describe('when somebody guesses passwords', () => {
    /** Sends wrong answers to a nonce that was really given, until they are no longer judged. */
    const guess = async (guesser: RawPhone, username: string, count = 140): Promise<void> => {
      const nonce = await guesser.nonce();
      for (let i = 0; i < count; i += 1) {
        const fields = answerFields({ username, password: `guess ${i}`, nonce });
        const { status } = await guesser.request({ user: username, authorization: authorization(fields) });
        if (status === 503) return;
      }
      throw new Error(`${count} guesses were judged`);
    };

    beforeEach(async () => {
      await server.close();
      server = await AnsweringEndpoint.start();
      phone = await server.phone();
    });

    it('slows them down, and lets others in meanwhile', async () => {
      const guesser = await server.phone();
      await guess(guesser, 'carol');
      await server.rejected('guessing');
      expect((await phone.register(alice.username, alice.password)).status).toBe(200);
    });

    it('still lets in a registered phone from the same address', async () => {
      expect((await phone.register(alice.username, alice.password)).status).toBe(200);
      const guesser = await server.phone();
      await guess(guesser, 'alice');
      expect((await phone.register(alice.username, alice.password)).status).toBe(200);
      const target = { method: 'INVITE', uri: `sip:112@127.0.0.1:${server.port}` };
      const { nonce } = await phone.request(target);
      expect((await sendFields(answerFields({ ...alice, nonce, ...target }), target)).status).toBe(486);
    });

    it('does not forget them when they invent names', async () => {
      const guesser = await server.phone();
      await guess(guesser, 'alice');
      const nonce = await guesser.nonce();
      for (let i = 0; i < 4200; i += 1) {
        const fields = answerFields({ username: `invented${i}`, password: 'x', nonce });
        guesser.send(guesser.compose({ user: `invented${i}`, authorization: authorization(fields) }));
      }
      await guess(guesser, 'alice', 50);
    });

    it('lets in a phone that is no longer registered but has proved itself before, from the same address', async () => {
      expect((await phone.register(alice.username, alice.password)).status).toBe(200);
      const gone = { contacts: [`${phone.contact('alice')};expires=0`] };
      expect((await phone.register(alice.username, alice.password, gone)).status).toBe(200);
      const guesser = await server.phone();
      await guess(guesser, 'alice');
      expect((await phone.register(alice.username, alice.password)).status).toBe(200);
    });

    it('lets in a new phone while many addresses guess its password, and slows those down', async () => {
      const guessers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => RawPhone.open(server.port, `127.0.6.${i + 1}`)),
      );
      await Promise.all(guessers.map((guesser) => guess(guesser, 'alice')));
      const late = await RawPhone.open(server.port, '127.0.6.10');
      await guess(late, 'alice', 10);
      const newcomer = await RawPhone.open(server.port, '127.0.6.11');
      expect((await newcomer.register(alice.username, alice.password)).status).toBe(200);
      for (const one of [...guessers, late, newcomer]) one.close();
    });

    it('does not count an answer to a nonce that was not given to its address', async () => {
      const elsewhere = await RawPhone.open(server.port, '127.0.0.2');
      const nonce = await elsewhere.nonce();
      const guesser = await server.phone();
      for (const invented of [nonce, 'invented'])
        for (let i = 0; i < 140; i += 1) {
          const fields = answerFields({ username: 'alice', password: 'guess', nonce: invented });
          guesser.send(guesser.compose({ authorization: authorization(fields) }));
        }
      elsewhere.close();
      expect((await phone.register(alice.username, alice.password)).status).toBe(200);
      expect(server.rejections.filter(({ kind }) => kind === 'guessing' || kind === 'wrongDigest')).toEqual([]);
    });
  });
});
