import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { answerFields, authorization, RawPhone, type RawResponse, type RequestParts } from './support/raw-sip.js';

const [alice, bob] = users as [{ username: string; password: string }, { username: string; password: string }];

const offer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 4000 RTP/AVP 0',
  'a=rtpmap:0 PCMU/8000',
  '',
].join('\r\n');
const asSdp = 'Content-Type: application/sdp';

describe('admission', () => {
  let server: AnsweringEndpoint;
  let phone: RawPhone;
  let uri: string;

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    phone = await server.phone();
    uri = `sip:200@127.0.0.1:${server.port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => server.forget());
  afterEach(() => server.endpoint.setPeers([]));

  const invite = (parts: RequestParts = {}): Promise<RawResponse> =>
    phone.request({ method: 'INVITE', uri, toUser: '200', extra: [asSdp], body: offer, ...parts });

  const inviteWithDigest = async (parts: RequestParts, user = alice): Promise<RawResponse> => {
    const { nonce } = await invite(parts);
    const fields = answerFields({ ...user, nonce, method: 'INVITE', uri });
    return invite({ ...parts, authorization: authorization(fields) });
  };

  it('tells of those who never answer a challenge, not of those who register somebody else', async () => {
    const { username, password } = alice;
    for (let times = 0; times < 5; times += 1)
      expect((await phone.register(username, password, { fromUser: 'desk', toUser: username })).status).toBe(200);
    for (let times = 0; times < 5; times += 1) await phone.request({ user: bob.username });
    await server.rejected('unanswered');
    expect(server.rejections.filter(({ kind, username: who }) => kind === 'unanswered' && who !== 'bob')).toEqual([]);
  });

  it('tells of a wrong password as such, not also as of somebody who never answers', async () => {
    const { username } = alice;
    for (let times = 0; times < 5; times += 1) expect((await phone.register(username, 'wrong')).status).toBe(403);
    await server.rejected('wrongDigest');
    for (let times = 0; times < 5; times += 1) await phone.request({ user: bob.username });
    await server.rejected('unanswered');
    expect(server.rejections.filter(({ kind, username: who }) => kind === 'unanswered' && who !== 'bob')).toEqual([]);
  });

  describe('an INVITE', () => {
    it('of a user is admitted with a correct answer and keeps its origin', async () => {
      expect((await inviteWithDigest({})).status).toBe(486);
      expect(server.calls).toMatchObject([{ origin: { kind: 'user', username: 'alice' }, requestUser: '200' }]);
    });

    it('of a stranger is challenged and then refused', async () => {
      expect((await invite({ user: 'mallory' })).status).toBe(401);
      expect((await inviteWithDigest({ user: 'mallory' }, { username: 'mallory', password: 'guess' })).status).toBe(
        403,
      );
      expect(await server.rejected('stranger')).toMatchObject({ method: 'INVITE', username: 'mallory' });
      expect(server.calls).toEqual([]);
    });

    it('of a user under another user’s name is refused', async () => {
      expect((await inviteWithDigest({ fromUser: 'bob' })).status).toBe(403);
      expect(await server.rejected('impersonation')).toMatchObject({ username: 'alice' });
      expect((await inviteWithDigest({ user: 'bob' }, bob)).status).toBe(486);
      expect(server.calls).toHaveLength(1);
    });

    it.each(['anonymous', 'Anonymous'])(
      'of a user who does not want to be seen (%s) is admitted as theirs',
      async (fromUser) => {
        expect((await inviteWithDigest({ fromUser })).status).toBe(486);
        expect(server.calls).toMatchObject([{ origin: { kind: 'user', username: 'alice' } }]);
        expect((await inviteWithDigest({ fromUser }, { ...alice, password: 'guess' })).status).toBe(403);
        expect(server.calls).toHaveLength(1);
      },
    );

    it('is not admitted a second time with the same answer', async () => {
      const { nonce } = await invite();
      const answer = authorization(answerFields({ ...alice, nonce, method: 'INVITE', uri }));
      expect((await invite({ authorization: answer })).status).toBe(486);
      expect((await invite({ authorization: answer })).status).toBe(401);
      expect(server.calls).toHaveLength(1);
    });

    it('of a peer is admitted by its address alone, as long as it is a peer', async () => {
      server.endpoint.setPeers([
        { name: 'somebody else', addresses: ['192.0.2.0/24', '2001:db8::1'] },
        { name: 'carrier', addresses: ['127.0.0.0/8'] },
      ]);
      expect((await invite({ user: '+49301234' })).status).toBe(486);
      expect(server.calls).toMatchObject([{ origin: { kind: 'peer', name: 'carrier' }, from: { user: '+49301234' } }]);
      server.endpoint.setPeers([]);
      expect((await invite({ user: '+49301234' })).status).toBe(401);
    });

    describe('from an address that a peer and phones of our own share', () => {
      beforeAll(() => phone.register(alice.username, alice.password));
      afterAll(() => phone.register(alice.username, alice.password, { extra: ['Expires: 0'] }));
      beforeEach(() => server.endpoint.setPeers([{ name: 'carrier', addresses: ['127.0.0.1'] }]));

      it.each(['alice', 'anonymous'])(
        'is that of a phone which is registered there (%s), if it proves that',
        async (fromUser) => {
          expect((await inviteWithDigest({ fromUser })).status).toBe(486);
          expect(server.calls).toMatchObject([{ origin: { kind: 'user', username: 'alice' } }]);
          expect((await invite({ fromUser })).status).toBe(401);
          expect((await inviteWithDigest({ fromUser }, { ...alice, password: 'guess' })).status).toBe(403);
          expect(server.calls).toHaveLength(1);
        },
      );

      it('is that of a phone also from another port', async () => {
        const elsewhere = await server.phone();
        const parts = { method: 'INVITE', uri, fromUser: 'anonymous', toUser: '200', extra: [asSdp], body: offer };
        expect((await elsewhere.request({ ...parts, contacts: ['<sip:alice@127.0.0.1:9>'] })).status).toBe(401);
        expect((await elsewhere.request({ ...parts, fromUser: 'alice' })).status).toBe(401);
      });

      it.each(['+49301234', 'anonymous', 'bob'])(
        'is that of the peer, where it is of no phone there (%s)',
        async (fromUser) => {
          const pbx = await server.phone();
          const parts = { method: 'INVITE', uri, toUser: '200', contacts: ['<sip:trunk@127.0.0.1>'] };
          expect((await pbx.request({ ...parts, fromUser, extra: [asSdp], body: offer })).status).toBe(486);
          expect(server.calls).toMatchObject([{ origin: { kind: 'peer', name: 'carrier' } }]);
        },
      );

      it('is that of the peer with an answer to a challenge that was not ours', async () => {
        const pbx = await server.phone();
        const parts = {
          method: 'INVITE',
          uri,
          fromUser: '+49301234',
          toUser: '200',
          contacts: ['<sip:trunk@127.0.0.1>'],
        };
        const foreign = authorization(answerFields({ ...alice, nonce: 'somebody else’s', method: 'INVITE', uri }));
        const answered = { ...parts, authorization: foreign, extra: [asSdp], body: offer };
        expect((await pbx.request(answered)).status).toBe(486);
        expect(server.calls).toMatchObject([{ origin: { kind: 'peer', name: 'carrier' } }]);
      });
    });

    it('to the contact of an account is not admitted from other hosts', async () => {
      expect((await invite({ uri: `${uri};line=00112233445566778899aabbccddeeff` })).status).toBe(401);
    });

    it('within a dialog that does not exist is refused', async () => {
      const text = phone.compose({ method: 'INVITE', uri }).replace(/^(To: .*)$/m, '$1;tag=gone');
      expect((await phone.exchange(text)).status).toBe(481);
    });
  });

  it('refuses peers with invalid addresses', () => {
    const setAddress = (address: string) => () => server.endpoint.setPeers([{ name: 'carrier', addresses: [address] }]);
    for (const wrong of ['', 'carrier.example', '10.0.0.0/33', '10.0.0/8', '2001:db8::/129', '10.0.0.1/']) {
      expect(setAddress(wrong)).toThrow(TypeError);
    }
  });

  it('tells strangers its capabilities', async () => {
    const response = await phone.request({ method: 'OPTIONS', contacts: [] });
    expect(response.status).toBe(200);
    expect(response.get('Allow')).toContain('INVITE');
    expect(response.get('Accept')).toBe('application/sdp');
    expect(response.get('Supported')).toContain('timer');
  });

  it.each(['MESSAGE', 'NOTIFY', 'REFER', 'PUBLISH'])('does not allow %s', async (method) => {
    const response = await phone.request({ method });
    expect(response.status).toBe(405);
    expect(response.get('Allow')).toContain('INVITE');
  });

  it('says to what event somebody may subscribe', async () => {
    const response = await phone.request({ method: 'SUBSCRIBE' });
    expect([response.status, response.get('Allow-Events')]).toEqual([489, 'dialog']);
  });

  it.each(['BYE', 'INFO', 'UPDATE', 'PRACK', 'CANCEL'])(
    'knows no dialog or transaction for a lone %s',
    async (method) => {
      expect((await phone.request({ method })).status).toBe(481);
    },
  );

  it('does not implement an unknown method', async () => {
    const method = 'FROBNICATE';
    expect((await phone.request({ method })).status).toBe(501);
    expect(await server.rejected('unknownMethod')).toMatchObject({ method });
  });

  it('treats a method in lower case as a different one', async () => {
    const small = phone.compose({ method: 'INVITE', uri, extra: [asSdp], body: offer }).replaceAll('INVITE', 'invite');
    expect((await phone.exchange(small)).status).toBe(501);
    expect(await server.rejected('unknownMethod')).toMatchObject({ method: 'invite' });
  });

  it.each<[string, number, RequestParts]>([
    ['a body', 413, { extra: [asSdp], body: 'a'.repeat(8193) }],
    ['a body without a type', 413, { body: 'a'.repeat(8193) }],
    ['a header field', 513, { extra: [`Subject: ${'a'.repeat(12_000)}`] }],
    ['a datagram', 513, { extra: [`Subject: ${'a'.repeat(60_000)}`] }],
  ])('refuses %s that is too large before asking who calls', async (_what, status, parts) => {
    expect((await phone.request({ method: 'INVITE', uri, ...parts })).status).toBe(status);
    expect(await server.rejected('oversize')).toMatchObject({ method: 'INVITE' });
  });

  it.each<[string, (text: string) => string]>([
    ['an unreadable Expires', (text) => text.replace(/^Contact: /m, 'Expires: soon\r\nContact: ')],
    ['an unreadable Authorization', (text) => text.replace(/^Contact: /m, 'Authorization: Digest ===,,\r\nContact: ')],
    ['a CSeq with another method', (text) => text.replace(/^CSeq: (\d+) .*$/m, 'CSeq: $1 OPTIONS')],
    [
      'an end before the end of its body',
      (text) => text.replace(/^Content-Length: 0/m, `${asSdp}\r\nContent-Length: 10`),
    ],
  ])('answers 400 to a request with %s', async (_what, spoil) => {
    expect((await phone.exchange(spoil(phone.compose({})))).status).toBe(400);
  });

  it('reports who sent an unreadable message', async () => {
    expect((await phone.request({ contacts: ['<sip:@@>;;=<'] })).status).toBe(400);
    const source = { address: phone.address, port: phone.port };
    expect(await server.rejected('malformed')).toMatchObject({ method: 'REGISTER', source });
  });

  it('refuses a Request-URI that is not a SIP URI', async () => {
    expect((await phone.request({ uri: 'tel:+49301234' })).status).toBe(416);
  });

  it('reports a flood of refusals in a few events and counts the rest', async () => {
    const sent = 300;
    for (let i = 0; i < sent; i += 1) phone.send(phone.compose({ method: 'FROBNICATE' }));
    const told = () => server.rejections.filter(({ kind }) => kind === 'unknownMethod');
    await until('a count of the suppressed', async () => {
      await phone.request({ method: 'FROBNICATE' });
      return told().some(({ suppressed }) => suppressed > 0);
    });
    expect(told().length).toBeLessThan(sent / 4);
  });

  it('answers only the sender, whatever Via says', async () => {
    const elsewhere = await RawPhone.open(server.port, '127.0.0.9');
    const spoil = (text: string) =>
      text
        .replace(/;rport/, `;maddr=127.0.0.9;rport=${elsewhere.port}`)
        .replace(/^Via: (.*)127.0.0.1/m, 'Via: $1127.0.0.9');
    expect((await phone.exchange(spoil(phone.compose({ method: 'OPTIONS' })))).status).toBe(200);
    expect(elsewhere.received).toBe(0);
    elsewhere.close();
  });

  it('answers a short datagram with one not much longer', async () => {
    const text = [
      'REGISTER sip:a SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.1:${phone.port};branch=z9hG4bKshort`,
      'From: <sip:a@a>;tag=1',
      'To: <sip:a@a>',
      'Call-ID: 1',
      'CSeq: 1 REGISTER',
      '',
      '',
    ].join('\r\n');
    const { status, text: answer } = await phone.exchange(text);
    expect(status).toBe(401);
    expect(answer.length).toBeLessThan(3 * text.length);
  });

  it('answers a flood from one sender only in part, and others as usual', async () => {
    const flooding = await RawPhone.open(server.port, '127.0.0.8');
    const sent = 1000;
    for (let i = 0; i < sent; i += 1) flooding.send(flooding.compose({ method: 'OPTIONS', contacts: [] }));
    expect((await phone.request({})).status).toBe(401);
    await until('its few answers', () => flooding.received >= 60);
    expect(flooding.received).toBeLessThan(sent / 4);
    flooding.close();
  });

  describe('survives', () => {
    const isAlive = async (): Promise<void> => {
      expect((await phone.register(alice.username, alice.password)).status).toBe(200);
    };

    it('5000 REGISTERs and then serves a legitimate user', async () => {
      const flood = Array.from({ length: 5000 }, (_, i) =>
        phone.compose({
          user: `user${i}`,
          ...(i % 2 === 0
            ? {}
            : { authorization: authorization(answerFields({ username: `user${i}`, password: 'x', nonce: 'y' })) }),
        }),
      );
      for (const text of flood) phone.send(text);
      await isAlive();
    });

    it('data that is not SIP at all', async () => {
      for (const junk of [
        '',
        '\0',
        '\r\n\r\n',
        'garbage\r\n\r\n',
        `GET / HTTP/1.1\r\nHost: x\r\n\r\n`,
        'SIP/2.0\r\n\r\n',
      ])
        phone.send(junk);
      phone.send(Buffer.alloc(65_000, 0x41));
      phone.send(Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 167) % 256)));
      await isAlive();
      await server.rejected('malformed');
    });

    it('broken lines in a request', async () => {
      const whole = phone.compose({ authorization: authorization(answerFields({ ...alice, nonce: 'n' })) });
      const lines = whole.split('\r\n');
      const spoilers: ((line: string) => string)[] = [
        () => '',
        (line) => `${line.split(':')[0]}:`,
        (line) => line.replace(/[:;=,<>"@]/g, ''),
        (line) => line + 'z'.repeat(3000),
        (line) => line.replace(/\d/g, '99999999999999999999'),
        (line) => line.replace(/[<"]/g, '<<""'),
        (line) => `${line}\0\xff\xfe`,
        (line) => line.slice(0, line.length / 2),
        (line) => `${line}\r\n${line}`,
      ];
      for (const index of lines.keys()) {
        for (const spoil of spoilers)
          phone.send(lines.map((line, i) => (i === index ? spoil(line) : line)).join('\r\n'));
      }
      await isAlive();
    });

    it('requests that end at every byte', async () => {
      const whole = phone.compose({ method: 'INVITE', uri, extra: [asSdp], body: offer });
      for (let length = 1; length < whole.length; length += 1) phone.send(whole.slice(0, length));
      await isAlive();
    });
  });
});
