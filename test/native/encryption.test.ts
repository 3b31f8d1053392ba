import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call, CallMedia, Encryption } from '../../src/node-pjsua2/src/index.js';
import { misheard } from '../support/audio/hearing.js';
import { certificateOne, certificateTwo } from '../support/certificates.js';
import { BaresipPhone } from '../support/phones/baresip-phone.js';
import type { BaresipOptions } from '../support/phones/baresip-process.js';
import type { SipMessage } from '../support/sip/message.js';
import { UserAgent } from '../support/sip/user-agent.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';

const key = (octets: number) => Buffer.alloc(octets, 7).toString('base64');
const lineOf = {
  cm: `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key(30)}`,
  gcm: `a=crypto:2 AEAD_AES_256_GCM inline:${key(44)}`,
  short: `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${key(20)}`,
  identified: `a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:${key(30)}|2^20|1:4`,
  lasting: `a=crypto:5 AES_CM_128_HMAC_SHA1_80 inline:${key(30)}|2^48 WSH=128`,
  open: `a=crypto:6 AES_CM_128_HMAC_SHA1_80 inline:${key(30)} UNENCRYPTED_SRTP`,
  weak: `a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:${key(30)}`,
} as const;

/** Makes an offer that says so. */
const offering =
  (profile: string, ...lines: readonly (keyof typeof lineOf)[]) =>
  (sdp: string): string =>
    sdp.replace('RTP/AVP', profile) + lines.map((line) => `${lineOf[line]}\r\n`).join('');

describe('encrypted media', () => {
  let server: AnsweringEndpoint;
  let port: number;
  const agents: UserAgent[] = [];
  const messages: SipMessage[] = [];
  const phones: BaresipPhone[] = [];

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    server.endpoint.setTlsIdentity(certificateOne);
    ({ port } = await server.endpoint.addTransport({ protocol: 'tls', address: '127.0.0.1', port: 0 }));
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.close();
    await Promise.all(phones.splice(0).map((phone) => phone.close()));
    server.onCall = (call) => call.reject(486);
    server.forget();
  });
  afterAll(() => server.close());

  const policy = (encryption: Encryption) =>
    server.registrar.setUsers(users.map((user) => ({ ...user, algorithms: ['MD5'], encryption })));

  const agent = async (protocol: 'tls' | 'udp' = 'tls'): Promise<UserAgent> => {
    const opened = await UserAgent.open({
      server: { protocol, address: '127.0.0.1', port: protocol === 'tls' ? port : server.port },
      credentials: users[0] ?? { username: '', password: '' },
      tls: { ...certificateTwo, ca: certificateOne.certificate },
      onMessage: (message) => messages.push(message),
    });
    agents.push(opened);
    return opened;
  };

  /** What a caller gets who offers this: a status, or the lines of the answer. */
  const answerTo = async (encryption: Encryption, rewrite: (sdp: string) => string, protocol?: 'udp') => {
    policy(encryption);
    let ours: Call | undefined;
    server.onCall = (call) => {
      ours = call;
      call.answer();
    };
    const caller = await agent(protocol);
    const call = await caller.call('1', { rewrite });
    await until('an answer', () => call.state === 'talking' || call.end);
    if (call.end)
      await server.rejected(protocol === 'udp' && encryption === 'required' ? 'keysInClear' : 'unencrypted');
    const answer = call.end ? call.end.status : linesOf(messages.findLast((message) => message.body !== ''));
    call.hangUp();
    await ours?.ended;
    return answer;
  };
  const encrypted = (profile: string, tag: number, suite: string) => [
    expect.stringContaining(profile),
    expect.stringMatching(new RegExp(`^a=crypto:${tag} ${suite} inline:`)),
  ];
  const plain = [expect.stringContaining('RTP/AVP')];
  const cm = 'AES_CM_128_HMAC_SHA1_80';

  it.each<[Encryption, string, readonly (keyof typeof lineOf)[], unknown]>([
    ['offered', 'RTP/SAVP', ['cm', 'gcm'], encrypted('RTP/SAVP', 1, cm)],
    ['offered', 'RTP/SAVP', ['gcm', 'cm'], encrypted('RTP/SAVP', 2, 'AEAD_AES_256_GCM')],
    ['required', 'RTP/SAVP', ['cm'], encrypted('RTP/SAVP', 1, cm)],
    ['required', 'RTP/AVP', ['cm'], encrypted('RTP/AVP', 1, cm)],
    ['offered', 'RTP/AVP', ['cm'], encrypted('RTP/AVP', 1, cm)],
    ['offered', 'RTP/SAVP', ['short', 'identified', 'open', 'weak', 'lasting'], encrypted('RTP/SAVP', 5, cm)],
    ['offered', 'RTP/AVP', ['short', 'open'], plain],
    ['offered', 'RTP/AVP', [], plain],
    ['off', 'RTP/AVP', ['cm'], plain],
    ['off', 'RTP/SAVP', ['cm'], 488],
    ['required', 'RTP/AVP', [], 488],
    ['required', 'RTP/SAVP', ['short', 'open'], 488],
  ])('where it is %s, an offer of %s with %j is answered so', async (encryption, profile, lines, answer) => {
    expect(await answerTo(encryption, offering(profile, ...lines))).toEqual(answer);
  });

  it.each<[Encryption, string, readonly (keyof typeof lineOf)[], unknown]>([
    ['offered', 'RTP/AVP', ['cm'], plain],
    ['offered', 'RTP/SAVP', ['cm'], 488],
    ['required', 'RTP/SAVP', ['cm'], 488],
  ])(
    'over UDP, where others can read the keys, %s with %s and %j is answered so',
    async (encryption, profile, lines, answer) => {
      expect(await answerTo(encryption, offering(profile, ...lines), 'udp')).toEqual(answer);
    },
  );

  it('is not asked of others over UDP or TCP', () => {
    for (const transport of ['udp', 'tcp'])
      expect(() =>
        server.endpoint.call({ to: `sip:1@127.0.0.1:9;transport=${transport}`, encryption: 'required' }),
      ).toThrow(TypeError);
  });

  const phone = async (user: number, tone: number, encryption: BaresipOptions['encryption']): Promise<BaresipPhone> => {
    const { username: number, password } = users[user] ?? { username: '', password: '' };
    const account = { server: { protocol: 'tls' as const, address: '127.0.0.1', port }, number, password, tone };
    const authorities = certificateOne.certificate;
    const opened = await BaresipPhone.register(account, 'PCMA', { authorities, ...(encryption ? { encryption } : {}) });
    phones.push(opened);
    return opened;
  };

  it.each<[string, BaresipOptions['encryption'], BaresipOptions['encryption']]>([
    ['two telephones that demand it', 'srtp-mand', 'srtp-mand'],
    ['one that demands it and one that does not know it', 'srtp-mand', undefined],
    ['two that know it', 'srtp', 'srtp'],
  ])('carries the audio of %s, and goes on after a new offer', async (_what, first, second) => {
    policy('offered');
    const [caller, callee] = await Promise.all([phone(0, 600, first), phone(1, 900, second)]);
    const media: CallMedia[] = [];
    const legs: Call[] = [];
    server.onCall = async (call) => {
      call.progress(180);
      const { uri = '' } = server.bound.findLast(({ username }) => username === 'bob') ?? {};
      const onward = server.endpoint.call({
        to: uri,
        encryption: second === 'srtp-mand' ? 'required' : 'offered',
      });
      legs.push(call, onward);
      for (const each of [call, onward]) each.on('media', (state) => media.push(state));
      onward.on('answered', () => call.answer());
      await Promise.all([server.endpoint.connect(call, onward), server.endpoint.connect(onward, call)]);
      call.on('ended', () => onward.hangUp());
    };
    await caller.call('bob');
    await callee.answer();
    await caller.untilTalking();
    const hear = async () => {
      await until('both to hear each other', async () => {
        const [there, here] = await Promise.all([callee.heard(400), caller.heard(400)]);
        return !misheard('callee', there, tone(600)) && !misheard('caller', here, tone(900));
      });
    };
    await hear();
    const ways = [first, second].map((each) => each !== undefined);
    await until('both to be what they are', () => ways.every((is) => media.some((state) => state.encrypted === is)));
    for (const leg of legs) await leg.reinvite();
    await hear();
    await caller.hangUp();
    await callee.untilEnded();
  });
});

const tone = (hertz: number) => ({ present: [hertz], absent: [] });

/** What a description says of the audio and its keys. */
const linesOf = (message: SipMessage | undefined) =>
  (message?.body ?? '').split('\r\n').filter((line) => /^(m=|a=crypto)/.test(line));
