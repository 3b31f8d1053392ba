import { describe, expect, it } from 'vitest';
import { answerDigest, DigestClient, isRightAnswer, parseDigest } from '../../support/sip/digest.js';
import { formatSip, parameter, parseNameAddress, parseSip } from '../../support/sip/message.js';
import { formatSdp, parseSdp } from '../../support/sip/sdp.js';
import { splitStream } from '../../support/sip/transport.js';

const invite = [
  'INVITE sip:201@10.0.0.1 SIP/2.0',
  'v: SIP/2.0/UDP 10.0.0.2:5062;branch=z9hG4bK1;rport',
  'f: "A \\"B\\" C" <sip:202@10.0.0.1;transport=udp>;tag=x1',
  't: <sip:201@10.0.0.1>',
  'Subject: folded',
  ' field',
  'Content-Length: 4',
  '',
  'bodyAND MORE',
].join('\r\n');

describe('SIP messages', () => {
  it('reads compact and folded fields and cuts the body', () => {
    const message = parseSip(invite);
    expect(message).toMatchObject({ kind: 'request', method: 'INVITE', uri: 'sip:201@10.0.0.1', body: 'body' });
    expect(message?.headers.get('subject')).toBe('folded field');
    expect(parameter(message?.headers.get('Via'), 'branch')).toBe('z9hG4bK1');
    const from = message?.headers.get('From') ?? '';
    expect(parameter(from, 'tag')).toBe('x1');
    expect(parameter(from, 'transport')).toBeUndefined();
    expect(parseNameAddress(from)).toMatchObject({ displayName: 'A "B" C', user: '202', host: '10.0.0.1' });
  });

  it('writes what it reads', () => {
    const message = parseSip(invite);
    if (!message) throw new Error('not read');
    expect(parseSip(formatSip(message))).toMatchObject({ method: 'INVITE', body: 'body' });
  });

  it('takes garbage for no message', () => {
    expect(parseSip('hello')).toBeUndefined();
    expect(parseSip('hello\r\n\r\n')).toBeUndefined();
  });

  it('cuts a stream at the lengths and keeps the rest', () => {
    const one = 'OPTIONS sip:a SIP/2.0\r\nl: 2\r\n\r\nhi';
    expect(splitStream(`\r\n\r\n${one}${one}OPTIONS`)).toEqual({ messages: [one, one], rest: 'OPTIONS' });
    expect(splitStream(one.slice(0, -1))).toEqual({ messages: [], rest: one.slice(0, -1) });
  });
});

describe('digest', () => {
  // RFC 7616, 3.9.1
  const credentials = { username: 'Mufasa', password: 'Circle of Life' };
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('agrees with the example of RFC 7616 for %s', (algorithm, response) => {
    const given =
      `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, ` +
      'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, qop=auth, ' +
      `cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", response="${response}"`;
    expect(isRightAnswer(given, credentials, 'GET')).toBe(true);
    expect(isRightAnswer(given, { ...credentials, password: 'wrong' }, 'GET')).toBe(false);
    expect(isRightAnswer(given, credentials, 'PUT')).toBe(false);
  });

  it.each(['MD5', 'SHA-256'])('answers a %s challenge rightly', (algorithm) => {
    const answer = answerDigest(parseDigest(challenge(algorithm)), credentials, { method: 'GET', uri: '/', uses: 255 });
    expect(isRightAnswer(answer, credentials, 'GET')).toBe(true);
    expect(answer).toContain('nc=000000ff');
  });

  it('answers the first challenge it knows, or the one it is ordered to', () => {
    const offers = [challenge('SHA-512-256'), challenge('SHA-256'), challenge('MD5')];
    const client = new DigestClient(credentials);
    expect(client.authorization('GET', '/')).toBeUndefined();
    expect(client.accept(offers)).toBe(true);
    expect(client.authorization('GET', '/')).toContain('algorithm=SHA-256');
    const old = new DigestClient(credentials, 'MD5');
    old.accept(offers);
    expect(old.authorization('GET', '/')).toContain('algorithm=MD5');
    expect(old.authorization('GET', '/')).toContain('nc=00000002');
    expect(old.accept([challenge('SHA-256')])).toBe(false);
  });
});

describe('SDP', () => {
  it('brings back what was written', () => {
    const audio = {
      address: '127.0.0.1',
      port: 4000,
      codecs: ['PCMA', 'PCMU'] as const,
      eventPayloadType: 101,
      direction: 'sendonly' as const,
    };
    expect(parseSdp(formatSdp(audio, 1))).toEqual(audio);
    expect(parseSdp(formatSdp({ ...audio, eventPayloadType: undefined }, 1))?.eventPayloadType).toBeUndefined();
    expect(parseSdp('v=0\r\n')).toBeUndefined();
  });
});
